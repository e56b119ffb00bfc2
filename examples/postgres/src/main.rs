//! A client of a server on PostgreSQL.
//!
//! Goes in: the address of a service, as the first argument. Comes out: its users, one more each time. Nothing here
//! says PostgreSQL: which database a service is on is a matter of the server's configuration.

mod db {
    prisma_runtime::include_client!("db");
}

use std::env;

use anyhow::Result;
use db::{Db, Models as _, user};
use prisma_runtime::new;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let endpoint = env::args().nth(1);
    let endpoint = endpoint.as_deref().unwrap_or("http://localhost:4466");
    let db: Db = Db::http(endpoint).build()?;
    let number = db.user().count().await? + 1;
    let name = format!("User {number}");
    db.user().create(new!(user::New { name })).await?;
    for name in db
        .user()
        .find_many()
        .order_by(|u| u.id.asc())
        .pick(|u| u.name)
        .await?
    {
        println!("{name}");
    }
    Ok(())
}
