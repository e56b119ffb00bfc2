mod db {
    prisma_runtime::datamodel! {
        type User {
            id ID! @id
        }
    }
}

fn main() {}
