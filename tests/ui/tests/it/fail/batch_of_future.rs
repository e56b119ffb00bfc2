use prisma_tests_ui::db::{Db, Models};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    let (users, posts) = db.batch((db.user().count(), async { db.post().count().await })).await?;
    println!("{}", users + posts);
    Ok(())
}

fn main() {}
