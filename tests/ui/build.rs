//! Generates the client that the cases use.

fn main() {
    prisma_codegen::Config::new("datamodels/blog.prisma")
        .patch("*")
        .generate();
}
