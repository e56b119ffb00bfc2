use prisma_tests_ui::db::{Db, Models};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    db.user().find_many().filter(|u| u.name.is_null()).await?;
    Ok(())
}

fn main() {}
