use prisma_tests_ui::db::Db;

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    let found = db.query(prisma_runtime::select! { users { id } pots { title } }).await?;
    println!("{}", found.users.len());
    Ok(())
}

fn main() {}
