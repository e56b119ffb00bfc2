use prisma_runtime::graphql;
use prisma_tests_ui::db;

graphql! { db:
    query Feed {
        user { name }
    }

    mutation Add {
        createUser(data: { email: "a@b.c" }) { id }
    }
}

fn main() {}
