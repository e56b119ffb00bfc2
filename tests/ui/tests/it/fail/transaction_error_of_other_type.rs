use prisma_tests_ui::db::{Db, Models};

struct Full;

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    db.transaction(async |tx| {
        tx.user().delete_many().everything().await?;
        Err(Full)
    })
    .await
    .ok();
    Ok(())
}

fn main() {}
