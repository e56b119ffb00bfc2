//! Null for a field that is required.

use prisma_runtime::Patch;
use prisma_tests_ui::db::user;

fn main() {
    let _ = user::Patch {
        age: Patch::NULL,
        name: Patch::NULL,
        ..user::Patch::default()
    };
}
