use prisma_tests_ui::db::{Db, Models, Post};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    let (count, posts): (u64, Vec<Post>) = db.batch((db.user().count(), db.user().find_many())).await?;
    println!("{count} {}", posts.len());
    Ok(())
}

fn main() {}
