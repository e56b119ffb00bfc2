//! Generates a client of each datamodel; `options` with every option.

use prisma_codegen::Config;

include!("src/options.rs");

fn main() {
    for name in ["keywords", "names", "relations", "scalars"] {
        Config::new(format!("datamodels/{name}.prisma"))
            .module(name)
            .generate();
    }
    Config::new("../../fixtures/datamodels/hundred.prisma")
        .module("hundred")
        .generate();
    with_options(Config::new("datamodels/options.prisma"))
        .module("options")
        .generate();
}
