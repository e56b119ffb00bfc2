//! A mock that answers with another type than the query gives.

use prisma_tests_ui::db::{Db, Models, User, post};

fn answer(user: User) {
    let (db, mock) = Db::mock();
    mock.on(db.post().find_unique(post::by_id("1"))).returns(Some(user));
    mock.on(db.user().count()).returns("three");
}

fn main() {}
