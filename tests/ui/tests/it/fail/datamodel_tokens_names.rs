mod db {
    prisma_runtime::datamodel! {
        type Db {
            id: ID! @id
            firstName: String
            first_name: String
        }
    }
}

fn main() {}
