use prisma_tests_ui::db::{Db, Models, post, user};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    db.user()
        .update(user::by_id("1"))
        .set(|u| u.posts.update(post::by_id("2"), |p| p.titel.to("Hi")))
        .await?;
    Ok(())
}

fn main() {}
