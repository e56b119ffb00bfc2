//! `prisma generate`

use serde_json::{Value, json};

use crate::program::Folder;

const DATAMODEL: &str =
    "type User { id: ID! @id  role: Role }\ntype Tag { id: ID! @id }\nenum Role { ADMIN }\n";
const GENERATE: [&str; 3] = ["generate", "--out-dir", "src/db"];

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("datamodel.prisma", DATAMODEL);
    folder
}

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&GENERATE, more].concat()
}

#[test]
fn a_client_is_written_once() {
    let folder = folder();
    let ended = folder.run(&GENERATE);
    let wrote = ["mod.rs", "schema.graphql", "tag.rs", "user.rs"];
    let wrote: String = wrote.map(|file| format!("Wrote src/db/{file}\n")).concat();
    assert_eq!((ended.code, ended.stderr), (0, wrote));
    assert!(folder.read("src/db/user.rs").contains("pub struct User"));
    let again = folder.run(&GENERATE);
    assert_eq!((again.code, again.stderr.as_str()), (0, "Up to date\n"));
}

#[test]
fn check_tells_what_is_stale_and_writes_nothing() {
    let folder = folder();
    let missing = folder.run(&with(&["--check"]));
    assert_eq!(missing.code, 1);
    assert!(
        missing
            .stderr
            .starts_with("Stale: src/db/mod.rs is missing\n"),
        "{}",
        missing.stderr
    );
    folder.run(&GENERATE);
    assert_eq!(folder.run(&with(&["--check"])).code, 0);
    folder.write("datamodel.prisma", "type User { id: ID! @id }\n");
    let stale = folder.run(&with(&["--check"]));
    assert_eq!(stale.code, 1);
    insta::assert_snapshot!("generate_stale", stale.stderr);
    assert!(folder.read("src/db/tag.rs").contains("pub struct Tag"));
    let ended = folder.run(&GENERATE);
    assert!(
        ended.stderr.contains("Removed src/db/tag.rs\n"),
        "{}",
        ended.stderr
    );
}

#[test]
fn options_are_those_of_the_generator() {
    let folder = folder();
    let options = [
        "--derive",
        "*=serde::Serialize",
        "--rename",
        "Tag=Label",
        "--enum-fallback",
        "Role",
        "--scalar",
        "Json=crate::Details",
        "--runtime-path",
        "crate::prisma",
        "--schema",
        "api.graphql",
    ];
    let ended = folder.run(&with(&options));
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    assert!(folder.read("src/db/mod.rs").contains("Unknown("));
    let label = folder.read("src/db/label.rs");
    assert!(label.contains("#[derive(serde::Serialize)]"), "{label}");
    assert!(label.contains("use crate::prisma::__rt as rt;"), "{label}");
    assert!(folder.read("api.graphql").contains("type Tag"));
}

#[test]
fn errors_have_places_and_suggestions() {
    let folder = folder();
    folder.write(
        "datamodel.prisma",
        "type User {\n  id: ID! @id\n  posts: [Psot!]!\n}\n\ntype Post {\n  id: ID! @id\n}\n",
    );
    let ended = folder.run(&GENERATE);
    assert_eq!(ended.code, 1);
    insta::assert_snapshot!("generate_errors", ended.stderr);
    folder.write("datamodel.prisma", "type Db { id: ID! @id }\n");
    let ended = folder.run(&with(&["--datamodel", "datamodel.prisma"]));
    assert_eq!(ended.code, 1);
    insta::assert_snapshot!("generate_names", ended.stderr);
    let missing = folder.run(&with(&["--datamodel", "missing.prisma"]));
    assert_eq!(missing.code, 1);
    assert!(
        missing
            .stderr
            .starts_with("error: cannot read missing.prisma: "),
        "{}",
        missing.stderr
    );
}

#[test]
fn json_tells_what_came_of_it() {
    let folder = folder();
    let report = |more: &[&str]| -> (i32, Value) {
        let ended = folder.run(&with(&[&["--json"], more].concat()));
        assert_eq!(ended.stderr, "");
        (ended.code, serde_json::from_str(&ended.stdout).unwrap())
    };
    let (code, stale) = report(&["--check"]);
    assert_eq!((code, &stale["status"]), (1, &json!("stale")));
    let first = json!({"path": "src/db/mod.rs", "state": "missing"});
    assert_eq!(stale["files"][0], first);
    assert_eq!(report(&[]).1["status"], "generated");
    assert_eq!(
        report(&[]),
        (0, json!({"status": "unchanged", "files": []}))
    );
    folder.write(
        "datamodel.prisma",
        "type User { id: ID! @id  name: Strng }\n",
    );
    let (code, failed) = report(&[]);
    assert_eq!((code, &failed["status"]), (1, &json!("failed")));
    assert_eq!(failed["errors"][0]["line"], 1);
    assert_eq!(failed["errors"][0]["column"], 32);
}
