use prisma_tests_ui::db::{Db, Models, Role};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    db.user().find_many().filter(|u| u.role.lt(Role::Admin)).await?;
    Ok(())
}

fn main() {}
