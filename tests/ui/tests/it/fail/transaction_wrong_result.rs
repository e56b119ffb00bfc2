use prisma_tests_ui::db::{Db, Models};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    let names: Vec<String> = db.transaction(async |tx| tx.user().count().await).await?;
    println!("{names:?}");
    Ok(())
}

fn main() {}
