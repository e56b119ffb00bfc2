use prisma_runtime::new;
use prisma_tests_ui::db::{Db, Models, post, user};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    let author = user::by_id("1");
    db.user()
        .create(new!(user::New { email: "a@b.c", name: "Ann" }).with(|u| {
            u.posts.create([new!(post::New { title: "Hi", author: author })])
        }))
        .await?;
    Ok(())
}

fn main() {}
