//! Batches: one document, with a key and variables of its own for each query.

use prisma_runtime::new;
use prisma_tests_client::blog::{Db, Models, tag, user};

use crate::{api::Api, recorder::Recorder};

/// What is sent for a batch, which the API has to accept.
async fn sent(answer: &'static str, batch: impl AsyncFn(&Db)) -> String {
    let recorder = Recorder::answering(answer);
    batch(&Db::custom(recorder.clone())).await;
    let api = Api::of("blog");
    let mut text = String::new();
    for request in recorder.sent() {
        api.accepts(&request);
        let variables = request.variables.get();
        let atomic = if request.atomic { "all or none: " } else { "" };
        text.push_str(&format!("{atomic}{}\n{variables}\n\n", request.query));
    }
    text
}

#[tokio::test]
async fn queries_are_one_document() {
    let answer = r#"{"data":{"user_0":null,"usersConnection_1":{"aggregate":{"count":2}},"users_2":[{"name":"Ann"}],"users_3":[]}}"#;
    let text = sent(answer, async |db| {
        let users = || db.user().find_many();
        let queries = (
            db.user().find_unique(user::by_id("1")),
            db.user().count().filter(|u| u.age.gt(18)),
            users().filter(|u| u.age.lt(18)).first(1).pick(|u| u.name),
            users().filter(|u| u.name.eq("x")).first(2),
        );
        let (one, count, names, none) = db.batch(queries).await.unwrap();
        assert_eq!(
            (one, count, names, none),
            (None, 2, vec!["Ann".into()], vec![])
        );
    });
    insta::assert_snapshot!(text.await);
}

#[tokio::test]
async fn mutations_are_one_document_of_which_all_fields_succeed_or_none() {
    let answer = r#"{"data":{"createTag_0":{"label":"a"},"createTag_1":{"label":"b"}}}"#;
    let text = sent(answer, async |db| {
        let tags = ["a", "b"].map(|label| new!(tag::New { label }));
        let made = db.tag().create_many(tags).pick(|t| t.label).await;
        assert_eq!(made.unwrap(), ["a", "b"]);
    });
    insta::assert_snapshot!(text.await);
}

#[tokio::test]
async fn what_is_alone_is_sent_as_it_is() {
    let answer = r#"{"data":{"createTag":{"label":"a"}}}"#;
    let text = sent(answer, async |db| {
        let tags = [new!(tag::New { label: "a" })];
        db.tag().create_many(tags).pick(|t| t.label).await.unwrap();
    });
    insta::assert_snapshot!(text.await);
}
