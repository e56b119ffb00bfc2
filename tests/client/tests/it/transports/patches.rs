//! Changes that come from elsewhere, stored.

use prisma_runtime::{Json, Patch, ReadPatch, new};
use prisma_tests_client::{
    blog::{Db, Models, Role, User, user},
    shapes::{self, State, everything},
};

use super::{both, datamodel};

#[tokio::test]
async fn changes_are_stored() {
    let said = both(&datamodel("blog"), async |client, journal| {
        let db = Db::from(client);
        let ann = new!(user::New {
            email: "a@b",
            name: "Ann"
        })
        .with(|u| u.age.to(30));
        db.user().create(ann).await.unwrap();
        let shown = |u: User| (u.email, u.name, u.age, u.role);
        let ann = || user::by_email("a@b");
        let some = user::Patch {
            name: Patch::Set("Anna".into()),
            age: Patch::NULL,
            ..user::Patch::default()
        };
        journal.note(db.user().update(ann()).patch(some).await.map(shown));
        let nothing = user::Patch::default();
        journal.note(db.user().update(ann()).patch(nothing).await.map(shown));
        let many = user::Patch {
            role: Patch::Set(Role::Admin),
            ..user::Patch::default()
        };
        journal.note(db.user().update_many().patch(many).everything().await);
        journal.note(db.user().find_unique(ann()).await.map(|u| u.map(shown)));
    })
    .await;
    insta::assert_snapshot!(said);
}

/// Lists of scalars are replaced as a whole.
#[tokio::test]
async fn lists_are_stored() {
    let said = both(&datamodel("shapes"), async |client, journal| {
        use shapes::Models;
        let db = shapes::Db::from(client);
        let new = everything::New {
            text: "t".into(),
            number: 1,
            ratio: 1.5,
            flag: true,
            moment: chrono_moment(),
            details: serde_json::json!({}),
            uuid: prisma_runtime::Uuid::nil(),
            foreign: "f".into(),
            state: State::New,
        };
        let created = db.everything().create(new).await.unwrap();
        let mut changes = everything::Patch {
            texts: Patch::Set(vec!["a".into(), "b".into()]),
            ..everything::Patch::default()
        };
        let list = Json::List(vec![Json::Text("NEW".into()), Json::Text("Self".into())]);
        changes.read_field("states", list).unwrap();
        let changed = db.everything().update(everything::by_id(created.id));
        let changed = changed
            .patch(changes)
            .pick(|e| (e.texts, e.states, e.numbers));
        journal.note(changed.await);
    })
    .await;
    insta::assert_snapshot!(said);
}

fn chrono_moment() -> prisma_runtime::DateTime<prisma_runtime::Utc> {
    prisma_runtime::DateTime::UNIX_EPOCH
}
