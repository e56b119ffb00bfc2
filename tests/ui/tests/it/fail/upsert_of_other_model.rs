use prisma_tests_ui::db::{Db, Models, tag, user};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    let create = prisma_runtime::new!(tag::New { label: "rust" });
    db.user().upsert(user::by_id("1"), create, |u| u.name.to("Ann")).await?;
    Ok(())
}

fn main() {}
