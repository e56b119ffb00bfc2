//! Generates the client of `datamodel.prisma`. The roles are an enum of the application's API too.

fn main() {
    prisma_codegen::Config::new("datamodel.prisma")
        .derive("AvailableRoles", "async_graphql::Enum")
        .generate();
}
