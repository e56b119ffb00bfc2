use prisma_tests_ui::db::{Db, Models};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    let page = db.user().connection().first(3).await?;
    if let Some(end) = page.page_info.end_cursor {
        db.user().connection().before(end).first(3).await?;
    }
    Ok(())
}

fn main() {}
