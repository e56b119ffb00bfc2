//! Every scalar, and ids and relations of every kind.

use prisma_runtime::{Client, DateTime, Id, Link, Uuid, new, select};
use prisma_tests_client::shapes::{
    Db, Everything, Models, State, city, counter, country, device, everything, left, r#match,
    node2, only_id, right, snake_case, ticket,
};
use serde_json::json;

use super::{Journal, both, datamodel};

async fn on_shapes(program: impl AsyncFn(&Db, &mut Journal)) -> String {
    both(&datamodel("shapes"), async |client: Client, journal| {
        program(&Db::from(client), journal).await;
    })
    .await
}

const UUID: &str = "67e55044-10b1-426f-9247-bb680e5fe0c8";

fn moment() -> DateTime<prisma_runtime::Utc> {
    "2020-02-03T04:05:06.789Z".parse().unwrap()
}

fn new(text: &str) -> everything::New {
    everything::New {
        text: text.into(),
        number: -1,
        ratio: 0.5,
        flag: true,
        moment: moment(),
        details: json!({"a": [null, 1.5, "ü"]}),
        uuid: Uuid::parse_str(UUID).unwrap(),
        foreign: "f".into(),
        state: State::InReview,
    }
}

/// A record without what the clock says.
type Scalars = (
    (Id<Everything>, String, Option<String>, Vec<String>),
    (i32, Option<i32>, Vec<i32>, f64, Option<f64>),
);

#[tokio::test]
async fn every_scalar() {
    let said = on_shapes(async |db, journal| {
        let pick = |e: everything::Fields| {
            (
                (e.id, e.text, e.text_optional, e.texts),
                (
                    e.number,
                    e.number_optional,
                    e.numbers,
                    e.ratio,
                    e.ratio_optional,
                ),
                (e.flag, e.flag_optional, e.moment, e.moment_optional),
                (e.details, e.details_optional, e.uuid, e.uuid_optional),
                (e.foreign, e.state, e.state_optional, e.states),
            )
        };
        let plain = new("NUL is \u{1}, quote is ', and a 🦀").with(|e| e.id.to("plain"));
        journal.run(db.everything().create(plain).pick(pick)).await;
        let full = everything::New {
            uuid: Uuid::nil(),
            ..new("")
        }
        .with(|e| {
            (
                (
                    e.id.to("full"),
                    e.text_optional.to("o"),
                    e.number_optional.to(Some(i32::MIN)),
                    e.ratio_optional.to(1e21),
                ),
                (
                    e.flag_optional.to(false),
                    e.moment_optional.to(moment()),
                    e.details_optional.to(json!([])),
                ),
                (
                    e.uuid_optional.to(Uuid::nil()),
                    e.state_optional.to(State::Self_),
                ),
                (
                    e.texts.to(["b", "a", "b"]),
                    e.numbers.to([3, 1]),
                    e.states.to([State::New]),
                ),
            )
        });
        journal.run(db.everything().create(full).pick(pick)).await;
        let scalars = db
            .everything()
            .find_many()
            .order_by(|e| e.ratio_optional.asc());
        let scalars = scalars.pick(|e| {
            (
                (e.id, e.text, e.text_optional, e.texts),
                (
                    e.number,
                    e.number_optional,
                    e.numbers,
                    e.ratio,
                    e.ratio_optional,
                ),
            )
        });
        let found: Result<Vec<Scalars>, _> = scalars.await;
        journal.note(found);
        journal
            .run(
                db.everything()
                    .update(everything::by_number_optional(i32::MIN))
                    .set(|e| {
                        (
                            e.texts.to(Vec::<String>::new()),
                            e.state_optional.null(),
                            e.details_optional.null(),
                        )
                    })
                    .pick(pick),
            )
            .await;
        let again = new("").with(|e| e.id.to("again"));
        journal
            .run(db.everything().create(again).pick(|e| e.id))
            .await;
        journal
            .run(
                db.everything()
                    .find_unique(everything::by_uuid(Uuid::nil()))
                    .pick(|e| e.id),
            )
            .await;
        let now = db
            .everything()
            .find_first()
            .pick(|e| (e.created_at, e.updated_at))
            .await
            .unwrap();
        let (created, updated) = now.unwrap();
        assert!(created <= updated);
    })
    .await;
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn ids_of_all_kinds() {
    let said = on_shapes(async |db, journal| {
        journal.run(db.counter().create(counter::New {})).await;
        journal.run(db.counter().create(counter::New {})).await;
        journal
            .run(db.counter().find_unique(counter::by_id(2)))
            .await;
        journal
            .run(db.ticket().create(new!(ticket::New { title: "t" })))
            .await;
        journal
            .run(
                db.ticket()
                    .find_many()
                    .after(Id::from_key(0).cursor())
                    .first(1),
            )
            .await;
        let device = db
            .device()
            .create(new!(device::New { name: "d" }))
            .await
            .unwrap();
        journal
            .run(
                db.device()
                    .find_unique(device::by_id(device.id))
                    .pick(|d| d.name),
            )
            .await;
        journal
            .run(
                db.only_id()
                    .create(only_id::New {}.with(|o| o.id.to("own"))),
            )
            .await;
        journal
            .run(db.only_id().delete(only_id::by_id("own")))
            .await;
        journal
            .run(db.country().create(new!(country::New { id: "at" })))
            .await;
        journal
            .run(db.country().create(new!(country::New { id: "at" })))
            .await;
    })
    .await;
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn relations_of_all_kinds() {
    let said = on_shapes(async |db, journal| {
        let vienna = city::NewWithoutCountry {}.with(|c| c.id.to("vienna"));
        let austria = new!(country::New { id: "at" }).with(|c| c.cities.create([vienna]));
        journal
            .run(
                db.country()
                    .create(austria)
                    .pick(select! { id cities { id } }),
            )
            .await;
        let country = country::by_id("xx");
        journal
            .run(db.city().create(new!(city::New { country })))
            .await;
        let root = new!(node2::New { name: "root" }).with(|n| {
            (
                n.zchildren.create([new!(node2::New { name: "leaf" })]),
                n.friend.create(new!(node2::New { name: "friend" })),
            )
        });
        journal
            .run(db.node2().create(root).pick(
                select! { name zchildren { name parent { name } } friend { name friend { name } } },
            ))
            .await;
        let left = left::New {
            name: "left".into(),
            right: Link::create(
                new!(right::NewWithoutLeft { name: "right" }).with(|r| r.id.to("r")),
            ),
        };
        journal
            .run(
                db.left()
                    .create(left)
                    .pick(select! { name right { id left { name } } }),
            )
            .await;
        journal.run(db.right().delete(right::by_id("r"))).await;
        journal.run(db.country().delete(country::by_id("at"))).await;
    })
    .await;
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn names_of_all_kinds() {
    let said = on_shapes(async |db, journal| {
        let new = new!(r#match::New { r#type: "t" })
            .with(|m| (m.id.to("m"), m.self_.to("s"), m.r#fn.to(1)));
        journal.run(db.r#match().create(new)).await;
        journal
            .run(
                db.r#match()
                    .find_many()
                    .filter(|m| m.r#fn.eq(1))
                    .pick(|m| (m.r#type, m.self_)),
            )
            .await;
        let new = snake_case::New {}.with(|s| (s.id.to("s"), s.upper.to("U")));
        journal.run(db.snake_case().create(new)).await;
        journal
            .run(
                db.snake_case()
                    .find_many()
                    .filter(|s| s.upper.eq("U") & s._2nd.is_null()),
            )
            .await;
    })
    .await;
    insta::assert_snapshot!(said);
}
