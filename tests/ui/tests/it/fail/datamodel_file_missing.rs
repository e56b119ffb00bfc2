mod db {
    #[derive(prisma_runtime::Datamodel)]
    #[prisma(path = "no/such/file.prisma")]
    struct Datamodel;
}

fn main() {}
