use prisma_runtime::Selection;
use prisma_tests_ui::db::{self, Db, Models};

#[derive(Selection)]
#[prisma(model = db::Tag)]
struct Label {
    label: String,
}

#[derive(Selection)]
#[prisma(model = db::User)]
struct Card {
    posts: Vec<Label>,
}

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    drop(db.user().find_many().select::<Card>().await?);
    Ok(())
}

fn main() {}
