use prisma_tests_ui::db::{Db, Models, user};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    drop(db.user().find_unique(user::by_id("1")).rel(|u| u.name));
    Ok(())
}

fn main() {}
