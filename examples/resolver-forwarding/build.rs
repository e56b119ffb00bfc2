//! Generates the client of `datamodel.prisma`. The status of a post is an enum of the application's API too.

fn main() {
    prisma_codegen::Config::new("datamodel.prisma")
        .derive("PostStatus", "async_graphql::Enum")
        .generate();
}
