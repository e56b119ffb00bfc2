//! The changes of another model.

use prisma_tests_ui::db::{Db, Models, post, user};

async fn change(db: &Db, changes: post::Patch) {
    let _ = db.user().update(user::by_id("1")).patch(changes).await;
}

fn main() {}
