use prisma_tests_ui::db::{Db, Models};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    db.user().find_many().filter(|u| u.age.gt("18")).await?;
    Ok(())
}

fn main() {}
