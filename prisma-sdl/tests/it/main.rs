//! What is looked up in the API of a datamodel.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use prisma_datamodel::{Source, parse};
use prisma_sdl::{Kind, Schema};

fn blog() -> Schema {
    let text = "type User { id: ID! @id  name: String!  role: Role  posts: [Post!]! }
        type Post { id: ID! @id  tags: [String!]! @scalarList(strategy: RELATION)  author: User }
        enum Role { USER ADMIN }";
    let (datamodel, _) = parse(&Source::new("blog.prisma", text)).unwrap();
    let api = prisma_api::derive(&datamodel, &prisma_api::Options::default()).unwrap();
    Schema::new(api.to_sdl())
}

#[test]
fn types_have_kinds() {
    let schema = blog();
    assert!(schema.is_api());
    for (name, kind) in [
        ("User", Some(Kind::Object)),
        ("Node", Some(Kind::Interface)),
        ("Role", Some(Kind::Enum)),
        ("PostOrderByInput", Some(Kind::Enum)),
        ("UserWhereInput", Some(Kind::Input)),
        ("Int", Some(Kind::Scalar)),
        ("Long", Some(Kind::Scalar)),
        ("Psot", None),
    ] {
        assert_eq!(schema.kind(name), kind, "{name}");
    }
    assert!(schema.is_node("User") && !schema.is_node("UserConnection"));
    assert!(!Schema::new("type User {\n  id: ID!\n}\n").is_api());
}

#[test]
fn fields_have_arguments_and_types() {
    let schema = blog();
    let user = schema.field("Query", "user").unwrap();
    let arguments: Vec<String> = user
        .arguments
        .iter()
        .map(|input| format!("{}: {}", input.name, input.ty))
        .collect();
    assert_eq!(arguments, ["where: UserWhereUniqueInput!"]);
    assert_eq!(user.ty.to_string(), "User");
    let users = schema.field("Query", "users").unwrap();
    assert_eq!(users.arguments.len(), 7);
    assert_eq!(users.ty.to_string(), "[User]!");
    assert_eq!(users.ty.item().to_string(), "User");
    let tags = schema.field("Post", "tags").unwrap();
    assert_eq!(tags.ty.to_string(), "[String!]!");
    assert_eq!(tags.ty.item().to_string(), "String!");
    assert!(schema.field("Post", "author").unwrap().arguments.is_empty());
    assert!(schema.field("Post", "autor").is_none());
    assert_eq!(schema.fields("Psot").count(), 0);
}

#[test]
fn inputs_and_values() {
    let schema = blog();
    let unique: Vec<&str> = schema
        .inputs("UserWhereUniqueInput")
        .map(|input| input.name)
        .collect();
    assert_eq!(unique, ["id"]);
    assert_eq!(schema.values("Role").collect::<Vec<_>>(), ["USER", "ADMIN"]);
}
