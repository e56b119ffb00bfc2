//! `Config`, as a build script calls it: this test is started once more as that script.

use std::{
    env, fs,
    path::Path,
    process::{Command, Output},
};

use prisma_codegen::Config;

/// Where the script finds its datamodel; set in the second process alone.
const DATAMODEL: &str = "PRISMA_TEST_DATAMODEL";

/// Does nothing but in the second process.
#[test]
fn as_a_script() {
    if let Some(path) = env::var_os(DATAMODEL) {
        Config::new(path).module("client").generate();
    }
}

/// Runs the script in a folder.
fn run(folder: &Path) -> Output {
    let mut script = Command::new(env::current_exe().unwrap());
    script.args(["--exact", "build_script::as_a_script", "--nocapture"]);
    script
        .current_dir(folder)
        .env(DATAMODEL, "datamodel.prisma")
        .env("OUT_DIR", folder);
    script.output().unwrap()
}

fn lines(output: &Output) -> Vec<String> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    let told = |line: &str| line.find("cargo::").map(|start| line[start..].to_owned());
    text.lines().filter_map(told).collect()
}

#[test]
fn writes_what_is_new() {
    let folder = tempfile::tempdir().unwrap();
    let datamodel = folder.path().join("datamodel.prisma");
    fs::write(
        &datamodel,
        "type User { id: ID! @id }\ntype Tag { id: ID! @id }\n",
    )
    .unwrap();
    let output = run(folder.path());
    assert!(output.status.success(), "{output:?}");
    assert_eq!(lines(&output), ["cargo::rerun-if-changed=datamodel.prisma"]);
    let written = |name: &str| {
        let path = folder.path().join("client").join(name);
        fs::metadata(path).unwrap().modified().unwrap()
    };
    let before = (written("user.rs"), written("tag.rs"));
    fs::write(
        &datamodel,
        "type User { id: ID! @id }\ntype Tag { id: ID! @id  a: Int }\n",
    )
    .unwrap();
    run(folder.path());
    assert_eq!(written("user.rs"), before.0);
    assert_ne!(written("tag.rs"), before.1);
}

#[test]
fn says_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let text = "type User {\n  id: ID! @id\n  name: Strng!\n  posts: [Psot!]!\n}\n\ntype Post {\n  id: ID! @id\n}\n";
    fs::write(folder.path().join("datamodel.prisma"), text).unwrap();
    let output = run(folder.path());
    assert_eq!(output.status.code(), Some(1));
    let snippets = String::from_utf8(output.stderr.clone()).unwrap();
    insta::assert_snapshot!(format!("{}\n\n{snippets}", lines(&output).join("\n")));
}

#[test]
fn says_that_the_datamodel_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path());
    assert_eq!(output.status.code(), Some(1));
    let error = lines(&output).pop().unwrap();
    assert!(
        error.starts_with("cargo::error=cannot read datamodel.prisma: "),
        "{error}"
    );
}
