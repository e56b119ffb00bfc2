use prisma_tests_ui::db;

#[derive(prisma_runtime::Selection)]
#[prisma(model = db::Post)]
struct Title {
    title: String,
}

#[derive(prisma_runtime::Selection)]
#[prisma(model = db::User)]
struct Card {
    name: String,
    #[prisma(flatten)]
    title: Title,
}

fn main() {}
