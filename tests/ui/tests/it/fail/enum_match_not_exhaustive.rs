use prisma_tests_ui::db::{Db, Models, Role};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    let role = db.user().find_many().await?[0].role;
    match role {
        Role::User => {}
    }
    Ok(())
}

fn main() {}
