use prisma_tests_ui::db::{Db, Models};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    drop(db.user().find_many().rel(|u| u.posts));
    Ok(())
}

fn main() {}
