//! The main job of Prisma in one program: a user and her tweets, written and read through a typed client.
//!
//! Goes in: nothing; the data is kept in the folder `prisma-data`, so a second run finds Alice. Comes out: every step
//! with the GraphQL it stood for and its answer; the last step is refused, as it should be.
//!
//! Must never know: how a request gets to the database.

mod db {
    prisma_runtime::include_client!("db");
}

use std::{fmt::Debug, future::IntoFuture};

use anyhow::bail;
use db::{Db, Models, tweet, user};
use prisma_runtime::{Query, Result, new, select};

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let datamodel = include_str!("../datamodel.prisma");
    let db: Db = Db::embedded("prisma-data")
        .deploy(datamodel)
        .build()
        .await?;
    println!("# Deploy the datamodel\n{datamodel}");

    let alice = || {
        new!(user::New {
            handle: "alice",
            name: "Alice"
        })
    };
    let known = user::by_handle("alice");
    step(
        "Create Alice, or find her from an earlier run",
        db.user()
            .upsert(known.clone(), alice(), |u| u.name.to("Alice")),
    )
    .await?;

    for text in ["Hello from Rust", "Prisma types every field of this"] {
        let tweet = new!(tweet::New {
            text,
            owner: known.clone()
        });
        step("Create a tweet of hers", db.tweet().create(tweet)).await?;
    }

    step(
        "Read all users that tweeted about Prisma, with their latest tweets",
        db.user()
            .find_many()
            .filter(|u| u.tweets.some(|t| t.text.contains("Prisma")))
            .pick(
                select! { name tweets(first: 3, order_by: created_at.desc()) { text created_at } },
            ),
    )
    .await?;

    match step(
        "Create a second Alice, which is refused",
        db.user().create(alice()),
    )
    .await
    {
        Err(error) if error.is_unique_violation() => {
            println!("{error}\n{:?}", error.kind());
            Ok(())
        }
        Err(error) => Err(error.into()),
        Ok(_) => bail!("there are two users with one handle"),
    }
}

/// Runs a query, and prints what it is in GraphQL and what came of it.
async fn step<Q>(title: &str, query: Q) -> Result<Q::Out>
where
    Q: Query<Out: Debug> + IntoFuture<Output = Result<<Q as Query>::Out>>,
{
    let request = query.operation().request()?;
    println!("\n# {title}\n{}\n{}", request.query, request.variables);
    let answer = query.await?;
    println!("{answer:#?}");
    Ok(answer)
}
