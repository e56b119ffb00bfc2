//! Generates the client of the music shop.

fn main() {
    prisma_codegen::Config::new("../../datamodel.prisma").generate();
}
