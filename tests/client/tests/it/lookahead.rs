//! Fields that are fetched only if somebody asks for them.

use prisma_runtime::{Asked, Id, Lookahead, Selection};
use prisma_tests_client::blog::{self, Db, Models, User, user};

use crate::recorder::{Recorder, Transcript};

#[derive(Selection, Debug, PartialEq)]
#[prisma(model = blog::Post)]
struct LazyPost {
    title: Asked<String>,
    author: Asked<Name>,
    #[prisma(count)]
    tags_count: Asked<u64>,
}

#[derive(Selection, Debug, PartialEq)]
#[prisma(model = blog::User)]
struct Name {
    name: String,
}

#[derive(Selection, Debug, PartialEq)]
#[prisma(model = blog::User)]
struct LazyUser {
    id: Id<User>,
    #[prisma(rename = email)]
    mail_address: Asked<String>,
    age: Asked<Option<i32>>,
    #[prisma(with = |posts| posts.first(1))]
    posts: Asked<Vec<LazyPost>>,
    reviews: Vec<LazyPost>,
}

fn asked(paths: &[&str]) -> Lookahead {
    paths.iter().copied().collect()
}

#[test]
fn texts() {
    let db = Db::custom(Recorder::answering("{}"));
    let mut sent = Transcript::new("blog");
    let users = || db.user().find_many().select::<LazyUser>();
    sent.add(&users());
    sent.add(&users().asked(asked(&[])));
    sent.add(&users().asked(asked(&["mailAddress", "posts.title", "initials"])));
    sent.add(&users().asked(asked(&["reviews.author.name", "reviews.tagsCount"])));
    let ann = db.user().find_unique(user::by_id("ann"));
    sent.add(&ann.select::<LazyUser>().asked(asked(&["age"])));
    let posts = db.user().find_unique(user::by_id("ann")).rel(|u| u.posts);
    sent.add(&posts.select::<LazyPost>().asked(asked(&["title"])));
    let page = db.user().connection().select::<LazyUser>();
    sent.add(&page.asked(asked(&["age"])));
    let deleted = db.user().delete(user::by_id("ann")).select::<LazyUser>();
    sent.add(&deleted.asked(asked(&[])));
    let picked = db.user().find_first();
    let picked = picked.pick(|u| (u.id, u.posts.first(1).select::<LazyPost>()));
    sent.add(&picked.asked(asked(&["posts.title"])));
    insta::assert_snapshot!(sent.text());
}

#[tokio::test]
async fn rows() {
    let db = Db::custom(Recorder::answering(
        r#"{"data":{"users":[{"id":"u1","age":null,"reviews":[{"author":{"name":"Ann"}}]}]}}"#,
    ));
    let users = db
        .user()
        .find_many()
        .asked(asked(&["age", "reviews.author"]))
        .select::<LazyUser>();
    let users = users.await.unwrap();
    let expected = LazyUser {
        id: Id::new("u1"),
        mail_address: Asked::No,
        age: Asked::Yes(None),
        posts: Asked::No,
        reviews: vec![LazyPost {
            title: Asked::No,
            author: Asked::Yes(Name { name: "Ann".into() }),
            tags_count: Asked::No,
        }],
    };
    assert_eq!(users, [expected]);
    assert_eq!(
        serde_json::to_value(users[0].age).unwrap(),
        serde_json::Value::Null
    );
    assert_eq!(users[0].reviews[0].author.get().unwrap().name, "Ann");
}

#[tokio::test]
async fn picked_beside() {
    let db = Db::custom(Recorder::answering(
        r#"{"data":{"users":[{"id":"u1","posts":[{"title":"One"}],"posts_2":[{"__typename":"Post"}]}]}}"#,
    ));
    let picked = db.user().find_many().asked(asked(&["posts.title"]));
    let rows = picked.pick(|u| (u.id, u.posts.select::<LazyPost>(), u.posts.count()));
    let rows = rows.await.unwrap();
    assert_eq!(rows[0].1[0].title, Asked::Yes("One".into()));
    assert_eq!(rows[0].2, 1);
}
