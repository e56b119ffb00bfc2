use prisma_tests_ui::db::{Db, Models};

async fn run(db: &Db, name: Option<&str>) -> prisma_runtime::Result<()> {
    db.user().delete_many().filter_some(name, |u, name| u.name.eq(name)).await?;
    Ok(())
}

fn main() {}
