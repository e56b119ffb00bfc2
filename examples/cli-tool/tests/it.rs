//! The program as its users see it.

#![allow(clippy::unwrap_used, missing_docs)]

use std::{path::Path, process::Command};

/// Runs a command; what it printed, and whether it did what it was told.
fn run(folder: &Path, arguments: &str) -> (String, bool) {
    let output = Command::new(env!("CARGO_BIN_EXE_example-cli-tool"))
        .arg("--folder")
        .arg(folder)
        .args(arguments.split(' '))
        .env_remove("PRISMA_ENDPOINT")
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    (text, output.status.success())
}

#[test]
fn a_list_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments| run(folder.path(), arguments);
    assert_eq!(
        run("add water the plants"),
        ("Added: water the plants\n".into(), true)
    );
    assert_eq!(run("add call Ann"), ("Added: call Ann\n".into(), true));
    let again = "This is on the list already: call Ann\n";
    assert_eq!(run("add call Ann"), (again.into(), false));
    assert_eq!(run("list"), ("call Ann\nwater the plants\n".into(), true));
    assert_eq!(run("delete call Ann"), ("Deleted: call Ann\n".into(), true));
    let gone = "This is not on the list: call Ann\n";
    assert_eq!(run("delete call Ann"), (gone.into(), false));
    assert_eq!(run("list"), ("water the plants\n".into(), true));
}
