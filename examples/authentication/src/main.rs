//! Sign up, log in, and know who asks.
//!
//! Goes in: GraphQL over HTTP. Comes out: tokens, and the user whose token a request bears. Users are kept in the folder
//! `prisma-data`.
//!
//! Must never know: passwords, after they were hashed.

mod api;
mod credentials;
#[cfg(test)]
mod tests;

mod db {
    prisma_runtime::include_client!("db");
}

use std::env;

use anyhow::{Context as _, Result};
use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, header::AUTHORIZATION},
    routing::post,
};
use db::Db;

use crate::{
    api::{Api, Caller},
    credentials::Tokens,
};

const DATAMODEL: &str = include_str!("../datamodel.prisma");

#[tokio::main]
async fn main() -> Result<()> {
    let secret =
        env::var("APP_SECRET").context("APP_SECRET is the secret that tokens are signed with")?;
    let db = Db::embedded("prisma-data").service("authentication", "dev");
    let db = db.deploy(DATAMODEL).build().await?;
    let app = Router::new()
        .route("/", post(answer))
        .with_state((api::schema(db, Tokens::new(&secret)), Tokens::new(&secret)));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:4000").await?;
    println!("Listening on http://{}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}

async fn answer(
    State((api, tokens)): State<(Api, Tokens)>,
    headers: HeaderMap,
    Json(request): Json<async_graphql::Request>,
) -> Json<async_graphql::Response> {
    let token = headers.get(AUTHORIZATION);
    let token = token.and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let caller = Caller(token.and_then(|token| tokens.user(token)));
    Json(api.execute(request.data(caller)).await)
}
