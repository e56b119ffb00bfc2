use prisma_tests_ui::db::{Db, Models, tag, user};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    db.user()
        .update(user::by_id("1"))
        .set(|u| u.posts.update_many().set(|p| p.tags.connect([tag::by_label("rust")])).everything())
        .await?;
    Ok(())
}

fn main() {}
