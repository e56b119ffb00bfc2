//! Every text of the repository: its length, leftovers, paths of somebody's machine.

use std::{fs, path::Path};

use anyhow::Context;
use ignore::WalkBuilder;

use super::{
    finding::{Finding, Rule},
    rust,
};

/// A source file with more lines is refused.
pub(super) const MOST_LINES: usize = 800;
/// A source file with more lines is warned of.
pub(super) const MANY_LINES: usize = 600;

/// Top-level folders that exist on one machine only.
const MACHINE_FOLDERS: [&str; 5] = ["home", "root", "tmp", "work", "Users"];
/// Words of a note to come back to.
pub(super) const NOTES: [&str; 3] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X"),
];

/// All findings in the files below `root` that version control would take.
///
/// # Errors
///
/// If a folder or a file cannot be read.
pub(super) fn check(root: &Path) -> anyhow::Result<Vec<Finding>> {
    let mut findings = Vec::new();
    let files = WalkBuilder::new(root)
        .hidden(false)
        .parents(false)
        .require_git(false)
        .git_global(false)
        .filter_entry(|entry| entry.file_name() != ".git")
        .build();
    for entry in files {
        let entry = entry?;
        if !entry.file_type().is_some_and(|kind| kind.is_file()) {
            continue;
        }
        let path = entry.path();
        let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let Ok(text) = String::from_utf8(bytes) else {
            continue;
        };
        let file = path.strip_prefix(root).unwrap_or(path).to_string_lossy();
        check_text(&file, &text, &mut findings);
    }
    Ok(findings)
}

fn check_text(file: &str, text: &str, findings: &mut Vec<Finding>) {
    machine_paths(file, text, findings);
    match Path::new(file).extension().and_then(|end| end.to_str()) {
        Some("rs") => {
            length(file, text, findings);
            rust::check(file, text, findings);
        }
        Some("py") => {
            length(file, text, findings);
            notes(file, text, findings);
        }
        // Scripts have no extension.
        Some("toml" | "sh" | "yml" | "yaml" | "sql") | None => notes(file, text, findings),
        Some(_) => {}
    }
}

fn length(file: &str, text: &str, findings: &mut Vec<Finding>) {
    let lines = text.lines().count();
    if lines > MOST_LINES {
        let message = format!("{lines} lines, {MOST_LINES} at most: split it");
        findings.push(Finding::whole(file, Rule::TooLong, message));
    } else if lines > MANY_LINES {
        let message = format!("{lines} lines, more than {MANY_LINES}");
        findings.push(Finding::whole(file, Rule::Long, message));
    }
}

fn notes(file: &str, text: &str, findings: &mut Vec<Finding>) {
    for (index, line) in text.lines().enumerate() {
        if let Some(word) = note_in(line) {
            findings.push(Finding::at(file, index + 1, Rule::Leftover, word));
        }
    }
}

/// The first note word that stands by itself in a text.
pub(super) fn note_in(text: &str) -> Option<&'static str> {
    NOTES.into_iter().find(|note| {
        text.split(|c: char| !c.is_alphanumeric() && c != '_')
            .any(|word| word == *note)
    })
}

fn machine_paths(file: &str, text: &str, findings: &mut Vec<Finding>) {
    for (index, line) in text.lines().enumerate() {
        if let Some(path) = machine_path_in(line) {
            let message = format!("a path of one machine: `{path}`");
            findings.push(Finding::at(file, index + 1, Rule::MachinePath, message));
        }
    }
}

fn machine_path_in(line: &str) -> Option<&str> {
    line.match_indices('/').map(|(at, _)| at).find_map(|at| {
        // Below another folder or host it is not at the top.
        let is_top =
            !line[..at].ends_with(|c: char| c.is_alphanumeric() || "._-~*}>)]".contains(c));
        let (folder, below) = line[at + 1..].split_once('/')?;
        let is_path = is_top
            && MACHINE_FOLDERS.contains(&folder)
            && below.starts_with(|c: char| c.is_alphanumeric() || "._$<{".contains(c));
        let end = below
            .find(|c: char| c.is_whitespace() || "\"'`<>()".contains(c))
            .unwrap_or(below.len());
        is_path.then(|| &line[at..at + 1 + folder.len() + 1 + end])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_path_starts_at_the_top() {
        let top = |folder: &str| format!("see `/{folder}/me/x.rs`, please");
        for folder in MACHINE_FOLDERS {
            let path = format!("/{folder}/me/x.rs");
            assert_eq!(machine_path_in(&top(folder)), Some(path.as_str()));
        }
        for line in [
            "see example.com/home/x",
            "../work/x and {root}/tmp/x",
            "/homes/x, /tmp/ and /",
            "POST /service/work/x",
        ] {
            assert_eq!(machine_path_in(line), None, "{line}");
        }
    }

    #[test]
    fn a_note_is_a_word() {
        let note = NOTES[0];
        assert_eq!(note_in(&format!("# {note}: later")), Some(note));
        assert_eq!(note_in(&format!("# {note}S and MY_{note}")), None);
    }
}
