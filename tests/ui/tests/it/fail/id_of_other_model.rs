use prisma_tests_ui::db::{Db, Models, post, user};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    if let Some(post) = db.post().find_unique(post::by_id("1")).await? {
        db.user().find_unique(user::by_id(post.id)).await?;
    }
    Ok(())
}

fn main() {}
