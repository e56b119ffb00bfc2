//! `prisma format`

use serde_json::Value;

use crate::program::Folder;

const MESSY: &str = "type User { id: ID! @id\n    name:   String }\n";
const TIDY: &str = "type User {\n  id: ID! @id\n  name: String\n}\n";
const BROKEN: &str = "type User {\n  id: ID! @id\n  name String\n}\n";

#[test]
fn the_datamodel_is_found_and_laid_out() {
    for file in ["datamodel.prisma", "datamodel.graphql"] {
        let folder = Folder::new();
        folder.write(file, MESSY);
        let ended = folder.run(&["format"]);
        assert_eq!(
            (ended.code, ended.stderr),
            (0, format!("Formatted {file}\n"))
        );
        assert_eq!(folder.read(file), TIDY);
        let again = folder.run(&["format"]);
        assert_eq!((again.code, again.stderr.as_str()), (0, ""));
    }
    let none = Folder::new().run(&["format"]);
    assert_eq!(none.code, 1);
    assert_eq!(
        none.stderr,
        "error: there is no `datamodel.prisma` or `datamodel.graphql` here; name the file\n"
    );
}

#[test]
fn check_writes_nothing() {
    let folder = Folder::new();
    folder.write("a.prisma", MESSY);
    folder.write("b.prisma", TIDY);
    let ended = folder.run(&["format", "--check", "a.prisma", "b.prisma"]);
    assert_eq!(
        (ended.code, ended.stderr.as_str()),
        (1, "Would change a.prisma\n")
    );
    assert_eq!(folder.read("a.prisma"), MESSY);
    assert_eq!(folder.run(&["format", "--check", "b.prisma"]).code, 0);
}

#[test]
fn errors_are_shown_in_place_and_other_files_go_on() {
    let folder = Folder::new();
    folder.write("bad.prisma", BROKEN);
    folder.write("good.prisma", MESSY);
    let ended = folder.run(&["format", "bad.prisma", "good.prisma"]);
    assert_eq!(ended.code, 1);
    insta::assert_snapshot!("format_errors", ended.stderr);
    assert_eq!(folder.read("bad.prisma"), BROKEN);
    assert_eq!(folder.read("good.prisma"), TIDY);
    let missing = folder.run(&["format", "missing.prisma"]);
    assert_eq!(missing.code, 1);
    assert!(
        missing
            .stderr
            .starts_with("error: cannot read `missing.prisma`\n"),
        "{}",
        missing.stderr
    );
}

#[test]
fn standard_input_goes_to_standard_output() {
    let folder = Folder::new();
    let ended = folder.run_with_input(&["format", "-"], MESSY);
    assert_eq!(
        (ended.code, ended.stdout.as_str(), ended.stderr.as_str()),
        (0, TIDY, "")
    );
    let broken = folder.run_with_input(&["format", "-"], BROKEN);
    assert_eq!((broken.code, broken.stdout.as_str()), (1, ""));
    assert!(broken.stderr.contains("<stdin>:3"), "{}", broken.stderr);
    assert_eq!(
        folder
            .run_with_input(&["format", "--check", "-"], MESSY)
            .code,
        1
    );
    assert_eq!(
        folder
            .run_with_input(&["format", "--check", "-"], TIDY)
            .code,
        0
    );
}

#[test]
fn old_texts_are_upgraded() {
    let folder = Folder::new();
    folder.write(
        "old.graphql",
        "type User { id: ID! @unique  age: Int @default(value: \"3\") }\n",
    );
    assert_eq!(folder.run(&["format", "--upgrade", "old.graphql"]).code, 0);
    let text = folder.read("old.graphql");
    assert!(text.contains("id: ID! @id\n"), "{text}");
    assert!(text.contains("age: Int @default(value: 3)\n"), "{text}");
}

#[test]
fn json_tells_what_came_of_each_file() {
    let folder = Folder::new();
    folder.write("a.prisma", MESSY);
    folder.write("b.prisma", TIDY);
    folder.write("c.prisma", BROKEN);
    let ended = folder.run(&["format", "--json", "a.prisma", "b.prisma", "c.prisma"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (1, ""));
    let reports: Value = serde_json::from_str(&ended.stdout).unwrap();
    let status = |at: usize| reports[at]["status"].as_str().unwrap();
    assert_eq!(
        [status(0), status(1), status(2)],
        ["formatted", "unchanged", "failed"]
    );
    assert_eq!(reports[2]["errors"][0]["line"], 3);
    assert_eq!(reports[0].get("errors"), None);
}
