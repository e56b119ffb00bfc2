use prisma_tests_ui::db::{Db, Models, post};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    db.user()
        .update_many()
        .set(|u| (u.name.to("Ann"), u.posts.connect([post::by_id("1")])))
        .everything()
        .await?;
    Ok(())
}

fn main() {}
