//! A proxy: fields of the service behind it, handed on as they were asked for, in one API with those of another schema.
//!
//! Goes in: GraphQL over HTTP. Comes out: what the service says, and reviews that it does not know. Data is in the folder
//! `prisma-data`.

mod blog;
mod inputs;
mod reviews;
#[cfg(test)]
mod tests;

mod db {
    prisma_runtime::include_client!("db");
}

use anyhow::Result;
use async_graphql::{EmptySubscription, MergedObject, Schema};
use axum::{Json, Router, extract::State, routing::post};
use db::{Db, Models as _, user};
use prisma_runtime::new;

const DATAMODEL: &str = include_str!("../datamodel.prisma");

type Api = Schema<Query, blog::Mutation, EmptySubscription>;

/// The fields of both schemas.
#[derive(MergedObject)]
struct Query(blog::Query, reviews::Query);

#[tokio::main]
async fn main() -> Result<()> {
    let db = Db::embedded("prisma-data").service("resolver-forwarding", "dev");
    let db: Db = db.deploy(DATAMODEL).build().await?;
    seed(&db).await?;
    let app = Router::new().route("/", post(answer)).with_state(api(db));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:4005").await?;
    println!("Listening on http://{}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}

fn api(db: Db) -> Api {
    let query = Query(blog::Query, reviews::Query);
    Schema::build(query, blog::Mutation, EmptySubscription)
        .data(db)
        .finish()
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
