use prisma_runtime::graphql;
use prisma_tests_ui::db;

graphql! { db:
    query Feed {
        users { id nmae posts { title { x } } }
        post(where: { id: "1" }) { author }
    }
}

fn main() {}
