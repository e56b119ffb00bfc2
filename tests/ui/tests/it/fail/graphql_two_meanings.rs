use prisma_runtime::graphql;
use prisma_tests_ui::db;

graphql! { db:
    query Feed {
        users { ...Some posts(first: 2) { id } }
    }

    fragment Some on User { posts(first: 1) { title } }
}

fn main() {}
