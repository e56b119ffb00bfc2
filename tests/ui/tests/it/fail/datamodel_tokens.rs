mod db {
    prisma_runtime::datamodel! {
        type User {
            id: ID! @id
            name: Strng!
            posts: [Psot!]!
        }
    }
}

fn main() {}
