use prisma_tests_ui::db::{Db, Models, Post};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    let titled = Post::FIELDS.title.eq("Hi");
    db.user().find_many().filter(|_| titled).await?;
    Ok(())
}

fn main() {}
