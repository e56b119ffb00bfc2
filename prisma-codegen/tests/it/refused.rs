//! Datamodels and options without a client.

use prisma_codegen::Options;
use prisma_datamodel::Source;

use crate::client;

fn reason(text: &str, options: Options) -> String {
    client(&Source::new("datamodel.prisma", text), options).unwrap_err()
}

#[test]
fn names_that_meet() {
    insta::assert_snapshot!(reason(
        "\
type Db { id: ID! @id }
type Fields { id: ID! @id }
type Client { id: ID! @id }
type BlogPost { id: ID! @id  createdAt: Int  created_at: Int }
type Blog_Post { id: ID! @id }
enum State { IN_REVIEW InReview }
",
        Options::default()
    ));
}

#[test]
fn names_that_meet_in_the_api() {
    let text = "type Data { id: ID! @id }\ntype Datum { id: ID! @id }\n";
    insta::assert_snapshot!(reason(text, Options::default()));
}

#[test]
fn a_new_name_helps() {
    let source = Source::new("datamodel.prisma", "type Db { id: ID! @id }\n");
    let mut options = Options::default();
    options.renames.insert("Db".into(), "Database".into());
    let client = client(&source, options).unwrap();
    assert!(client.tokens().to_string().contains("pub struct Database"));
}

#[test]
fn options_that_make_no_sense() {
    let mut options = Options::default();
    options.derives.insert("Usr".into(), vec!["serde::".into()]);
    options.renames.insert("Psot".into(), "no name".into());
    for name in ["Jsno", "User.nmae", "User.id", "Usr.name"] {
        options.scalars.insert(name.into(), "crate::".into());
    }
    options.open_enums.insert("Rloe".into());
    options.runtime_path = Some("not a path".into());
    insta::assert_snapshot!(reason(
        "type User { id: ID! @id  name: String }\nenum Role { ADMIN }\n",
        options
    ));
}

#[test]
fn a_value_called_as_the_fallback() {
    let mut options = Options::default();
    options.open_enums.insert("Role".into());
    let text = "type User { id: ID! @id  role: Role }\nenum Role { UNKNOWN }\n";
    insta::assert_snapshot!(reason(text, options));
}
