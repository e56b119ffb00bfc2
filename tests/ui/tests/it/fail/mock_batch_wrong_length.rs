//! A mock that answers a batch with fewer values than it has queries.

use prisma_tests_ui::db::{Db, Models};

fn main() {
    let (db, mock) = Db::mock();
    mock.on_batch((db.user().count(), db.post().count())).returns((1,));
}
