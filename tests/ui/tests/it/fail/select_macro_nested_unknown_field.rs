use prisma_runtime::select;
use prisma_tests_ui::db::{Db, Models};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    let rows = db.user().find_many().pick(select! { id posts(first: 3) { titel } }).await?;
    drop(rows);
    Ok(())
}

fn main() {}
