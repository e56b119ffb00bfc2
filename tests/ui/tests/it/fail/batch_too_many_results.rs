use prisma_tests_ui::db::{Db, Models};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    let (users, posts, tags) = db.batch((db.user().find_many(), db.post().find_many())).await?;
    println!("{}", users.len() + posts.len() + tags.len());
    Ok(())
}

fn main() {}
