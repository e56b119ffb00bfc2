//! A mock that answers with rows that have no name.

use prisma_runtime::select;
use prisma_tests_ui::db::{Db, Models};

fn main() {
    let (db, mock) = Db::mock();
    mock.on(db.user().find_many().pick(select! { name })).returns(vec![]);
}
