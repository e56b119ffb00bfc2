use prisma_tests_ui::db::{Db, Models};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    db.post().find_many().filter(|p| p.published.gt(false)).await?;
    Ok(())
}

fn main() {}
