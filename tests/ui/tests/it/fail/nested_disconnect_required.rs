use prisma_tests_ui::db::{Db, Models, post};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    db.post().update(post::by_id("1")).set(|p| p.author.disconnect()).await?;
    Ok(())
}

fn main() {}
