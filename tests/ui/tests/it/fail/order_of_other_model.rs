use prisma_tests_ui::db::{Db, Models, Post};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    db.user().find_many().order_by(|_| Post::FIELDS.title.asc()).await?;
    Ok(())
}

fn main() {}
