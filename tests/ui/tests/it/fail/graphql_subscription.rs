use prisma_runtime::graphql;

graphql! { prisma_tests_ui::db:
    subscription Users { user { node { id } } }
}

fn main() {}
