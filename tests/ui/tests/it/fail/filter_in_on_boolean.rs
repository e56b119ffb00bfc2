use prisma_tests_ui::db::{Db, Models};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    db.post().find_many().filter(|p| p.published.is_in([true])).await?;
    Ok(())
}

fn main() {}
