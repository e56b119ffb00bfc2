//! Unusual datamodels: every operation that their clients have.

use prisma_runtime::{Id, Uuid, new};
use prisma_tests_client::shapes::{
    self, Db, Models, State, city, counter, country, device, everything, left, r#match, node2,
    only_id, option, result, right, snake_case, ticket,
};
use serde_json::json;

use crate::recorder::{Recorder, Transcript};

fn db() -> Db {
    Db::custom(Recorder::answering("{}"))
}

const UUID: &str = "67e55044-10b1-426f-9247-bb680e5fe0c8";

#[test]
fn every_scalar() {
    let db = db();
    let uuid = Uuid::parse_str(UUID).unwrap();
    let moment = "2020-02-03T04:05:06.789Z"
        .parse::<prisma_runtime::DateTime<_>>()
        .unwrap();
    let e = shapes::Everything::FIELDS;
    let mut sent = Transcript::new("shapes");
    let new = everything::New {
        text: "t".into(),
        number: -1,
        ratio: 0.5,
        flag: true,
        moment,
        details: json!({"a": [null]}),
        uuid,
        foreign: "f".into(),
        state: State::InReview,
    };
    sent.add(&db.everything().create(new.clone()));
    sent.add(&db.everything().create(new.with(|e| {
        (
            (
                e.id.to("own"),
                e.text_optional.to("o"),
                e.number_optional.to(Some(3)),
                e.ratio_optional.to(2),
            ),
            (
                e.flag_optional.null(),
                e.moment_optional.to(moment),
                e.details_optional.to(json!([])),
            ),
            (e.uuid_optional.to(uuid), e.state_optional.to(State::Self_)),
            (
                e.texts.to(["a", "b"]),
                e.numbers.to([1]),
                e.states.to([State::New]),
            ),
        )
    })));
    for filter in [
        e.flag.eq(true),
        e.flag_optional.is_null(),
        e.ratio.gt(1),
        e.ratio.lt(1.5),
        e.moment.between(moment, moment),
        e.uuid.eq(uuid),
        e.uuid_optional.is_in([uuid]),
        e.foreign.starts_with("f"),
        e.state.ne(State::New),
        e.state_optional.is_in([State::InReview]),
        e.created_at.lte(moment),
    ] {
        sent.add(&db.everything().count().filter(|_| filter));
    }
    sent.add(&db.everything().find_unique(everything::by_uuid(uuid)));
    sent.add(
        &db.everything()
            .find_unique(everything::by_number_optional(3)),
    );
    sent.add(
        &db.everything()
            .find_unique(everything::by_state_optional(State::New)),
    );
    sent.add(
        &db.everything()
            .find_many()
            .order_by(|e| e.details.asc())
            .pick(|e| (e.texts, e.states)),
    );
    insta::assert_snapshot!(sent.text());
}

#[test]
fn ids_of_all_kinds() {
    let db = db();
    let uuid = Uuid::parse_str(UUID).unwrap();
    let mut sent = Transcript::new("shapes");
    sent.add(&db.counter().create(counter::New {}));
    sent.add(&db.counter().find_unique(counter::by_id(3)));
    sent.add(&db.ticket().create(new!(ticket::New { title: "t" })));
    sent.add(
        &db.ticket()
            .find_many()
            .filter(|t| t.id.gt(3))
            .after(Id::from_key(3).cursor())
            .first(1),
    );
    sent.add(&db.device().find_unique(device::by_id(uuid)));
    sent.add(&db.device().find_many().filter(|d| d.id.is_in([uuid])));
    sent.add(
        &db.only_id()
            .create(only_id::New {}.with(|o| o.id.to("own"))),
    );
    sent.add(&db.only_id().delete(only_id::by_id("own")));
    sent.add(&db.country().create(new!(country::New { id: "at" })));
    insta::assert_snapshot!(sent.text());
}

#[test]
fn relations_of_all_kinds() {
    let db = db();
    let mut sent = Transcript::new("shapes");
    sent.add(&db.country().create(
        new!(country::New { id: "at" }).with(|c| c.cities.create([city::NewWithoutCountry {}])),
    ));
    sent.add(&db.city().create(new!(city::New {
        country: country::by_id("at")
    })));
    sent.add(
        &db.node2()
            .create(new!(node2::New { name: "root" }).with(|n| {
                (
                    n.zchildren.create([new!(node2::New { name: "leaf" })]),
                    n.friend.create(new!(node2::New { name: "friend" })),
                )
            })),
    );
    sent.add(&db.left().create(left::New {
        name: "left".into(),
        right: prisma_runtime::Link::create(new!(right::NewWithoutLeft { name: "right" })),
    }));
    insta::assert_snapshot!(sent.text());
}

#[test]
fn names_of_all_kinds() {
    let db = db();
    let mut sent = Transcript::new("shapes");
    sent.add(
        &db.r#match()
            .create(new!(r#match::New { r#type: "t" }).with(|m| (m.self_.to("s"), m.r#fn.to(1)))),
    );
    sent.add(&db.r#match().find_many().order_by(|m| m.r#type.asc()));
    sent.add(&db.option().find_many().filter(|o| o.some.is_null()));
    sent.add(&db.option().update(option::by_id("1")).set(|o| {
        o.vec
            .create([new!(result::NewWithoutOption { string: "s" })])
    }));
    sent.add(&db.snake_case().find_unique(snake_case::by_id("1")));
    sent.add(
        &db.snake_case()
            .find_many()
            .filter(|s| s.upper.eq("U") & s._2nd.is_null()),
    );
    insta::assert_snapshot!(sent.text());
}

/// They would become null on the way: a condition that holds everywhere it should not.
#[tokio::test]
async fn numbers_that_are_none() {
    let recorder = Recorder::answering("{}");
    let db = Db::custom(recorder.clone());
    let delete = db
        .everything()
        .delete_many()
        .filter(|e| e.ratio.eq(f64::NAN));
    let error = delete.await.unwrap_err();
    assert!(matches!(
        error.kind(),
        prisma_runtime::ErrorKind::Validation { .. }
    ));
    assert!(recorder.sent().is_empty());
}

/// The API knows objects and arrays alone.
#[tokio::test]
async fn json_that_is_no_document() {
    let recorder = Recorder::answering("{}");
    let db = Db::custom(recorder.clone());
    for value in [json!("text"), json!(1), json!(true), json!(null)] {
        let update = db.everything().update(everything::by_id("1"));
        let error = update.set(|e| e.details.to(value)).await.unwrap_err();
        assert!(matches!(
            error.kind(),
            prisma_runtime::ErrorKind::Validation { .. }
        ));
        assert!(error.to_string().contains("an object or an array"));
    }
    assert!(recorder.sent().is_empty());
}
