use prisma_runtime::new;
use prisma_tests_ui::db::{Db, Models, post};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    db.post().create(new!(post::NewWithoutAuthor { title: "Hi" })).await?;
    Ok(())
}

fn main() {}
