use prisma_runtime::new;
use prisma_tests_ui::db::{Db, Models, post, user};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    let ann = new!(user::New { email: "a@b.c", name: "Ann" });
    db.user().create(ann.with(|u| u.posts.disconnect([post::by_id("1")]))).await?;
    Ok(())
}

fn main() {}
