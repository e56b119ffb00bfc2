use prisma_tests_ui::db::{Db, Models};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    db.user().find_many().order_by(|u| u.posts.asc()).await?;
    Ok(())
}

fn main() {}
