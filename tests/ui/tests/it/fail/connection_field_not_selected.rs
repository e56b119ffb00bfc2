use prisma_tests_ui::db::{Db, Models};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    let page = db.user().connection().pick(|u| (u.id, u.name)).await?;
    println!("{}", page.edges[0].node.email);
    Ok(())
}

fn main() {}
