//! An application's own API in front of Prisma: three operations, and no more.
//!
//! Goes in: GraphQL over HTTP. Comes out: posts, of which exactly those fields were read that the caller asked for. Data
//! is in the folder `prisma-data`.

mod api;
#[cfg(test)]
mod tests;

mod db {
    prisma_runtime::include_client!("db");
}

use anyhow::Result;
use axum::{Json, Router, extract::State, routing::post};
use db::{Db, Models as _, user};
use prisma_runtime::new;

use crate::api::Api;

const DATAMODEL: &str = include_str!("../datamodel.prisma");

#[tokio::main]
async fn main() -> Result<()> {
    let db = Db::embedded("prisma-data").service("application-server", "dev");
    let db: Db = db.deploy(DATAMODEL).build().await?;
    seed(&db).await?;
    let app = Router::new()
        .route("/", post(answer))
        .with_state(api::schema(db));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:4002").await?;
    println!("Listening on http://{}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}

async fn answer(
    State(api): State<Api>,
    Json(request): Json<async_graphql::Request>,
) -> Json<async_graphql::Response> {
    Json(api.execute(request).await)
}

/// A user who writes. Again and again without harm.
async fn seed(db: &Db) -> prisma_runtime::Result<()> {
    let alice = new!(user::New {
        name: "Alice",
        handle: "alice"
    });
    db.user()
        .upsert(user::by_handle("alice"), alice, |u| u.name.to("Alice"))
        .await?;
    Ok(())
}
