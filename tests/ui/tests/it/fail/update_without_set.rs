use prisma_tests_ui::db::{Db, Models, user};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    db.user().update(user::by_id("1")).await?;
    Ok(())
}

fn main() {}
