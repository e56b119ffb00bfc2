use prisma_tests_ui::db::{Db, Models};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    db.transaction(async |tx| {
        tx.user().delete_many().everything().await.ok();
    })
    .await?;
    Ok(())
}

fn main() {}
