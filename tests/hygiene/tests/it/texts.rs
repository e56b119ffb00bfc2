//! The clients that the crate is made of, as text.

use prisma_codegen::Config;

fn text(name: &str) -> String {
    let config = Config::new(format!("datamodels/{name}.prisma"));
    config.generate_to_string().unwrap()
}

#[test]
fn keywords() {
    insta::assert_snapshot!(text("keywords"));
}

/// The modules are alike; what stands beside them is what has all the names in it.
#[test]
fn names() {
    let text = text("names");
    let (_, root) = text.split_once("pub use self::").unwrap();
    insta::assert_snapshot!(root);
}

#[test]
fn relations() {
    insta::assert_snapshot!(text("relations"));
}

#[test]
fn scalars() {
    insta::assert_snapshot!(text("scalars"));
}

#[test]
fn options() {
    let config = crate::with_options(Config::new("datamodels/options.prisma"));
    insta::assert_snapshot!(config.generate_to_string().unwrap());
}
