use prisma_tests_ui::db::{Db, Models};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    let users = db.user().find_many().pick(prisma_runtime::select! { id posts { title } }).await?;
    println!("{:?}", users[0].posts[0].published);
    Ok(())
}

fn main() {}
