use prisma_tests_ui::db::{Db, Models};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    db.user().delete_many().await?;
    Ok(())
}

fn main() {}
