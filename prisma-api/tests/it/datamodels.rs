//! Finds datamodel files and compares what becomes of them with snapshots named after them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use prisma_api::{ApiSchema, Options};
use prisma_datamodel::{Datamodel, Source, Style, parse, render};

/// All datamodels of a folder of this crate, by file name.
pub(crate) fn all(folder: &str) -> Vec<(String, Datamodel)> {
    read(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder))
}

fn read(folder: PathBuf) -> Vec<(String, Datamodel)> {
    let entries = fs::read_dir(folder).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    files
        .iter()
        .map(|file| {
            let name = file.file_stem().unwrap().to_str().unwrap();
            (
                name.to_owned(),
                datamodel(&fs::read_to_string(file).unwrap()),
            )
        })
        .collect()
}

/// The meaning of a text that has no errors.
pub(crate) fn datamodel(text: &str) -> Datamodel {
    let source = Source::new("datamodel", text);
    match parse(&source) {
        Ok((datamodel, _)) => datamodel,
        Err(errors) => panic!("{}", render(&source, &errors, Style::Plain)),
    }
}

/// The API of a datamodel that has no collisions.
pub(crate) fn derive(datamodel: &Datamodel, options: &Options) -> ApiSchema {
    prisma_api::derive(datamodel, options).unwrap_or_else(|collisions| panic!("{collisions:#?}"))
}

/// Every datamodel that tests of this workspace call a good one, with raw access and without.
pub(crate) fn every_api() -> Vec<(String, Datamodel, ApiSchema)> {
    let own = all("tests/it/datamodels");
    let language = all("../fixtures/datamodels/ok");
    let raw = Options {
        raw_access: true,
        databases: vec!["default".to_owned(), "archive".to_owned()],
    };
    own.into_iter()
        .chain(language)
        .flat_map(|(name, datamodel)| {
            [Options::default(), raw.clone()].map(|options| {
                let api = derive(&datamodel, &options);
                (name.clone(), datamodel.clone(), api)
            })
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
