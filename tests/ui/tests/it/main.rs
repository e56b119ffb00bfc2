//! Cases are compiled one by one. `TRYBUILD=overwrite` writes the messages anew, to be read before they are kept.

#![allow(clippy::expect_used, missing_docs)]

use std::{env, process::Command};

/// The compiler whose messages are kept. Others word them differently.
const COMPILER: &str = "rustc 1.95.";

#[test]
fn messages() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/it/pass/*.rs");
    if compiler().starts_with(COMPILER) {
        cases.compile_fail("tests/it/fail/*.rs");
    } else {
        eprintln!("messages are compared with {COMPILER}x alone");
    }
}

fn compiler() -> String {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc)
        .arg("--version")
        .output()
        .expect("rustc runs");
    String::from_utf8_lossy(&output.stdout).into_owned()
}
