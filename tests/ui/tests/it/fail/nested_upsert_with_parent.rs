use prisma_runtime::new;
use prisma_tests_ui::db::{Db, Models, post, user};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    let new = new!(post::New { title: "Hi", author: user::by_id("1") });
    db.user()
        .update(user::by_id("1"))
        .set(|u| u.posts.upsert(post::by_id("2"), new, |p| p.title.to("Hi")))
        .await?;
    Ok(())
}

fn main() {}
