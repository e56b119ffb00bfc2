//! The table of features: what is done names tests, and they are there.

use std::{fs, path::Path};

use super::finding::{Finding, Rule};

/// The table, below the root.
pub(super) const TABLE: &str = "docs/features.md";
/// What paths of tests are below.
const TESTS: &str = "tests";

/// All findings in the table; none where there is no table.
pub(super) fn check(root: &Path) -> Vec<Finding> {
    let text = fs::read_to_string(root.join(TABLE)).unwrap_or_default();
    let mut findings = Vec::new();
    for (index, line) in text.lines().enumerate() {
        // A bar after a backslash is part of a cell.
        let row = line.replace("\\|", "");
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let ["", _, _, "done", tests, ""] = cells[..] else {
            continue;
        };
        let mut add =
            |message| findings.push(Finding::at(TABLE, index + 1, Rule::Feature, message));
        let names: Vec<&str> = tests.split('`').skip(1).step_by(2).collect();
        if names.is_empty() {
            add("done, and names no test".to_owned());
        }
        let is_test = |name: &&str| name.contains(".rs");
        for name in names.into_iter().filter(is_test) {
            if !is_there(root, name) {
                add(format!("there is no test `{name}`"));
            }
        }
    }
    findings
}

/// Whether the file exists and has the test, if one is named.
fn is_there(root: &Path, name: &str) -> bool {
    let (file, test) = name
        .split_once("::")
        .map_or((name, None), |(file, test)| (file, Some(test)));
    let text = fs::read_to_string(root.join(TESTS).join(file));
    text.is_ok_and(|text| test.is_none_or(|test| text.contains(&format!("fn {test}("))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_done_names_tests_that_exist() {
        let root = tempfile::tempdir().unwrap();
        for folder in ["docs", "tests"] {
            fs::create_dir(root.path().join(folder)).unwrap();
        }
        fs::write(root.path().join("tests/it.rs"), "fn works() {}\n").unwrap();
        let table = "\
| # | Feature | State | Tests |
|---|---|---|---|
| 1 | `\\|` | done | `it.rs::works` `it.rs` |
| 2 | a | done | |
| 3 | b | done | `it.rs::wor` |
| 4 | c | open | |
| 5 | d | done | `gone.rs` |
";
        fs::write(root.path().join(TABLE), table).unwrap();
        let said: Vec<String> = check(root.path()).iter().map(Finding::to_string).collect();
        let lines = said.iter().map(|line| line.contains("features.md"));
        assert_eq!(lines.filter(|is| *is).count(), 3, "{said:?}");
        assert!(said[0].contains(":4"), "{said:?}");
        assert!(said[1].contains("`it.rs::wor`"), "{said:?}");
        assert!(said[2].contains("`gone.rs`"), "{said:?}");
    }
}
