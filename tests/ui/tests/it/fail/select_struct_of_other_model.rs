use prisma_runtime::Selection;
use prisma_tests_ui::db::{self, Db, Models};

#[derive(Selection)]
#[prisma(model = db::Post)]
struct Title {
    title: String,
}

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    drop(db.user().find_many().select::<Title>().await?);
    Ok(())
}

fn main() {}
