//! The crates that are measured. They share one target folder, so that what they depend on is compiled once.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use prisma_codegen::File;

use super::{
    measure::{Check, check},
    sites::Calls,
};

/// Where they are made.
pub(super) struct Workshop {
    root: PathBuf,
    folder: PathBuf,
    runs: u32,
}

impl Workshop {
    /// Below the target folder of the workspace.
    pub(super) fn new(root: &Path, runs: u32) -> Result<Self> {
        let root = root.canonicalize()?;
        let target =
            env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
        Ok(Self {
            folder: target.join("bench-codegen"),
            root,
            runs: runs.max(1),
        })
    }

    /// What it takes to check a crate that is nothing but this client.
    pub(super) fn client(&self, name: &str, files: &[File]) -> Result<Check> {
        let folder = self.package(name, "", "pub mod db;\n")?;
        let db = folder.join("src/db");
        if db.exists() {
            fs::remove_dir_all(&db)?;
        }
        fs::create_dir_all(&db)?;
        for file in files {
            fs::write(db.join(&file.name), &file.text)?;
        }
        self.cost(&folder)
    }

    /// The processor time that calls add to a crate which uses a client, in milliseconds.
    pub(super) fn sites(&self, name: &str, client: &str, calls: &Calls) -> Result<f64> {
        let path = self.folder.join(client);
        let dependency = format!("client = {{ package = {client:?}, path = {path:?} }}\n");
        let cost = |suffix, text: &str| {
            let folder = self.package(&format!("bench-{name}{suffix}"), &dependency, text)?;
            self.cost(&folder)
        };
        let without = cost("-none", calls.imports)?;
        let with = cost("", &calls.text())?;
        Ok(with.cpu_milliseconds - without.cpu_milliseconds)
    }

    /// Writes a crate and gives its folder.
    fn package(&self, name: &str, dependency: &str, text: &str) -> Result<PathBuf> {
        let runtime = self.root.join("prisma-runtime");
        let manifest = format!(
            "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
             [dependencies]\nprisma-runtime = {{ path = {runtime:?}, default-features = false }}\n{dependency}"
        );
        let folder = self.folder.join(name);
        fs::create_dir_all(folder.join("src"))?;
        fs::write(folder.join("Cargo.toml"), manifest)?;
        fs::copy(self.root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
        fs::write(folder.join("src/lib.rs"), text)?;
        Ok(folder)
    }

    /// The least that checking a crate took, without the start of cargo.
    fn cost(&self, folder: &Path) -> Result<Check> {
        let target = self.folder.join("target");
        check(folder, &target)?;
        let mut least: Option<Check> = None;
        for _ in 0..self.runs {
            let start = check(folder, &target)?;
            let main = folder.join("src/lib.rs");
            fs::write(&main, fs::read(&main)?)?;
            let mut cost = check(folder, &target)?;
            cost.cpu_milliseconds -= start.cpu_milliseconds;
            let is_less = |least: &Check| cost.cpu_milliseconds < least.cpu_milliseconds;
            if least.as_ref().is_none_or(is_less) {
                least = Some(cost);
            }
        }
        least.context("nothing was measured")
    }
}
