//! Answers have two forms: JSON, and packed values within a process. Whatever is stored, both say the same.

use std::sync::Arc;

use prisma_connector::{Database, Format, ServiceName};
use prisma_deploy::{DeployRequest, Deployer, DeployerOptions};
use prisma_engine::{Engine, GraphqlRequest};
use prisma_runtime::{
    BoxFuture, Bytes, DateTime, Id, Request, Transport, TransportError, Utc, Uuid, select,
};
use prisma_sql::SqlDatabase;
use prisma_sqlite::SqliteHost;
use prisma_tests_client::shapes::{
    Db, Everything, Models, Node2, State, counter, everything, node2, ticket,
};
use proptest::{
    collection::vec,
    option,
    prelude::*,
    test_runner::{Config, TestRunner},
};

/// How many databases are filled; more take longer and find more.
const CASES: u32 = 24;

#[test]
fn both_forms_say_the_same() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let mut runner = TestRunner::new(Config {
        cases: CASES,
        failure_persistence: None,
        ..Config::default()
    });
    let cases = (vec(records(), 1..5), vec(names(), 0..8));
    let result = runner.run(&cases, |(records, names)| {
        runtime.block_on(async {
            let (json, packed) = databases().await;
            scalars(&json, &packed, records).await?;
            relations(&json, &packed, names).await
        })
    });
    if let Err(failure) = result {
        panic!("{failure}");
    }
}

/// One engine, and a client for each form of its answers.
async fn databases() -> (Db, Db) {
    let database: Arc<dyn Database> =
        Arc::new(SqlDatabase::open(SqliteHost::memory()).await.unwrap());
    let engine = Arc::new(Engine::new());
    let deployer = Deployer::new(database, Arc::clone(&engine), DeployerOptions::default());
    let service = deployer.add_service("forms", "test", Vec::new());
    let service: ServiceName = service.await.unwrap();
    let request = DeployRequest {
        service: service.clone(),
        types: include_str!("../../datamodels/shapes.prisma").to_owned(),
        ..DeployRequest::default()
    };
    let outcome = deployer.deploy(request).await.unwrap();
    assert_eq!(outcome.errors, []);
    let client = |format| {
        Db::custom(InForm {
            engine: Arc::clone(&engine),
            service: service.clone(),
            format,
        })
    };
    (client(Format::Json), client(Format::Packed))
}

struct InForm {
    engine: Arc<Engine>,
    service: ServiceName,
    format: Format,
}

impl Transport for InForm {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Bytes, TransportError>> {
        Box::pin(async move {
            assert!(request.packed, "records can be read from either form");
            let request = GraphqlRequest {
                query: request.query,
                variables: Some(request.variables),
                format: self.format,
                ..GraphqlRequest::default()
            };
            let answer = self.engine.execute(&self.service, request, "r1").await;
            let is_packed = prisma_packed::value(&answer.bytes).is_some();
            assert!(is_packed == (self.format == Format::Packed) || failed(&answer.bytes));
            Ok(answer.bytes.into())
        })
    }
}

fn failed(answer: &[u8]) -> bool {
    let answer: serde_json::Value = serde_json::from_slice(answer).unwrap();
    answer.get("errors").is_some()
}

/// What a record of every scalar holds.
#[derive(Clone, Debug)]
struct Record {
    text: (String, Option<String>, Vec<String>),
    number: (i32, Option<i32>, Vec<i32>),
    ratio: (f64, Option<f64>),
    flag: (bool, Option<bool>),
    moment: (DateTime<Utc>, Option<DateTime<Utc>>),
    details: (serde_json::Value, Option<serde_json::Value>),
    uuid: (u128, Option<u128>),
    states: Vec<State>,
}

fn records() -> impl Strategy<Value = Record> {
    let float = prop::num::f64::NORMAL | prop::num::f64::ZERO;
    // The years that RFC 3339 has.
    let moment = (-62_167_219_200_000..253_402_300_800_000_i64).prop_map(|ms| millis(ms).unwrap());
    let state = prop_oneof![Just(State::New), Just(State::InReview), Just(State::Self_)];
    (
        (texts(), option::of(texts()), vec(texts(), 0..4)),
        (
            any::<i32>(),
            option::of(any::<i32>()),
            vec(any::<i32>(), 0..4),
        ),
        (float, option::of(float)),
        any::<(bool, Option<bool>)>(),
        (moment.clone(), option::of(moment)),
        (json(), option::of(json())),
        any::<(u128, Option<u128>)>(),
        vec(state, 0..3),
    )
        .prop_map(
            |(text, number, ratio, flag, moment, details, uuid, states)| Record {
                text,
                number,
                ratio,
                flag,
                moment,
                details,
                uuid,
                states,
            },
        )
}

fn millis(ms: i64) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_millis(ms)
}

/// Any text that PostgreSQL could store too.
fn texts() -> impl Strategy<Value = String> {
    vec(any::<char>().prop_filter("no NUL", |c| *c != '\0'), 0..12)
        .prop_map(|chars| chars.into_iter().collect())
}

fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(serde_json::Value::from),
        any::<i64>().prop_map(serde_json::Value::from),
        prop::num::f64::NORMAL.prop_map(serde_json::Value::from),
        texts().prop_map(serde_json::Value::from),
    ];
    let nested = leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(serde_json::Value::from),
            vec((texts(), inner), 0..4).prop_map(|entries| entries.into_iter().collect()),
        ]
    });
    // A `Json` field holds objects and lists.
    vec(nested, 0..3).prop_map(serde_json::Value::from)
}

fn names() -> impl Strategy<Value = (String, Option<prop::sample::Index>)> {
    (texts(), option::of(any::<prop::sample::Index>()))
}

/// Awaits a query on both clients and holds the answers against each other.
macro_rules! same {
    ($json:ident, $packed:ident, |$db:ident| $query:expr) => {{
        let $db = $json;
        let said = $query.await;
        let $db = $packed;
        let packed = $query.await;
        prop_assert_eq!(format!("{:?}", said), format!("{:?}", packed));
        if let Err(error) = said {
            prop_assert!(error.is_not_found(), "{}", error);
        }
    }};
}

async fn scalars(json: &Db, packed: &Db, records: Vec<Record>) -> Result<(), TestCaseError> {
    for (position, record) in records.into_iter().enumerate() {
        let new = everything::New {
            text: record.text.0,
            number: record.number.0,
            ratio: record.ratio.0,
            flag: record.flag.0,
            moment: record.moment.0,
            details: record.details.0,
            uuid: Uuid::from_u128(record.uuid.0),
            foreign: "f".into(),
            state: State::New,
        };
        let new = new.with(|e| {
            (
                (
                    e.text_optional.to(record.text.1),
                    e.texts.to(record.text.2),
                    e.number_optional.to(record.number.1),
                    e.numbers.to(record.number.2),
                    e.ratio_optional.to(record.ratio.1),
                ),
                (
                    e.flag_optional.to(record.flag.1),
                    e.moment_optional.to(record.moment.1),
                    e.details_optional.to(record.details.1),
                    e.uuid_optional.to(record.uuid.1.map(Uuid::from_u128)),
                    e.states.to(record.states),
                ),
            )
        });
        // Of both sides of an insertion: what one form says of it, and what the other finds.
        let (by, other) = if position % 2 == 0 {
            (packed, json)
        } else {
            (json, packed)
        };
        let created: Result<Everything, _> = by.everything().create(new).await;
        let Ok(created) = created else {
            // A unique value came twice.
            continue;
        };
        let found = other
            .everything()
            .find_unique(everything::by_id(created.id.clone()));
        prop_assert_eq!(found.await.unwrap(), Some(created));
    }
    same!(json, packed, |db| db.everything().find_many());
    same!(json, packed, |db| db
        .everything()
        .find_many()
        .order_by(|e| e.ratio.desc())
        .first(2)
        .pick(|e| (e.states, e.details_optional, e.text, e.id)));
    same!(json, packed, |db| db
        .everything()
        .connection()
        .order_by(|e| e.number.asc())
        .first(2)
        .with_count());
    same!(json, packed, |db| db.everything().connection().last(1));
    same!(json, packed, |db| db.everything().count());
    same!(json, packed, |db| db
        .everything()
        .find_many()
        .filter(|e| e.flag.eq(true))
        .pick(|_| ()));
    same!(json, packed, |db| db
        .everything()
        .find_unique(everything::by_uuid(Uuid::from_u128(0)))
        .or_not_found());
    Ok(())
}

async fn relations(
    json: &Db,
    packed: &Db,
    names: Vec<(String, Option<prop::sample::Index>)>,
) -> Result<(), TestCaseError> {
    let mut ids: Vec<Id<Node2>> = Vec::new();
    for (name, parent) in names {
        let new = node2::New { name };
        let node = match parent.filter(|_| !ids.is_empty()) {
            Some(parent) => {
                let parent = parent.get(&ids).clone();
                packed
                    .node2()
                    .create(new.with(|n| n.parent.connect(node2::by_id(parent))))
                    .await
            }
            None => packed.node2().create(new).await,
        };
        ids.push(node.unwrap().id);
    }
    same!(json, packed, |db| db.node2().find_many().pick(select! {
        name
        parent { name }
        zchildren(order_by: name.asc()) { id name zchildren(last: 2) { name parent { id } } }
        friend { id }
    }));
    same!(json, packed, |db| db
        .node2()
        .find_many()
        .pick(|n| (n.zchildren.count(), n.name)));
    for id in ids {
        let by = || node2::by_id(id.clone());
        same!(json, packed, |db| db
            .node2()
            .find_unique(by())
            .rel(|n| n.parent));
        same!(json, packed, |db| db
            .node2()
            .find_unique(by())
            .rel(|n| n.parent)
            .rel(|n| n.zchildren)
            .pick(|n| n.name));
        same!(json, packed, |db| db.batch((
            db.node2().find_unique(by()).rel(|n| n.zchildren),
            db.node2().count(),
        )));
    }
    same!(json, packed, |db| db
        .counter()
        .create(counter::New {})
        .pick(|_| ()));
    let tickets = |text: &str| ticket::New { title: text.into() };
    same!(json, packed, |db| db
        .ticket()
        .create_many([tickets("a"), tickets("b")])
        .pick(|t| t.title));
    same!(json, packed, |db| db
        .ticket()
        .update(ticket::by_id(1))
        .set(|t| t.title.to("c")));
    same!(json, packed, |db| db.ticket().delete(ticket::by_id(1_000)));
    let deleted = packed.node2().delete_many().everything().await;
    prop_assert_eq!(json.node2().count().await.unwrap(), 0);
    prop_assert!(deleted.is_ok());
    Ok(())
}
