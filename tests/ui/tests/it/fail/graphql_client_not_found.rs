use prisma_runtime::graphql;

graphql! { blog: query Feed { users { id } } }

graphql! { prisma_tests_ui::db in "datamodel.prisma": query Names { users { name } } }

fn main() {}
