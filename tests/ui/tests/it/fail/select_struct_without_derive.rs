use prisma_tests_ui::db::{Db, Models};

struct Card {
    name: String,
}

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    drop(db.user().find_many().select::<Card>().await?);
    Ok(())
}

fn main() {}
