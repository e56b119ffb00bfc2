use prisma_tests_ui::db::{Db, Models};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    let posts = db.post().connection().first(1).await?;
    if let Some(end) = posts.page_info.end_cursor {
        db.user().connection().first(1).after(end).await?;
    }
    Ok(())
}

fn main() {}
