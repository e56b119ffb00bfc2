//! What strangers are told about failures of a server.

use async_graphql::ErrorExtensions;
use axum_core::response::IntoResponse;
use prisma_runtime::{Error, new};
use prisma_tests_client::blog::{Db, Models, user};

use super::{both, datamodel};

#[tokio::test]
async fn for_strangers() {
    let said = both(&datamodel("blog"), async |client, journal| {
        let db = Db::from(client);
        let ann = || {
            new!(user::New {
                email: "a@b",
                name: "Ann"
            })
        };
        db.user().create(ann()).await.unwrap();
        let again = db.user().create(ann()).await.unwrap_err();
        let nobody = db.user().delete(user::by_id("nobody")).await.unwrap_err();
        for error in [again, nobody] {
            journal.note(Ok(told(error)));
        }
    })
    .await;
    insta::assert_snapshot!(said);
}

fn told(error: Error) -> (u16, String, Option<async_graphql::Value>) {
    let extended = error.extend();
    let code = extended.extensions.and_then(|all| all.get("code").cloned());
    (
        error.into_response().status().as_u16(),
        extended.message,
        code,
    )
}
