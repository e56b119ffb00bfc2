use prisma_tests_ui::db::{Db, Models, tag, user};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    db.user()
        .update(user::by_id("1"))
        .set(|u| u.posts.delete([tag::by_label("rust")]))
        .await?;
    Ok(())
}

fn main() {}
