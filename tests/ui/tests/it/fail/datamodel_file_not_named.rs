mod db {
    #[derive(prisma_runtime::Datamodel)]
    struct Datamodel;
}

fn main() {}
