//! Structs that select fields.

use prisma_runtime::{Id, Selection};
use prisma_tests_client::blog::{self, Db, Models, User, post, user};

use crate::recorder::{Recorder, Transcript};

#[derive(Selection, Debug, PartialEq)]
#[prisma(model = blog::Post)]
struct Title {
    title: String,
}

#[derive(Selection, Debug, PartialEq)]
#[prisma(model = blog::User)]
struct Names {
    name: String,
    age: Option<i32>,
}

#[derive(Selection, Debug, PartialEq)]
#[prisma(model = blog::User)]
struct Card {
    id: Id<User>,
    #[prisma(rename = email)]
    address: String,
    #[prisma(flatten)]
    names: Names,
    #[prisma(with = |posts| posts.filter(|p| p.published.eq(true)).order_by(|p| p.title.asc()).first(3))]
    posts: Vec<Title>,
    #[prisma(rename = posts)]
    all_posts: Vec<blog::Post>,
}

struct Limits {
    posts: u32,
}

#[derive(Selection, Debug, PartialEq)]
#[prisma(model = blog::User, vars = Limits)]
struct Feed {
    #[prisma(with = |posts, limits| posts.first(limits.posts))]
    posts: Vec<Title>,
}

#[derive(Selection, Debug, PartialEq)]
#[prisma(model = blog::Post)]
struct Whole {
    author: Names,
    reviewer: Option<Names>,
}

/// What one struct hands on to others.
#[derive(Clone, Debug)]
struct Sizes {
    posts: u32,
    tags: u32,
}

#[derive(Selection, Debug, PartialEq)]
#[prisma(model = blog::Post, vars = Sizes)]
struct Tagged {
    #[prisma(with = |tags, sizes| tags.first(sizes.tags))]
    tags: Vec<Label>,
}

#[derive(Selection, Debug, PartialEq)]
#[prisma(model = blog::Tag)]
struct Label {
    label: String,
}

#[derive(Selection, Debug, PartialEq)]
#[prisma(model = blog::User, vars = Sizes)]
struct Wrote {
    #[prisma(with = |posts, sizes| posts.first(sizes.posts), vars)]
    posts: Vec<Tagged>,
}

#[derive(Selection, Debug, PartialEq)]
#[prisma(model = blog::User, vars = Sizes)]
struct Author {
    #[prisma(flatten, vars)]
    wrote: Wrote,
    #[prisma(vars, rename = reviews)]
    reviewed: prisma_runtime::Asked<Vec<Tagged>>,
    #[prisma(default)]
    age: i32,
    #[prisma(count)]
    posts_count: u64,
    #[prisma(count = posts, with = |posts| posts.filter(|p| p.published.eq(true)))]
    published: u64,
    #[prisma(skip)]
    note: Option<&'static str>,
}

#[derive(Selection, Debug, PartialEq)]
#[prisma(model = blog::User)]
struct Aged {
    #[prisma(default = -1)]
    age: i32,
}

#[tokio::test]
async fn everything_at_once() {
    let db = Db::custom(Recorder::answering(
        r#"{"data":{"user":{
            "posts":[{"tags":[{"label":"rust"}]}], "reviews":[], "age":null,
            "posts_2":[{"__typename":"Post"},{"__typename":"Post"}], "posts_3":[]
        }}}"#,
    ));
    let mut sent = Transcript::new("blog");
    let author = || {
        let user = db.user().find_unique(user::by_id("1"));
        user.select_with::<Author>(Sizes { posts: 2, tags: 3 })
    };
    sent.add(&author());
    insta::assert_snapshot!(sent.text(), @r#"
    query($where: UserWhereUniqueInput!, $first: Int, $first2: Int, $first3: Int, $where2: PostWhereInput) { user(where: $where) { posts(first: $first) { tags(first: $first2) { label } } reviews { tags(first: $first3) { label } } age posts_2: posts { __typename } posts_3: posts(where: $where2) { __typename } } }
    {"where":{"id":"1"},"first":2,"first2":3,"first3":3,"where2":{"published":true}}
    "#);
    let tagged = Tagged {
        tags: vec![Label {
            label: "rust".into(),
        }],
    };
    let expected = Author {
        wrote: Wrote {
            posts: vec![tagged],
        },
        reviewed: prisma_runtime::Asked::Yes(Vec::new()),
        age: 0,
        posts_count: 2,
        published: 0,
        note: None,
    };
    assert_eq!(author().await.unwrap(), Some(expected));
}

#[tokio::test]
async fn values_for_null() {
    let db = Db::custom(Recorder::answering(
        r#"{"data":{"users":[{"age":null},{"age":3}]}}"#,
    ));
    let rows = db.user().find_many().select::<Aged>().await.unwrap();
    assert_eq!(rows, [Aged { age: -1 }, Aged { age: 3 }]);
}

#[test]
fn texts() {
    let db = Db::custom(Recorder::answering("{}"));
    let mut sent = Transcript::new("blog");
    sent.add(&db.user().find_many().select::<Card>());
    sent.add(&db.user().find_unique(user::by_id("1")).select::<Names>());
    sent.add(
        &db.user()
            .find_first()
            .select_with::<Feed>(Limits { posts: 2 }),
    );
    sent.add(&db.post().delete(post::by_id("1")).select::<Whole>());
    sent.add(
        &db.user()
            .find_unique(user::by_id("1"))
            .rel(|u| u.posts)
            .select::<Whole>(),
    );
    insta::assert_snapshot!(sent.text());
}

#[tokio::test]
async fn rows() {
    let db = Db::custom(Recorder::answering(
        r#"{"data":{"users":[{
            "id": "u1", "email": "a@b.c", "name": "Ann", "age": null,
            "posts": [{"title": "One"}],
            "posts_2": [{"id": "p1", "createdAt": "2020-02-03T04:05:06.789Z", "title": "One", "published": true}]
        }]}}"#,
    ));
    let cards = db.user().find_many().select::<Card>().await.unwrap();
    assert_eq!(cards.len(), 1);
    assert_eq!(cards[0].id, Id::new("u1"));
    assert_eq!(cards[0].address, "a@b.c");
    assert_eq!(
        cards[0].names,
        Names {
            name: "Ann".into(),
            age: None
        }
    );
    assert_eq!(
        cards[0].posts,
        [Title {
            title: "One".into()
        }]
    );
    assert_eq!(
        cards[0].all_posts[0].created_at.timestamp_subsec_millis(),
        789
    );
}

#[tokio::test]
async fn rows_with_variables() {
    let db = Db::custom(Recorder::answering(
        r#"{"data":{"user":{"posts":[{"title":"One"}]}}}"#,
    ));
    let query = db.user().find_unique(user::by_id("1"));
    let feed = query
        .select_with::<Feed>(Limits { posts: 1 })
        .await
        .unwrap();
    assert_eq!(
        feed,
        Some(Feed {
            posts: vec![Title {
                title: "One".into()
            }]
        })
    );
}

#[tokio::test]
async fn relations_to_one() {
    let answer = r#"{"data":{"posts":[
        {"author": {"name": "Ann", "age": 3}, "reviewer": null},
        {"author": {"name": "Ann", "age": 3}, "reviewer": {"name": "Bob", "age": null}}
    ]}}"#;
    let db = Db::custom(Recorder::answering(answer));
    let posts = db.post().find_many().select::<Whole>().await.unwrap();
    let ann = || Names {
        name: "Ann".into(),
        age: Some(3),
    };
    let bob = Names {
        name: "Bob".into(),
        age: None,
    };
    assert_eq!(
        posts,
        [
            Whole {
                author: ann(),
                reviewer: None
            },
            Whole {
                author: ann(),
                reviewer: Some(bob)
            },
        ]
    );
}
