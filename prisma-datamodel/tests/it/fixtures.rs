//! Finds the fixture files and compares with snapshots named after them.

use std::{fs, path::PathBuf};

use prisma_datamodel::Source;

/// All files of one folder, in order, under their file names.
pub(crate) fn all(folder: &str) -> Vec<(String, Source)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../fixtures/datamodels")
        .join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
        .into_iter()
        .map(|file| {
            let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
            let shown = file.file_name().unwrap().to_str().unwrap().to_owned();
            (name, Source::new(shown, fs::read_to_string(&file).unwrap()))
        })
        .collect()
}

/// Compares with `snapshots/<folder>/<name>.snap`.
pub(crate) fn check(folder: &str, name: &str, found: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(format!("snapshots/{folder}"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, found));
}
