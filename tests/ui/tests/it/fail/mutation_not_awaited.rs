#![deny(unused_must_use)]

use prisma_tests_ui::db::{Db, Models, user};

async fn run(db: &Db) -> prisma_runtime::Result<()> {
    db.user().delete(user::by_id("1"));
    Ok(())
}

fn main() {}
