//! What stored data says about a deploy: the questions, and the texts if all answers are yes.

use std::fmt::Write as _;

use crate::fake::{World, issues};

async fn ask(previous: &str, next: &str, yes: bool) -> String {
    let world = World::new().await;
    world.start(previous).await;
    world.state(|it| it.yes = yes);
    let mut request = world.request(next);
    request.dry_run = true;
    let outcome = world.deployer.deploy(request).await.unwrap();
    let mut text = String::new();
    for question in world.state(|it| it.asked.clone()) {
        writeln!(text, "? {question}").unwrap();
    }
    for (kind, list) in [("error", &outcome.errors), ("warning", &outcome.warnings)] {
        for line in issues(list).lines() {
            writeln!(text, "{kind} {line}").unwrap();
        }
    }
    text
}

const BASE: &str = "type A { id: ID! @id i: Int s: String! l: [Int] @scalarList(strategy: RELATION) e: E b: B @relation(name: \"AB\") }
                    type B { id: ID! @id as: [A] @relation(name: \"AB\") name: String @unique }
                    enum E { X Y }";

macro_rules! asks {
    ($($name:ident: $previous:expr => $next:expr;)*) => {$(
        #[tokio::test]
        async fn $name() {
            insta::assert_snapshot!(ask($previous, $next, true).await);
        }
    )*};
}

asks! {
    deletes: BASE => "type B { id: ID! @id }";
    deleted_fields: BASE => "type A { id: ID! @id e: E b: B @relation(name: \"AB\") } type B { id: ID! @id as: [A] @relation(name: \"AB\") name: String @unique } enum E { X Y }";
    types: BASE => "type A { id: ID! @id i: String! s: Int l: Int e: B b: B @relation(name: \"AB\") }
                    type B { id: ID! @id as: [A] @relation(name: \"AB\") name: [String] @scalarList(strategy: RELATION) }
                    enum E { X Y }".replace("e: B ", "e: B @relation(name: \"EB\") ").replace("as: [A]", "es: [A] @relation(name: \"EB\") as: [A]").leak();
    required: "type A { id: ID! @id i: Int f: Float u: Int @unique e: E b: B } type B { id: ID! @id as: [A] } enum E { X Y }"
           => "type A { id: ID! @id i: Int! @default(value: 7) f: Float! u: Int! @unique e: E! b: B! } type B { id: ID! @id as: [A] } enum E { X Y }";
    unique: "type A { id: ID! @id i: Int s: String }" => "type A { id: ID! @id i: Int @unique s: String! @unique }";
    id_types: "type A { id: ID! @id }" => "type A { id: Int! @id }";
    new_fields: "type A { id: ID! @id }"
             => "type A { id: ID! @id s: String! i: Int! @default(value: 3) d: DateTime! j: Json! o: String u: UUID! @unique c: String! @unique l: [Int!]! @scalarList(strategy: RELATION) }";
    enum_values: "type A { id: ID! @id e: E l: [E] @scalarList(strategy: RELATION) gone: E } enum E { X Y Z } enum U { A B }"
              => "type A { id: ID! @id e: E l: [F] @scalarList(strategy: RELATION) } enum E { X } enum F { X Y } enum U { A }";
    new_relations: "type A { id: ID! @id } type B { id: ID! @id }"
                => "type A { id: ID! @id b: B! c: C! } type B { id: ID! @id as: [A!]! } type C { id: ID! @id as: [A!]! a: A @relation(name: \"X\", link: INLINE) d: D! } type D { id: ID! @id c: C }".replace("a: A @relation(name: \"X\", link: INLINE) ", "").replace("d: D!", "d: D! @relation(link: INLINE)").leak();
    back_fields: "type A { id: ID! @id b: B c: [C] } type B { id: ID! @id } type C { id: ID! @id }"
              => "type A { id: ID! @id b: B @relation(link: INLINE) c: [C] } type B { id: ID! @id a: A } type C { id: ID! @id a: A }";
    moved_links: "type A { id: ID! @id b: B @relation(link: INLINE) c: C @relation(link: INLINE) d: [D] } type B { id: ID! @id a: A } type C { id: ID! @id a: A } type D { id: ID! @id a: [A] }"
              => "type A { id: ID! @id b: B c: C d: [D] @relation(name: \"AToD\") } type B { id: ID! @id a: A @relation(link: INLINE) } type C { id: ID! @id a: A @relation(link: TABLE) } type D { id: ID! @id a: [A] @relation(name: \"AToD\") }
                  type AToD @relationTable @db(name: \"_AToD\") { id: ID! @id A: A! B: D! }";
    timestamps: "type A { id: ID! @id }" => "type A { id: ID! @id createdAt: DateTime } type B { id: ID! @id updatedAt: DateTime! createdAt: DateTime! @createdAt }";
    old_syntax: "type A { id: ID! @unique createdAt: DateTime! name: String }" => "type A { id: ID! @id name: String createdAt: DateTime! }";
    old_syntax_kept: "type A { id: ID! @unique }" => "type A { id: ID! @id createdAt: DateTime! @createdAt updatedAt: DateTime! @updatedAt }";
}

/// Without data, only what the text alone tells is left.
#[tokio::test]
async fn no_data_no_warnings() {
    let outcome = ask(
        "type A { id: ID! @id i: Int e: E } enum E { X Y }",
        "type A { id: ID! @id i: Int! @unique e: E s: String! createdAt: DateTime } enum E { X }",
        false,
    )
    .await;
    insta::assert_snapshot!(outcome);
}
