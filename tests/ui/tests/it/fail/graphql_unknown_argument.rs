use prisma_runtime::graphql;
use prisma_tests_ui::db;

graphql! { db:
    query Feed($n: Int!) {
        users(frist: $n) { id posts(where: { titel: "x", published: "yes" }) { id } }
        posts(orderBy: title) { id }
    }
}

fn main() {}
