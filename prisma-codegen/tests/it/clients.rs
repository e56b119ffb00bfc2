//! The clients of fixtures, file by file.

use std::{fs, path::PathBuf};

use prisma_codegen::Options;
use prisma_datamodel::Source;

use crate::client;

fn fixtures() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../fixtures/datamodels")
}

/// All files of the client of a fixture, one after the other; without the API, which `prisma-api` holds.
fn files(name: &str, options: Options) -> String {
    let text = fs::read_to_string(fixtures().join(format!("{name}.prisma"))).unwrap();
    let file = name.rsplit('/').next().unwrap();
    let client = client(&Source::new(format!("{file}.prisma"), text), options).unwrap();
    let files = client.files().unwrap();
    files
        .iter()
        .filter(|file| file.name.ends_with(".rs"))
        .map(|file| format!("// ---- {}\n{}\n", file.name, file.text))
        .collect()
}

#[test]
fn blog() {
    insta::assert_snapshot!(files("ok/0001_blog", Options::default()));
}

#[test]
fn self_relation() {
    insta::assert_snapshot!(files("ok/0009_self_one_to_one", Options::default()));
}

#[test]
fn every_scalar() {
    insta::assert_snapshot!(files("ok/0018_all_scalars", Options::default()));
}

#[test]
fn odd_names() {
    insta::assert_snapshot!(files("ok/0031_odd_names", Options::default()));
}

#[test]
fn hidden_ids() {
    insta::assert_snapshot!(files("ok/0037_v1_relations", Options::default()));
}

#[test]
fn options() {
    let mut options = Options::default();
    options
        .derives
        .insert("*".into(), vec!["serde::Serialize".into()]);
    options
        .derives
        .insert("Paint".into(), vec!["Default".into()]);
    options.renames.insert("Room".into(), "Space".into());
    insta::assert_snapshot!(files("ok/0028_descriptions_and_comments", options));
}

/// Whatever the language accepts has a client, or is refused with a reason.
#[test]
fn every_fixture() {
    for entry in fs::read_dir(fixtures().join("ok")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let source = Source::new(name.clone(), fs::read_to_string(&path).unwrap());
        match client(&source, Options::default()) {
            Ok(client) => assert!(!client.files().unwrap().is_empty(), "{name}"),
            Err(reason) => assert!(reason.contains("error"), "{name}: {reason}"),
        }
    }
}

#[test]
fn the_same_again() {
    let files = || files("hundred", Options::default());
    assert_eq!(files(), files());
}
