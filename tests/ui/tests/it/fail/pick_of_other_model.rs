use prisma_tests_ui::db::{Db, Models, Post};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    let rows = db.user().find_many().pick(|_| Post::FIELDS.title).await?;
    drop(rows);
    Ok(())
}

fn main() {}
