use prisma_runtime::graphql;
use prisma_tests_ui::db;

graphql! { db:
    query Feed($n: String, $id: ID, $unused: Int) {
        users(first: $n, where: { id_in: [$id] }) { name }
        post(where: { id: $ids }) { title }
    }
}

fn main() {}
