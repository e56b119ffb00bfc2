//! The dependencies of every workspace crate against the table of layers.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

use anyhow::Context;
use cargo_metadata::{
    Dependency, DependencyKind, Metadata, Node, Package, PackageId, camino::Utf8Path,
};

use super::{
    finding::{Finding, Rule},
    layers::{FOLDERS, Folder, LAYERS, Layer, is_guarded},
    read, relative,
};

/// Every forbidden normal or build dependency, and every crate that the table does not know.
///
/// # Errors
///
/// If the metadata has no resolved graph or a manifest cannot be read.
pub(super) fn check(metadata: &Metadata) -> anyhow::Result<Vec<Finding>> {
    let workspace = Workspace::new(metadata)?;
    let mut findings = Vec::new();
    for package in metadata.workspace_packages() {
        let manifest = Manifest::read(package, metadata)?;
        if let Some(layer) = LAYERS.iter().find(|layer| package.name == layer.name) {
            let by_default = on_by_default(package);
            findings.extend(manifest.refused(package, |dependency| {
                workspace.refused_by_row(dependency, layer, &by_default)
            }));
            findings.extend(workspace.refused_third_parties(package, layer, &manifest));
        } else if let Some(folder) = FOLDERS.iter().find(|folder| manifest.is_in(folder.path)) {
            findings.extend(manifest.refused(package, |dependency| {
                workspace.refused_by_folder(dependency, folder)
            }));
        } else {
            findings.push(Finding::whole(
                &manifest.path,
                Rule::Layer,
                format!("`{}` has no row in the table of layers", package.name),
            ));
        }
    }
    Ok(findings)
}

struct Workspace<'a> {
    members: BTreeSet<&'a str>,
    packages: HashMap<&'a PackageId, &'a Package>,
    nodes: HashMap<&'a PackageId, &'a Node>,
}

impl<'a> Workspace<'a> {
    fn new(metadata: &'a Metadata) -> anyhow::Result<Workspace<'a>> {
        let resolve = metadata
            .resolve
            .as_ref()
            .context("cargo metadata resolved no dependencies")?;
        Ok(Workspace {
            members: metadata
                .workspace_packages()
                .into_iter()
                .map(|package| package.name.as_str())
                .collect(),
            packages: metadata
                .packages
                .iter()
                .map(|package| (&package.id, package))
                .collect(),
            nodes: resolve.nodes.iter().map(|node| (&node.id, node)).collect(),
        })
    }

    /// Why a crate with a row must not name this dependency, as the end of a sentence.
    fn refused_by_row(
        &self,
        dependency: &Dependency,
        layer: &Layer,
        by_default: &BTreeSet<&str>,
    ) -> Option<String> {
        let used = dependency.name.as_str();
        let is_member = self.members.contains(used);
        let listed = if is_member { layer.uses } else { layer.guarded };
        if listed.contains(&used) || !is_member && !is_guarded(used) {
            return None;
        }
        match layer.behind {
            Some((feature, names)) if names.contains(&used) => {
                let is_off = dependency.optional && !by_default.contains(alias(dependency));
                (!is_off)
                    .then(|| format!(", except behind its feature `{feature}`, off by default"))
            }
            _ => Some(String::new()),
        }
    }

    /// Why a crate in a folder must not name this dependency, as the end of a sentence.
    fn refused_by_folder(&self, dependency: &Dependency, folder: &Folder) -> Option<String> {
        let used = dependency.name.as_str();
        (self.members.contains(used) && !folder.uses.allow(used)).then(String::new)
    }

    /// Guarded crates that come in through a crate of somebody else. Members are not followed: they have rows of their
    /// own. Features are those that the whole workspace turns on.
    fn refused_third_parties(
        &self,
        package: &Package,
        layer: &Layer,
        manifest: &Manifest,
    ) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut seen: HashSet<&PackageId> = HashSet::new();
        let mut paths: VecDeque<Vec<&PackageId>> = VecDeque::from([vec![&package.id]]);
        while let Some(path) = paths.pop_front() {
            let Some(node) = path.last().and_then(|last| self.nodes.get(last)) else {
                continue;
            };
            for next in used_by(node) {
                let name = self.name(next);
                if self.members.contains(name) || !seen.insert(next) {
                    continue;
                }
                let mut path = path.clone();
                path.push(next);
                if !is_guarded(name) {
                    paths.push_back(path);
                } else if path.len() > 2 && !layer.guarded.contains(&name) {
                    let names: Vec<&str> = path.iter().map(|id| self.name(id)).collect();
                    let sentence = format!("must not reach `{name}`: {}", names.join(" -> "));
                    findings.push(manifest.finding(package, names[1], &sentence));
                }
            }
        }
        findings
    }

    fn name(&self, id: &PackageId) -> &'a str {
        self.packages
            .get(id)
            .map_or("", |package| package.name.as_str())
    }
}

fn is_shipped(kind: DependencyKind) -> bool {
    matches!(kind, DependencyKind::Normal | DependencyKind::Build)
}

fn shipped(package: &Package) -> impl Iterator<Item = &Dependency> {
    package
        .dependencies
        .iter()
        .filter(|dependency| is_shipped(dependency.kind))
}

fn used_by(node: &Node) -> impl Iterator<Item = &PackageId> {
    node.deps
        .iter()
        .filter(|used| used.dep_kinds.iter().any(|kind| is_shipped(kind.kind)))
        .map(|used| &used.pkg)
}

/// The name a dependency has in the manifest.
fn alias(dependency: &Dependency) -> &str {
    dependency.rename.as_ref().unwrap_or(&dependency.name)
}

/// The optional dependencies that the default features turn on, by the names they have in the manifest.
fn on_by_default(package: &Package) -> BTreeSet<&str> {
    let mut on = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut features = vec!["default"];
    while let Some(feature) = features.pop() {
        if !seen.insert(feature) {
            continue;
        }
        for value in package.features.get(feature).into_iter().flatten() {
            if let Some(dependency) = value.strip_prefix("dep:") {
                on.insert(dependency);
            } else if let Some((dependency, _)) = value.split_once('/') {
                // `name?/feature` turns nothing on by itself.
                if !dependency.ends_with('?') {
                    on.insert(dependency);
                }
            } else {
                features.push(value);
            }
        }
    }
    on
}

/// A manifest as a place to point at.
struct Manifest {
    /// Relative to the workspace root.
    path: String,
    text: String,
}

impl Manifest {
    fn read(package: &Package, metadata: &Metadata) -> anyhow::Result<Manifest> {
        Ok(Manifest {
            path: relative(&package.manifest_path, metadata),
            text: read(&package.manifest_path)?,
        })
    }

    /// The dependencies of a package for which `refusal` has something to say.
    fn refused(
        &self,
        package: &Package,
        refusal: impl Fn(&Dependency) -> Option<String>,
    ) -> Vec<Finding> {
        shipped(package)
            .filter_map(|dependency| {
                let sentence =
                    format!("must not use `{}`{}", dependency.name, refusal(dependency)?);
                Some(self.finding(package, alias(dependency), &sentence))
            })
            .collect()
    }

    /// A finding at the dependency that the manifest declares by this name.
    fn finding(&self, package: &Package, name: &str, sentence: &str) -> Finding {
        let message = format!("`{}` {sentence}", package.name);
        Finding::at(&self.path, self.line_of(name), Rule::Layer, message)
    }

    fn is_in(&self, folder: &str) -> bool {
        Utf8Path::new(&self.path).starts_with(folder)
    }

    /// The first line that declares a dependency of this name, 0 if none does plainly.
    fn line_of(&self, name: &str) -> usize {
        self.text
            .lines()
            .position(|line| {
                line.strip_prefix(name)
                    .is_some_and(|rest| rest.trim_start().starts_with(['=', '.']))
            })
            .map_or(0, |index| index + 1)
    }
}
