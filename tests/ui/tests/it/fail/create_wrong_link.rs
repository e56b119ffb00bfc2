use prisma_runtime::new;
use prisma_tests_ui::db::{Db, Models, post, tag};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    db.post().create(new!(post::New { title: "Hi", author: tag::by_id("1") })).await?;
    Ok(())
}

fn main() {}
