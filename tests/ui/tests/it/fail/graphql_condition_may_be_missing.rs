use prisma_runtime::graphql;
use prisma_tests_ui::db;

graphql! { db:
    mutation Forget($name: String) {
        deleteManyUsers(where: { name: $name }) { count }
    }
}

fn main() {}
