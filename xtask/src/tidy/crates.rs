//! What every crate must carry: a purpose header and the lints of the workspace.

use cargo_metadata::{Metadata, Package, TargetKind, camino::Utf8Path};

use super::{
    finding::{Finding, Rule},
    read, relative,
};

/// A first line shorter than this says nothing.
const SHORTEST_PURPOSE: usize = 20;

/// Crates without a proper header or without the workspace's lints.
///
/// # Errors
///
/// If a manifest or a root file cannot be read.
pub(super) fn check(metadata: &Metadata) -> anyhow::Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for package in metadata.workspace_packages() {
        let manifest = read(&package.manifest_path)?;
        if !takes_workspace_lints(&manifest) {
            findings.push(Finding::whole(
                &relative(&package.manifest_path, metadata),
                Rule::Lints,
                "lacks `[lints] workspace = true`",
            ));
        }
        for (is_library, path) in roots(package) {
            if let Some(message) = lacking(&read(path)?, is_library) {
                findings.push(Finding::at(
                    &relative(path, metadata),
                    1,
                    Rule::Header,
                    message,
                ));
            }
        }
    }
    Ok(findings)
}

/// The root files of a package that need a header, and whether each is a library's.
fn roots(package: &Package) -> impl Iterator<Item = (bool, &Utf8Path)> {
    package.targets.iter().filter_map(|target| {
        let is_library = target
            .kind
            .iter()
            .any(|kind| matches!(kind, TargetKind::Lib | TargetKind::ProcMacro));
        let is_program = target.kind.contains(&TargetKind::Bin);
        (is_library || is_program).then_some((is_library, target.src_path.as_path()))
    })
}

/// What a root file's header lacks.
fn lacking(text: &str, is_library: bool) -> Option<&'static str> {
    let header: Vec<&str> = text
        .lines()
        .map_while(|line| line.strip_prefix("//!"))
        .map(str::trim)
        .collect();
    if header
        .first()
        .is_none_or(|purpose| purpose.len() < SHORTEST_PURPOSE)
    {
        Some("starts without a `//!` header that says what the crate is for")
    } else if is_library
        && !header
            .iter()
            .any(|line| line.starts_with("Must never know:"))
    {
        Some("its header lacks the line `Must never know: …`")
    } else {
        None
    }
}

fn takes_workspace_lints(manifest: &str) -> bool {
    manifest
        .lines()
        .map(str::trim)
        .skip_while(|line| *line != "[lints]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .any(|line| line == "workspace = true")
}
