//! The laws of this workspace that the compiler and clippy cannot check (ARCHITECTURE.md, STYLE.md).

mod crates;
mod edges;
mod features;
mod files;
mod finding;
mod layers;
mod rust;

use std::{fs, path::Path, process::ExitCode};

use anstyle::AnsiColor;
use anyhow::Context;
use cargo_metadata::{Metadata, MetadataCommand, camino::Utf8Path};

use finding::{Finding, Severity};

/// Checks the workspace around `folder` and prints every finding, errors and warnings, one a line.
/// Fails if there is an error among them.
///
/// # Errors
///
/// If `cargo metadata` fails or a file cannot be read.
pub(crate) fn run(folder: &Path) -> anyhow::Result<ExitCode> {
    let metadata = MetadataCommand::new()
        .current_dir(folder)
        .exec()
        .context("cannot read the workspace")?;
    let mut findings = edges::check(&metadata)?;
    findings.extend(crates::check(&metadata)?);
    findings.extend(files::check(metadata.workspace_root.as_std_path())?);
    findings.extend(features::check(metadata.workspace_root.as_std_path()));
    findings.sort();
    Ok(report(&findings))
}

fn report(findings: &[Finding]) -> ExitCode {
    for finding in findings {
        anstream::println!("{finding}");
    }
    let errors = findings
        .iter()
        .filter(|finding| finding.severity() == Severity::Error)
        .count();
    let warnings = findings.len() - errors;
    let (color, code) = if errors == 0 {
        (AnsiColor::Green.on_default(), ExitCode::SUCCESS)
    } else {
        (AnsiColor::Red.on_default(), ExitCode::FAILURE)
    };
    anstream::println!("{color}tidy: errors {errors}, warnings {warnings}{color:#}");
    code
}

/// A path as findings give it, below the workspace root.
fn relative(path: &Utf8Path, metadata: &Metadata) -> String {
    path.strip_prefix(&metadata.workspace_root)
        .unwrap_or(path)
        .to_string()
}

fn read(path: &Utf8Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {path}"))
}
