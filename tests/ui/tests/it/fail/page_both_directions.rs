use prisma_tests_ui::db::{Db, Models};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    db.user().find_many().first(3).last(2).await?;
    Ok(())
}

fn main() {}
