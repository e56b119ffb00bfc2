use prisma_tests_ui::db::{Db, Models, Post, user};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    db.user().update(user::by_id("1")).set(|_| Post::FIELDS.title.to("Hi")).await?;
    Ok(())
}

fn main() {}
