use prisma_runtime::Cursor;
use prisma_tests_ui::db::{Db, Models, Post};

async fn run(db: &Db, cursor: Cursor<Post>) -> prisma_runtime::Result<()> {
    db.user().find_many().first(3).after(cursor).await?;
    Ok(())
}

fn main() {}
