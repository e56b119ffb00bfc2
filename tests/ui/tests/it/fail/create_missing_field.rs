use prisma_runtime::new;
use prisma_tests_ui::db::{Db, Models, user};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    db.user().create(new!(user::New { name: "Ann" })).await?;
    Ok(())
}

fn main() {}
