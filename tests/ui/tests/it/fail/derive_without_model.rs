use prisma_runtime::Selection;
use prisma_tests_ui::db::Db;

#[derive(Selection)]
struct Card {
    name: String,
}

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    drop(db);
    Ok(())
}

fn main() {}
