//! Clients and macros rely on no name of the module they are in.

#![no_implicit_prelude]

use ::prisma_runtime::select;
use ::prisma_tests_ui::db::{Db, Models};

mod db {
    ::prisma_runtime::datamodel! {
        type Option { id: ID! @id  vec: Vec }
        type Vec { id: ID! @id  string: String!  result: Result }
        type Result { id: ID! @id  list: [String!]! @scalarList(strategy: RELATION) }
        enum Clone { Debug Some }
    }
}

#[derive(::prisma_runtime::Selection)]
#[prisma(model = ::prisma_tests_ui::db::User)]
pub struct Card {
    pub name: ::std::string::String,
}

::prisma_runtime::graphql! { ::prisma_tests_ui::db:
    query Option($q: String, $some: UserWhereInput, $ids: [ID!]) {
        vec: users(where: { name: $q, id_in: $ids, AND: [{ OR: [] }, { name_not: null }] }, first: 1) { ...Ok }
        filtered: users(where: $some) { id age posts { reviewer { name } } }
    }

    fragment Ok on User { role @skip(if: true) r#type: __typename }
}

pub async fn run(db: &Db) -> ::prisma_runtime::Result<()> {
    ::std::mem::drop(db.user().find_many().select::<Card>().await?);
    ::std::mem::drop(db.user().find_many().pick(select! { id }).await?);
    let option = Option { q: ::std::option::Option::None, some: ::std::option::Option::None, ids: ::std::option::Option::None };
    ::std::mem::drop(db.run(option).await?);
    ::prisma_runtime::Result::Ok(())
}

fn main() {}
