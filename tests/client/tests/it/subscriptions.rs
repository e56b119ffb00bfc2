//! Subscriptions: what is sent, what is read, and that present transports say that they have none.

use futures_util::{StreamExt, stream};
use prisma_runtime::{
    BoxFuture, Bytes, Client, ErrorKind, Event, EventAnswers, Id, Mutation, Request, Result,
    Transport, TransportError, select,
};
use prisma_tests_client::blog::{Db, Models, Role, User};

use crate::{
    api::Api,
    recorder::Recorder,
    transports::{both, datamodel},
};

#[test]
fn texts() {
    use Mutation::{Created, Updated};
    let db = Db::custom(Recorder::answering(""));
    let api = Api::of("blog");
    let mut text = String::new();
    let mut add = |request: Result<Request>| {
        let request = request.unwrap();
        api.accepts(&request);
        text.push_str(&format!("{request}\n\n"));
    };
    let users = || db.user().subscribe();
    add(users().operation().request());
    add(users()
        .on([Created, Updated])
        .filter(|u| u.age.gt(18) & u.posts.some(|p| p.published.eq(true)))
        .updated(|u| [u.name.key()])
        .pick(select! { id posts(first: 2) { title } })
        .operation()
        .request());
    add(users()
        .on([Created])
        .on([Mutation::Deleted])
        .operation()
        .request());
    add(db
        .post()
        .subscribe()
        .updated(|p| vec![p.title.key(), p.published.key()])
        .operation()
        .request());
    insta::assert_snapshot!(text.trim_end());
}

/// Tells what it was told to.
struct Told(Vec<&'static str>);

impl Transport for Told {
    fn send(&self, _: Request) -> BoxFuture<'_, Result<Bytes, TransportError>> {
        Box::pin(async { Err(TransportError::Timeout) })
    }

    fn subscribe(&self, _: Request) -> BoxFuture<'_, Result<EventAnswers>> {
        let answers =
            stream::iter(self.0.clone()).map(|text| Ok(Bytes::from_static(text.as_bytes())));
        Box::pin(async move { Ok(Box::pin(answers) as EventAnswers) })
    }
}

#[tokio::test]
async fn events() {
    let before =
        r#""previousValues":{"id":"1","email":"a@b","name":"Ann","age":null,"role":"USER"}"#;
    let updated: &'static str = format!(
        r#"{{"data":{{"user":{{"mutation":"UPDATED","node":{{"name":"Anna"}},"updatedFields":["name"],{before}}}}}}}"#
    )
    .leak();
    let db = Db::custom(Told(vec![
        r#"{"data":{"user":{"mutation":"CREATED","node":{"name":"Ann"},"updatedFields":null,"previousValues":null}}}"#,
        updated,
        r#"{"data":{"user":{"mutation":"RENAMED","node":null,"updatedFields":null,"previousValues":null}}}"#,
        r#"{"data":null,"errors":[{"message":"Your token is invalid.","code":3015}]}"#,
    ]));
    let events = db.user().subscribe().pick(|u| u.name).open().await.unwrap();
    let [created, updated, renamed, refused] = events.collect::<Vec<_>>().await.try_into().unwrap();
    assert_eq!(
        created,
        Ok(Event {
            mutation: Mutation::Created,
            node: Some("Ann".to_owned()),
            previous: None,
            updated_fields: vec![]
        })
    );
    let ann = User {
        id: Id::new("1"),
        email: "a@b".into(),
        name: "Ann".into(),
        age: None,
        role: Role::User,
    };
    let expected = Event {
        mutation: Mutation::Updated,
        node: Some("Anna".to_owned()),
        previous: Some(ann),
        updated_fields: vec!["name".into()],
    };
    assert_eq!(updated, Ok(expected));
    assert!(matches!(
        renamed.unwrap_err().kind(),
        ErrorKind::Decode { .. }
    ));
    assert!(refused.unwrap_err().is_unauthorized());
}

/// Until they are served.
#[tokio::test]
async fn present_transports() {
    let said = both(&datamodel("blog"), async |client: Client, journal| {
        let db = Db::from(client);
        journal.note(db.user().subscribe().open().await.map(|_| ()));
    })
    .await;
    insta::assert_snapshot!(said);
}
