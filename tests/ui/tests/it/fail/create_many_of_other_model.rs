use prisma_tests_ui::db::{Db, Models, tag};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    db.user().create_many([prisma_runtime::new!(tag::New { label: "rust" })]).await?;
    Ok(())
}

fn main() {}
