/// Every option that changes generated code.
fn with_options(config: prisma_codegen::Config) -> prisma_codegen::Config {
    config
        .derive("*", "serde::Serialize")
        .derive("State", "serde::Deserialize")
        .rename("Client", "Customer")
        .rename("Db", "Database")
        .rename("Models", "Kinds")
        .scalar("Product.price", "crate::Money")
        .scalar("Product.wasPrice", "crate::Money")
        .scalar("Json", "crate::Details")
        .enum_fallback("State")
        .patch("*")
        .runtime_path("crate::prisma")
}
