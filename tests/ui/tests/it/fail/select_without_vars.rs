use prisma_tests_ui::db::{self, Db, Models};

struct FeedVars {
    count: u32,
}

#[derive(prisma_runtime::Selection)]
#[prisma(model = db::Post)]
struct Title {
    title: String,
}

#[derive(prisma_runtime::Selection)]
#[prisma(model = db::User, vars = FeedVars)]
struct Feed {
    #[prisma(with = |posts, vars| posts.first(vars.count))]
    posts: Vec<Title>,
}

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    db.user().find_many().select::<Feed>().await?;
    Ok(())
}

fn main() {}
