//! Who may do what: rules as guards on resolvers.
//!
//! Goes in: GraphQL over HTTP; the header `x-user` names who asks, as a proxy in front would that has authenticated them
//! (the example `authentication` shows tokens instead). Comes out: posts, or a refusal. Data is in the folder
//! `prisma-data`.

mod api;
mod rules;
#[cfg(test)]
mod tests;

mod db {
    prisma_runtime::include_client!("db");
}

use anyhow::Result;
use axum::{Json, Router, extract::State, http::HeaderMap, routing::post};
use db::{AvailableRoles, Db, Models as _, role, user, user_role};
use prisma_runtime::new;

use crate::{api::Api, rules::Caller};

const DATAMODEL: &str = include_str!("../datamodel.prisma");

#[tokio::main]
async fn main() -> Result<()> {
    let db = Db::embedded("prisma-data").service("permissions", "dev");
    let db: Db = db.deploy(DATAMODEL).build().await?;
    seed(&db).await?;
    let app = Router::new()
        .route("/", post(answer))
        .with_state(api::schema(db));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:4001").await?;
    println!("Listening on http://{}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}

async fn answer(
    State(api): State<Api>,
    headers: HeaderMap,
    Json(request): Json<async_graphql::Request>,
) -> Json<async_graphql::Response> {
    let name = headers.get("x-user").and_then(|value| value.to_str().ok());
    let caller = Caller(name.map(str::to_owned));
    Json(api.execute(request.data(caller)).await)
}

/// Two roles and an administrator, who can make the rest. Again and again without harm.
async fn seed(db: &Db) -> prisma_runtime::Result<()> {
    for name in [AvailableRoles::User, AvailableRoles::Admin] {
        let new = new!(role::New { name });
        db.role()
            .upsert(role::by_name(name), new, |r| r.name.to(name))
            .await?;
    }
    let role = role::by_name(AvailableRoles::Admin);
    let root = new!(user::New {
        username: "root",
        email: "root@example.org"
    })
    .with(|u| u.roles.create([new!(user_role::NewWithoutUser { role })]));
    db.user()
        .upsert(user::by_username("root"), root, |u| u.username.to("root"))
        .await?;
    Ok(())
}
