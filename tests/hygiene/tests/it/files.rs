//! Checked-in code: what is written, and when it is stale.

use std::{fs, path::Path};

use prisma_codegen::{Config, Error, State, check};
use tempfile::TempDir;

const DATAMODEL: &str = "type User { id: ID! @id }\ntype Tag { id: ID! @id }\n";

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("datamodel.prisma"), DATAMODEL).unwrap();
    folder
}

fn config(folder: &Path) -> Config {
    Config::new(folder.join("datamodel.prisma"))
        .out_dir(folder.join("src/db"))
        .server_schema(folder.join("api/schema.graphql"))
}

/// What is stale, by file name.
fn stale(folder: &Path) -> Vec<(String, State)> {
    match check(config(folder)) {
        Ok(()) => Vec::new(),
        Err(Error::Stale(files)) => files
            .into_iter()
            .map(|file| {
                let path = file.path.strip_prefix(folder).unwrap();
                (path.display().to_string(), file.state)
            })
            .collect(),
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn everything_is_written_and_then_up_to_date() {
    let folder = folder();
    let path = folder.path();
    let missing = |name: &str| (name.to_owned(), State::Missing);
    assert_eq!(
        stale(path),
        [
            missing("api/schema.graphql"),
            missing("src/db/mod.rs"),
            missing("src/db/schema.graphql"),
            missing("src/db/tag.rs"),
            missing("src/db/user.rs"),
        ]
    );
    config(path).try_generate().unwrap();
    assert_eq!(stale(path), []);
    let schema = fs::read_to_string(path.join("api/schema.graphql")).unwrap();
    assert!(schema.contains("type User"), "{schema}");
}

#[test]
fn changes_of_either_side_are_stale() {
    let folder = folder();
    let path = folder.path();
    config(path).try_generate().unwrap();
    fs::write(path.join("src/db/own.rs"), "// by hand\n").unwrap();
    fs::write(path.join("src/db/mod.rs"), "// by hand\n").unwrap();
    assert_eq!(
        stale(path),
        [("src/db/mod.rs".to_owned(), State::Different)]
    );
    fs::write(path.join("datamodel.prisma"), "type User { id: ID! @id }\n").unwrap();
    let tag = ("src/db/tag.rs".to_owned(), State::Leftover);
    assert!(stale(path).contains(&tag), "{:?}", stale(path));
    config(path).try_generate().unwrap();
    assert!(!path.join("src/db/tag.rs").exists());
    assert!(path.join("src/db/own.rs").exists());
    assert_eq!(stale(path), []);
}

#[test]
fn the_folder_of_the_datamodel_is_not_in_the_code() {
    let (one, other) = (folder(), folder());
    let text = |folder: &TempDir| config(folder.path()).generate_to_string().unwrap();
    assert_eq!(text(&one), text(&other));
}
