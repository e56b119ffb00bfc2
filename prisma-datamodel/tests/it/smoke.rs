use prisma_datamodel::*;

#[test]
fn smoke() {
    let text = r#"
"a user"
type User @db(name: "users") {
  id: ID! @id
  email: String! @unique # c
  name: String @default(value: "x\u00e9")
  n: Float @default(value: 1e9)
  posts: [Post!]! @relation(name: "Written")
  boss: User @relation(link: INLINE, name: "Boss")
}
type Post { id: Int! @id author: User! @relation(name: "Written", onDelete: CASCADE)
  tags: [Tag!]! k: Kind! @default(value: A)
  at: DateTime! @createdAt
}
type Tag { id: UUID! @id }
enum Kind { A B }
"#;
    let (model, _) = parse(&Source::new("x", text)).unwrap();
    println!("{model:#?}");
    for bad in [
        "",
        "type A {}",
        "type A",
        "query { a }",
        "type A { id: ID! \n\ntype B {\n id: }\n",
        "type A { id: ID! } }",
        "{ id: ID! }",
        "type A { a: String @x(y: \"\\q\") }",
        "type A { a String }",
        "enum E",
        "type A { é: Int }",
        "type A { a: \"",
        &"type A { a: ".replace(' ', "[[[[[[[[[").repeat(3000),
    ] {
        for e in parse(&Source::new("x", bad)).unwrap_err() {
            println!("{}\n", e.message);
        }
    }
}
