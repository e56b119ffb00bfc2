use prisma_tests_ui::db::{Db, Models};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    let mut rows = db.user().find_many().last(10).stream(100);
    while let Some(row) = rows.next().await {
        row?;
    }
    Ok(())
}

fn main() {}
