use prisma_tests_ui::db::{Db, Models};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    db.user().find_many().pick(prisma_runtime::select! { id posts(filter: publisht.eq(true)) { title } }).await?;
    Ok(())
}

fn main() {}
