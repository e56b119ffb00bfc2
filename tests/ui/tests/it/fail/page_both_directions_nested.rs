use prisma_tests_ui::db::{Db, Models};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    db.user().find_many().pick(|u| u.posts.last(3).first(2)).await?;
    Ok(())
}

fn main() {}
