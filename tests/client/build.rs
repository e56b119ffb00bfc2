//! Generates the clients that the tests use.

fn main() {
    for name in ["blog", "shapes"] {
        prisma_codegen::Config::new(format!("datamodels/{name}.prisma"))
            .module(name)
            .patch("*")
            .generate();
    }
}
