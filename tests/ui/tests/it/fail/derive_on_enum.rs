use prisma_runtime::Selection;
use prisma_tests_ui::db::Db;

#[derive(Selection)]
#[prisma(model = prisma_tests_ui::db::User)]
enum Card {
    Empty,
}

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    drop(db);
    Ok(())
}

fn main() {}
