//! Generates the client of `datamodel.prisma`.

fn main() {
    prisma_codegen::Config::new("datamodel.prisma").generate();
}
