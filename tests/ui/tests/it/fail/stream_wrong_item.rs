use prisma_tests_ui::db::{Db, Models, User};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    let mut rows = db.user().find_many().pick(|u| u.name).stream(100);
    while let Some(row) = rows.next().await {
        let user: User = row?;
        println!("{user:?}");
    }
    Ok(())
}

fn main() {}
