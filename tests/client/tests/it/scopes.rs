//! Lookups of one request of a server, merged.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use futures_util::future::{join_all, join5, try_join_all};
use prisma_runtime::{
    BoxFuture, Bytes, Query, Request, Result, Session, TransactionOptions, Transport,
    TransportError, select,
};
use prisma_tests_client::blog::{Db, Models, post, user};

use super::api::Api;

/// Answers what it was told, one after the other, and says what the API would refuse.
#[derive(Clone)]
struct Scripted {
    answers: Arc<Mutex<VecDeque<&'static str>>>,
    sent: Arc<Mutex<Vec<String>>>,
    api: Arc<Api>,
}

impl Scripted {
    fn answering<const COUNT: usize>(answers: [&'static str; COUNT]) -> Self {
        Self {
            answers: Arc::new(Mutex::new(answers.into())),
            sent: Arc::default(),
            api: Arc::new(Api::of("blog")),
        }
    }

    fn sent(&self) -> Vec<String> {
        std::mem::take(&mut *self.sent.lock().unwrap())
    }
}

impl Transport for Scripted {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Bytes, TransportError>> {
        self.api.accepts(&request);
        let text = format!("{} {}", request.query, request.variables.get());
        self.sent.lock().unwrap().push(text);
        let answer = self.answers.lock().unwrap().pop_front().unwrap();
        Box::pin(async move {
            tokio::task::yield_now().await;
            Ok(Bytes::from_static(answer.as_bytes()))
        })
    }

    fn begin(&self, _: TransactionOptions) -> BoxFuture<'_, Result<Arc<dyn Session>>> {
        let session: Arc<dyn Session> = Arc::new(self.clone());
        Box::pin(async { Ok(session) })
    }
}

/// A transaction that sees what everybody sees.
impl Session for Scripted {
    fn lease(&self) -> Duration {
        Duration::from_secs(5)
    }

    fn commit(&self) -> BoxFuture<'_, Result<()>> {
        Box::pin(async { Ok(()) })
    }

    fn roll_back(&self) -> BoxFuture<'_, Result<()>> {
        Box::pin(async { Ok(()) })
    }

    fn abandon(&self) {}
}

const TWO: &str = r#"{"data":{"users":[{"name":"Bob","__key":"u2"},{"name":"Ann","__key":"u1"}]}}"#;

#[tokio::test]
async fn lookups_become_one() {
    let transport = Scripted::answering([TWO]);
    let db = Db::custom(transport.clone()).scoped();
    let name = |id| db.user().find_unique(user::by_id(id)).pick(|u| u.name);
    let names = try_join_all(["u1", "u2", "u3", "u1"].map(|id| name(id).into_future()))
        .await
        .unwrap();
    let name = |name: &str| Some(name.to_owned());
    assert_eq!(names, [name("Ann"), name("Bob"), None, name("Ann")]);
    assert_eq!(
        transport.sent(),
        [
            r#"query($where: UserWhereInput) { users(where: $where) { name __key: id } } {"where":{"id_in":["u1","u2","u3"]}}"#
        ]
    );
    // Nothing is looked up twice.
    let again = db.clone();
    let ann = again.user().find_unique(user::by_id("u1"));
    assert_eq!(ann.pick(|u| u.name).await.unwrap(), name("Ann"));
    assert_eq!(transport.sent(), [""; 0]);
}

#[tokio::test]
async fn more_than_a_list_of_futures_polls_at_once() {
    let transport = Scripted::answering([r#"{"data":{"users":[]}}"#; 3]);
    let db = Db::custom(transport.clone()).scoped();
    let ids: Vec<String> = (0..250).map(|number| format!("u{number}")).collect();
    let users = ids.iter().map(|id| db.user().find_unique(user::by_id(id)));
    let found = try_join_all(users.map(IntoFuture::into_future))
        .await
        .unwrap();
    assert!(found.iter().all(Option::is_none));
    assert_eq!(transport.sent().len(), 3);
}

#[tokio::test]
async fn what_differs_stays_apart() {
    let transport = Scripted::answering([
        r#"{"data":{"user":{"id":"u1"}}}"#,
        r#"{"data":{"user":{"id":"u1"}}}"#,
        r#"{"data":{"user":{"name":"Ann"}}}"#,
        r#"{"data":{"posts":[{"author":{"name":"Ann"},"__key":"p1"},{"author":{"name":"Bob"},"__key":"p2"}]}}"#,
    ]);
    let db = Db::custom(transport.clone()).scoped();
    let author = |id| {
        let post = db.post().find_unique(post::by_id(id));
        post.rel(|p| p.author).pick(select! { name }).into_future()
    };
    let (by_id, by_email, name, first, second) = join5(
        db.user()
            .find_unique(user::by_id("u1"))
            .pick(|u| u.id)
            .into_future(),
        db.user()
            .find_unique(user::by_email("a@b.c"))
            .pick(|u| u.id)
            .into_future(),
        db.user()
            .find_unique(user::by_id("u1"))
            .pick(|u| u.name)
            .into_future(),
        author("p1"),
        author("p2"),
    )
    .await;
    assert_eq!(by_id.unwrap(), by_email.unwrap());
    assert_eq!(name.unwrap().unwrap(), "Ann");
    assert_eq!(first.unwrap().unwrap().name, "Ann");
    assert_eq!(second.unwrap().unwrap().name, "Bob");
    assert_eq!(transport.sent().len(), 4);
}

/// A database may hold equal what is not.
#[tokio::test]
async fn keys_in_another_form() {
    let transport = Scripted::answering([
        r#"{"data":{"users":[{"name":"Ann","__key":"ann@b.c"}]}}"#,
        r#"{"data":{"user":{"name":"Ann"}}}"#,
    ]);
    let db = Db::custom(transport.clone()).scoped();
    let by = |email| {
        db.user()
            .find_unique(user::by_email(email))
            .pick(|u| u.name)
    };
    let names = try_join_all(["ANN@b.c", "bob@b.c"].map(|email| by(email).into_future()))
        .await
        .unwrap();
    assert_eq!(names, [Some("Ann".to_owned()), None]);
    assert_eq!(transport.sent().len(), 2);
}

#[tokio::test]
async fn mutations_and_failures_are_not_kept() {
    const ANN: &str = r#"{"data":{"user":{"id":"u1"}}}"#;
    let transport = Scripted::answering([
        r#"{"data":null,"errors":[{"message":"busy","code":1004}]}"#,
        ANN,
        r#"{"data":{"deleteUser":{"id":"u1"}}}"#,
        r#"{"data":{"user":null}}"#,
    ]);
    let db = Db::custom(transport.clone()).scoped();
    let ann = || db.user().find_unique(user::by_id("u1")).pick(|u| u.id);
    let failed = join_all([ann().into_future(), ann().into_future()]).await;
    assert!(
        failed
            .iter()
            .all(|result| result.as_ref().unwrap_err().is_retryable())
    );
    assert_eq!(transport.sent().len(), 1);
    assert!(ann().await.unwrap().is_some());
    db.user()
        .delete(user::by_id("u1"))
        .pick(|u| u.id)
        .await
        .unwrap();
    assert!(ann().await.unwrap().is_none());
    assert!(ann().await.unwrap().is_none());
    assert_eq!(transport.sent().len(), 3);
}

/// The one that would send the request may go away.
#[tokio::test]
async fn a_leader_that_leaves() {
    let transport = Scripted::answering([TWO]);
    let db = Db::custom(transport.clone()).scoped();
    let name = |id| {
        db.user()
            .find_unique(user::by_id(id))
            .pick(|u| u.name)
            .into_future()
    };
    let mut first = Box::pin(name("u1"));
    let second = name("u2");
    let mut second = Box::pin(second);
    std::future::poll_fn(|context| {
        assert!(first.as_mut().poll(context).is_pending());
        assert!(second.as_mut().poll(context).is_pending());
        std::task::Poll::Ready(())
    })
    .await;
    drop(first);
    assert_eq!(second.await.unwrap().unwrap(), "Bob");
    assert_eq!(transport.sent().len(), 1);
}

/// Without a scope every lookup is a request.
#[tokio::test]
async fn only_in_scopes() {
    let transport = Scripted::answering([r#"{"data":{"user":null}}"#; 2]);
    let db = Db::custom(transport.clone());
    let find = |id| db.user().find_unique(user::by_id(id));
    let same = find("u1").operation().request().unwrap();
    assert!(
        same.query
            .starts_with("query($where: UserWhereUniqueInput!)")
    );
    try_join_all(["u1", "u1"].map(|id| find(id).into_future()))
        .await
        .unwrap();
    assert_eq!(transport.sent().len(), 2);
}

/// A transaction may see something else with every statement, and what it saw is nothing for those outside.
#[tokio::test]
async fn not_in_transactions() {
    const ANN: &str = r#"{"data":{"user":{"name":"Ann"}}}"#;
    const EVE: &str = r#"{"data":{"user":{"name":"Eve"}}}"#;
    let transport = Scripted::answering([TWO, EVE, EVE, EVE, ANN, TWO]);
    let db = Db::custom(transport.clone()).scoped();
    let both = async |db: &Db| {
        let name = |id| db.user().find_unique(user::by_id(id)).pick(|u| u.name);
        let names = try_join_all(["u1", "u2"].map(|id| name(id).into_future()));
        names
            .await
            .unwrap()
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
    };
    assert_eq!(both(&db).await, ["Ann", "Bob"]);
    assert_eq!(transport.sent().len(), 1);

    let tx = db.transactions().begin().await.unwrap();
    let eve = || tx.user().find_unique(user::by_id("u1")).pick(|u| u.name);
    let names = try_join_all([eve().into_future(), eve().into_future()]);
    let eves = [Some("Eve".to_owned()), Some("Eve".to_owned())];
    assert_eq!(names.await.unwrap(), eves);
    assert_eq!(transport.sent().len(), 2);
    // Asking for it does not turn it on.
    let scoped = Db::from(tx.scoped());
    let find = || {
        scoped
            .user()
            .find_unique(user::by_id("u1"))
            .pick(|u| u.name)
    };
    assert_eq!(find().await.unwrap().as_deref(), Some("Eve"));
    assert_eq!(find().await.unwrap().as_deref(), Some("Ann"));
    assert_eq!(transport.sent().len(), 2);
    // Outside, what was looked up before is still known until the transaction commits.
    assert_eq!(both(&db).await, ["Ann", "Bob"]);
    assert_eq!(transport.sent(), [""; 0]);

    tx.commit().await.unwrap();
    assert_eq!(both(&db).await, ["Ann", "Bob"]);
    assert_eq!(transport.sent().len(), 1);
    assert_eq!(both(&db).await, ["Ann", "Bob"]);
    assert_eq!(transport.sent(), [""; 0]);
}
