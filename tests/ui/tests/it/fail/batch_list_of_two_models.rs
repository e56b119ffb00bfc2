use prisma_tests_ui::db::{Db, Models};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    db.batch(vec![db.user().count(), db.post().count()]).await?;
    Ok(())
}

fn main() {}
