use prisma_tests_ui::db::{Db, Models};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    let (users, posts) = db.batch((db.user().count(), std::future::ready(1))).await?;
    println!("{}", users + posts);
    Ok(())
}

fn main() {}
