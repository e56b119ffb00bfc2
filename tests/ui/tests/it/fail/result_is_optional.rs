use prisma_tests_ui::db::{Db, Models, User, user};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    let user: User = db.user().find_unique(user::by_id("1")).await?;
    println!("{user:?}");
    Ok(())
}

fn main() {}
