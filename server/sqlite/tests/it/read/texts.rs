//! The SQL of reads. What it finds is tested elsewhere; here is what the database is asked, to be read by people.

use prisma_connector::{
    Comparison, Filter, Format, Page, Prepared as _, Quantifier, ReadPlan, Value,
};
use prisma_sql::dialect::{MARIADB, MYSQL, POSTGRES, SQLITE};
use prisma_sql::{Namespace, read};

use super::ask::{Arguments, Ask};
use super::world::World;

const DATAMODEL: &str = r#"
    type User @db(name: "users") {
        id: ID! @id
        email: String! @unique @db(name: "e-mail")
        age: Int
        posts: [Post]
        profile: Profile @relation(link: INLINE)
    }
    type Profile { id: ID! @id user: User text: String }
    type Post {
        id: ID! @id
        title: String
        author: User
        tags: [Tag] @relation(link: TABLE)
        words: [String] @scalarList(strategy: RELATION)
    }
    type Tag { id: ID! @id name: String posts: [Post] }
"#;

/// The statements in every dialect.
fn texts(ask: &Ask<'_>, plan: &ReadPlan) -> String {
    let [sqlite, postgres, mariadb, mysql] =
        [&SQLITE, &POSTGRES, &MARIADB, &MYSQL].map(|dialect| {
            let namespace = Namespace::new(dialect, "blog");
            let prepared =
                read::prepare(&ask.world.datamodel, &namespace, plan, Format::Json).unwrap();
            prepared.statements().join("\n")
        });
    assert_eq!(mysql, mariadb);
    format!("{sqlite}\n{postgres}\n{mariadb}\n")
}

/// The text for a filter.
fn filtered(model: &str, filter: impl FnOnce(&mut Ask<'_>) -> Filter) -> String {
    let world = World::new(DATAMODEL);
    let mut ask = Ask::new(&world);
    let filter = filter(&mut ask);
    let arguments = Arguments {
        filter,
        ..Arguments::default()
    };
    let plan = ask.many(model, arguments, "id");
    texts(&ask, &plan)
}

/// The text for a page of posts.
fn paged(page: impl FnOnce(&mut Ask<'_>) -> Arguments) -> String {
    let world = World::new(DATAMODEL);
    let mut ask = Ask::new(&world);
    let arguments = page(&mut ask);
    let plan = ask.many("Post", arguments, "id");
    texts(&ask, &plan)
}

#[test]
fn one_statement_per_node_of_the_plan() {
    let world = World::new(DATAMODEL);
    let mut ask = Ask::new(&world);
    let plan = ask.one(
        "User.email",
        Value::Text("a@b".into()),
        "email profile { text user { id } } posts { title words tags { name posts { author { age } } } }",
    );
    insta::assert_snapshot!(texts(&ask, &plan));
}

#[test]
fn comparisons() {
    let value = || Value::Text("x".into());
    let texts = [
        Comparison::Equals,
        Comparison::In,
        Comparison::Less,
        Comparison::LessOrEqual,
        Comparison::Greater,
        Comparison::GreaterOrEqual,
        Comparison::Contains,
        Comparison::StartsWith,
        Comparison::EndsWith,
    ]
    .map(|comparison| filtered("User", |ask| ask.is("User.email", comparison, value())));
    insta::assert_snapshot!(texts.join("\n"));
}

#[test]
fn combinations() {
    let age = |ask: &mut Ask<'_>, age| ask.is("User.age", Comparison::Equals, Value::Int(age));
    let texts = [
        filtered("User", |ask| Filter::And(vec![age(ask, 1), age(ask, 2)])),
        filtered("User", |ask| {
            let either = Filter::Or(vec![age(ask, 1), age(ask, 2)]);
            Filter::And(vec![either, Filter::Not(Box::new(age(ask, 3)))])
        }),
        filtered("User", |ask| {
            let both = Filter::And(vec![age(ask, 1), age(ask, 2)]);
            Filter::Not(Box::new(Filter::Or(vec![both, age(ask, 3)])))
        }),
        filtered("User", |ask| Filter::Null(ask.world.field("User.age"))),
        filtered("User", |_| Filter::FALSE),
    ];
    insta::assert_snapshot!(texts.join("\n"));
}

#[test]
fn related_nodes() {
    let age = |ask: &mut Ask<'_>| ask.is("User.age", Comparison::Greater, Value::Int(1));
    let title =
        |ask: &mut Ask<'_>| ask.is("Post.title", Comparison::Equals, Value::Text("x".into()));
    let name = |ask: &mut Ask<'_>| ask.is("Tag.name", Comparison::Equals, Value::Text("x".into()));
    let texts = [
        (
            "a join, as the row has the link",
            filtered("Post", |ask| {
                let author = age(ask);
                ask.related("Post.author", Quantifier::Some, author)
            }),
        ),
        (
            "not where it must not hold",
            filtered("Post", |ask| {
                let author = age(ask);
                Filter::Not(Box::new(ask.related(
                    "Post.author",
                    Quantifier::Some,
                    author,
                )))
            }),
        ),
        (
            "to-one, the other row has the link",
            filtered("Profile", |ask| {
                let user = age(ask);
                ask.related("Profile.user", Quantifier::Some, user)
            }),
        ),
        (
            "some",
            filtered("User", |ask| {
                let post = title(ask);
                ask.related("User.posts", Quantifier::Some, post)
            }),
        ),
        (
            "every",
            filtered("User", |ask| {
                let post = title(ask);
                ask.related("User.posts", Quantifier::Every, post)
            }),
        ),
        (
            "none",
            filtered("User", |ask| {
                ask.related("User.posts", Quantifier::None, Filter::TRUE)
            }),
        ),
        (
            "a table of links, then a join",
            filtered("Tag", |ask| {
                let author = age(ask);
                let post = ask.related("Post.author", Quantifier::Some, author);
                ask.related("Tag.posts", Quantifier::Some, post)
            }),
        ),
        (
            "three models",
            filtered("User", |ask| {
                let tag = name(ask);
                let post = ask.related("Post.tags", Quantifier::None, tag);
                ask.related("User.posts", Quantifier::Every, post)
            }),
        ),
    ];
    insta::assert_snapshot!(
        texts
            .map(|(what, text)| format!("{what}\n  {text}"))
            .join("\n")
    );
}

#[test]
fn related_nodes_that_links_identify() {
    let id = |ask: &mut Ask<'_>, of: &str| ask.is(of, Comparison::Equals, Value::Text("x".into()));
    let texts = [
        (
            "the link in the row is the id",
            filtered("Post", |ask| {
                let author = id(ask, "User.id");
                ask.related("Post.author", Quantifier::Some, author)
            }),
        ),
        (
            "no link is no other id",
            filtered("Post", |ask| {
                let author = Filter::Not(Box::new(id(ask, "User.id")));
                ask.related("Post.author", Quantifier::Some, author)
            }),
        ),
        (
            "none, not even a link",
            filtered("Post", |ask| {
                ask.related("Post.author", Quantifier::None, Filter::TRUE)
            }),
        ),
        (
            "behind a join",
            filtered("Tag", |ask| {
                let author = id(ask, "User.id");
                let post = ask.related("Post.author", Quantifier::Some, author);
                ask.related("Tag.posts", Quantifier::Every, post)
            }),
        ),
        (
            "a table of links alone",
            filtered("Post", |ask| {
                let tag = id(ask, "Tag.id");
                ask.related("Post.tags", Quantifier::Some, tag)
            }),
        ),
    ];
    insta::assert_snapshot!(
        texts
            .map(|(what, text)| format!("{what}\n  {text}"))
            .join("\n")
    );
}

#[test]
fn orders_and_pages() {
    let page = |page: Page| Arguments {
        page,
        ..Arguments::default()
    };
    let texts = [
        paged(|ask| Arguments {
            order: ask.order("Post.title", true),
            ..Arguments::default()
        }),
        paged(|ask| Arguments {
            order: ask.order("Post.id", true),
            ..Arguments::default()
        }),
        paged(|ask| {
            page(Page {
                first: Some(ask.count(1)),
                skip: Some(ask.count(2)),
                ..Page::default()
            })
        }),
        paged(|ask| {
            page(Page {
                last: Some(ask.count(1)),
                ..Page::default()
            })
        }),
        paged(|ask| {
            page(Page {
                skip: Some(ask.count(2)),
                ..Page::default()
            })
        }),
        paged(|ask| {
            page(Page {
                after: Some(ask.text("p")),
                ..Page::default()
            })
        }),
        paged(|ask| Arguments {
            order: ask.order("Post.title", true),
            ..page(Page {
                after: Some(ask.text("p")),
                before: Some(ask.text("q")),
                ..Page::default()
            })
        }),
    ];
    insta::assert_snapshot!(texts.join("\n"));
}

#[test]
fn a_node_of_several_models() {
    let world = World::new(DATAMODEL);
    let mut ask = Ask::new(&world);
    let id = ask.text("x");
    let candidates = ["User", "Post"].map(|name| {
        let model = world.model(name);
        (model, ask.select(model, "id"))
    });
    let plan = ReadPlan::Node(prisma_connector::Node {
        id,
        candidates: candidates.into(),
    });
    insta::assert_snapshot!(texts(&ask, &plan));
}
