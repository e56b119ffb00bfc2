//! Generates the client of `datamodel.prisma`, which all chapters use.

fn main() {
    prisma_codegen::Config::new("datamodel.prisma")
        .patch("User")
        .generate();
}
