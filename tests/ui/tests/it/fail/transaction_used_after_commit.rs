use prisma_tests_ui::db::{Db, Models};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    let tx = db.transactions().begin().await?;
    tx.commit().await?;
    tx.user().count().await?;
    Ok(())
}

fn main() {}
