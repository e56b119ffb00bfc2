//! A throw-away workspace to run tasks in.

use std::{fs, path::Path, process::Command};

use tempfile::TempDir;

const HEADER: &str =
    "//! Stands for a crate of the workspace.\n//!\n//! Must never know: the others.\n";

/// A workspace of crates that break no rule until a test adds something.
pub(crate) struct Workspace(TempDir);

/// What a run of tidy printed and how it ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Report {
    pub(crate) succeeded: bool,
    pub(crate) text: String,
}

impl Workspace {
    pub(crate) fn new() -> Workspace {
        Workspace::with_members(&["crates/*"])
    }

    /// A workspace with these folders of members; only crates in `crates` come by themselves.
    pub(crate) fn with_members(members: &[&str]) -> Workspace {
        let workspace = Workspace(TempDir::new().unwrap());
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = {members:?}\nexclude = [\"outside\"]\n\n[workspace.lints]\n"
        );
        workspace.write("Cargo.toml", &manifest);
        workspace.krate("prisma-datamodel", "");
        workspace
    }

    /// Writes a file, and the folders above it.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Adds a member; `manifest` follows the `[package]` and `[lints]` tables.
    pub(crate) fn krate(&self, name: &str, manifest: &str) {
        let package = package(name, "\n[lints]\nworkspace = true\n\n", manifest);
        self.write(&format!("crates/{name}/Cargo.toml"), &package);
        self.write(&format!("crates/{name}/src/lib.rs"), HEADER);
    }

    /// Adds a crate that is no member, as one from a registry is none.
    pub(crate) fn outside(&self, name: &str, manifest: &str) {
        let package = package(name, "\n", manifest);
        self.write(&format!("outside/{name}/Cargo.toml"), &package);
        self.write(&format!("outside/{name}/src/lib.rs"), "");
    }

    pub(crate) fn append(&self, path: &str, text: &str) {
        let old = fs::read_to_string(self.0.path().join(path)).unwrap();
        self.write(path, &(old + text));
    }

    pub(crate) fn tidy(&self) -> Report {
        self.tidy_with(&[])
    }

    /// Runs tidy with more variables in its environment.
    pub(crate) fn tidy_with(&self, variables: &[(&str, &str)]) -> Report {
        let output = task(self.0.path())
            .arg("tidy")
            .envs(variables.iter().copied())
            .output()
            .unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        Report {
            succeeded: output.status.success(),
            text: String::from_utf8(output.stdout).unwrap(),
        }
    }
}

fn package(name: &str, between: &str, rest: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n{between}{rest}"
    )
}

fn task(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command
        .current_dir(folder)
        .env("CARGO_NET_OFFLINE", "true")
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE");
    command
}
