use prisma_runtime::graphql;
use prisma_tests_ui::db;

graphql! { db:
    query Feed($where: UserWhereInptu, $user: User!) {
        users(where: $where) { ... on Psot { title } ... on Post { title } ...Person }
    }

    fragment Persona on User { name }
}

fn main() {}
