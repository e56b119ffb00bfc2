//! What generated clients are made of: typed queries in, GraphQL over a transport, typed rows out.
//!
//! Goes in: queries built from the field tokens of a generated client, and the bytes a server answers. Comes out:
//! [`Request`]s, documents whose every value is a variable, and Rust values or typed [`Error`]s.
//!
//! Everything generic lives here, once; generated code is names and data. `prisma-codegen` says how to generate a
//! client from a datamodel.
//!
//! Must never know: the rules of API derivation, SQL, and (without the feature `embedded`) the server.

mod answer;
mod asked;
mod batch;
mod builder;
mod client;
mod error;
mod field;
mod filter;
mod forward;
mod graphql;
mod id;
mod json;
mod lookahead;
mod marker;
#[cfg(feature = "mock")]
mod mock;
mod model;
mod names;
mod operation;
mod order;
mod page;
mod query;
mod scalar;
mod scope;
mod select;
#[cfg(feature = "tracing")]
mod trace;
mod transaction;
mod transport;
mod tuple;
mod unique;
mod value;
mod write;

#[cfg(feature = "embedded")]
pub use transport::embedded::{Embedded, EmbeddedBuilder, EmbeddedError, Issues};
#[cfg(feature = "http")]
pub use transport::http::{Http, HttpBuilder};

#[cfg(feature = "mock")]
pub use mock::{
    Encode, EncodeAs, EncodeBatch, EncodeQuery, EncodeShape, Encoded, Mock, On, OnBatch, OnRequest,
};

pub use asked::Asked;
pub use batch::{Answers, Batch, RunBatch};
pub use bytes::Bytes;
pub use chrono::{DateTime, Utc};
pub use client::Client;
pub use error::{Error, ErrorKind, PathItem, Result, TxError};
pub use field::{NotCreatable, Scalar, ScalarList, ToMany, ToOne, ToOptional};
pub use filter::Filter;
#[cfg(feature = "async-graphql")]
pub use forward::Forwarded;
pub use forward::{Api, ForwardedField, Forwarding};
pub use graphql::{
    AnswerObject, GraphqlDocument, ReadAnswer, UpdateInput, UpdateManyInput, Variable, Variables,
};
pub use id::{Cursor, Id, IntoId};
pub use json::Json;
pub use lookahead::Lookahead;
pub use model::{Model, Update as HasUpdate, UpdateAll as HasUpdateMany};
pub use names::Names;
pub use operation::{Kind, Operation};
pub use order::Order;
pub use page::{Backward, Forward, Given, Page, Towards, Unpaged};
/// ```
/// mod db {
///     #[derive(prisma_runtime::Datamodel)]
///     #[prisma(path = "doc.prisma")]
///     struct Datamodel;
/// }
/// # fn main() {}
/// use db::{Db, Models};
///
/// async fn count(db: &Db) -> prisma_runtime::Result<u64> {
///     db.user().count().await
/// }
/// ```
pub use prisma_macros::Datamodel;
pub use prisma_macros::Selection;
/// ```
/// mod db {
///     prisma_runtime::datamodel! {
///         enum Role { USER ADMIN }
///         type User { id: ID! @id  name: String!  role: Role! @default(value: USER) }
///     }
/// }
/// # fn main() {}
/// use db::{Db, Models, Role};
///
/// async fn admins(db: &Db) -> prisma_runtime::Result<Vec<db::User>> {
///     db.user().find_many().filter(|u| u.role.eq(Role::Admin)).await
/// }
/// ```
pub use prisma_macros::datamodel;
/// ```
/// mod db {
///     #[derive(prisma_runtime::Datamodel)]
///     #[prisma(path = "doc.prisma")]
///     struct Datamodel;
/// }
/// # fn main() {}
/// use prisma_runtime::graphql;
///
/// graphql! { db in "doc.prisma":
///     query Feed($n: Int!) { users(first: $n) { id posts { title } } }
/// }
///
/// async fn titles(db: &db::Db) -> prisma_runtime::Result<Vec<String>> {
///     let feed = db.run(Feed { n: 3 }).await?;
///     let posts = feed.users.into_iter().flat_map(|user| user.posts);
///     Ok(posts.map(|post| post.title).collect())
/// }
/// ```
pub use prisma_macros::graphql;
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # use prisma_runtime::select;
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// let most = 3;
/// let users = db.user().find_many().pick(select! {
///     id
///     mail: email
///     posts(first: most, order_by: title.desc(), filter: published.eq(true)) { title }
///     drafts: posts(filter: published.eq(false), count)
/// });
/// for user in users.await? {
///     println!("{}: {:?} and {} drafts", user.mail, user.posts, user.drafts);
/// }
/// # Ok(())
/// # }
/// ```
pub use prisma_macros::select;
pub use query::{
    AtRoot, Bounded, Connection, Count, CreateMany, Delegate, DeleteMany, Document, Edge, Event,
    Events, Exists, FindConnection, FindFirst, FindMany, FindUnique, Hop, Key, Mutation,
    NeedsFilterOrEverything, OrNotFound, PageInfo, Query, RootFound, RootMany, RootOne, Rows, Run,
    Scoped, Subscribe, Update, UpdateMany, UpdateManyWith, Write,
};
pub use scalar::{Filterable, IntoValue, Listable, Ordered, ScalarType, Text};
pub use select::{
    AtMostOne, Cardinality, Counted, Many, Mapped, Nested, Of, OfWith, One, ReadAs, ReadAsWith,
    Related, Row, Selection, SelectionSet, Shape,
};
pub use transaction::{Retrying, Transactions, Tx};
pub use transport::{
    BoxFuture, EventAnswers, Isolation, Request, Session, TransactionOptions, Transport,
    TransportError,
};
pub use unique::Unique;
pub use uuid::Uuid;
pub use value::{Name, Value};
pub use write::{
    Assign, Assignments, Assigns, Change, Changes, Create, CreateInput, Draft, Link,
    NestedDeleteMany, NestedUpdateMany, NestedUpdateManyWith, Patch, ReadPatch, ScalarAssigns, Set,
};

/// Names for generated code and macros: one module to find everything in, whatever the names of the datamodel
/// hide. Not part of the public API.
#[doc(hidden)]
pub mod __rt {
    pub use core::{
        clone::Clone,
        convert::{From, Into},
        default::Default,
        marker::Copy,
        ops::FnOnce,
        option::Option,
        result::Result as StdResult,
    };
    pub use std::{string::String, vec, vec::Vec};

    pub use crate::{
        Assignments, Assigns, Changes, Client, Create, DateTime, Delegate, Draft, Error,
        Filterable, HasUpdate, HasUpdateMany, Id, IntoId, IntoValue, Json, Link, Listable, Mapped,
        Model, Names, NotCreatable, Patch, ReadPatch, Result, Row, Scalar, ScalarAssigns,
        ScalarList, ScalarType, Selection, SelectionSet, ToMany, ToOne, ToOptional, Transport,
        Unique, Utc, Uuid, Value,
        graphql::{read_list, read_long, read_nullable},
        select::{read_as, read_as_with, select_as, select_as_with, through, through_with},
    };
    pub use serde::{Deserialize, Deserializer};
    pub use serde_json::Value as JsonValue;

    pub use crate::__encode_scalars as encode_scalars;
    #[cfg(feature = "mock")]
    pub use crate::mock::encode_as;

    /// Reads the value of an enum by its name.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode) if it is no text.
    pub fn enum_name(json: crate::Json<'_>) -> crate::Result<String> {
        crate::ScalarType::read(json)
    }

    /// An enum value that the client was not generated with.
    pub fn unknown_enum(expected: &'static str, name: &str) -> crate::Error {
        crate::Error::decode(expected, name)
    }

    /// Reads a struct of changes from the names and values of a request.
    ///
    /// # Errors
    /// A name that is none of its fields, and a value that the field cannot hold.
    pub fn read_patch<'de, P, D>(from: D) -> StdResult<P, D::Error>
    where
        P: ReadPatch,
        D: Deserializer<'de>,
    {
        crate::write::read_patch(from)
    }

    /// A field that cannot be changed.
    pub fn unknown_field(name: &str) -> crate::Error {
        crate::write::unknown_field(name)
    }

    /// Adds the fields of another selection of the same model.
    pub fn flatten<S, T>(set: &mut SelectionSet, vars: &T::Vars)
    where
        S: Selection,
        T: Selection<Model = S::Model>,
    {
        T::select_fields(set, vars);
    }

    /// The value of an enum by its name.
    pub fn enum_value(name: &'static str) -> crate::Value {
        crate::Value::String(name.to_owned())
    }

    /// A required value of a create.
    pub fn value<T: crate::ScalarType>(value: T) -> crate::Value {
        value.write()
    }
}

/// A struct literal with `.into()` on every value: `new!(user::New { email: "a@b.c", name })`.
///
/// ```
/// use prisma_runtime::new;
///
/// struct Point {
///     x: f64,
///     label: String,
/// }
///
/// let label = "here";
/// let point = new!(Point { x: 1, label });
/// assert_eq!((point.x, point.label.as_str()), (1.0, "here"));
/// ```
#[macro_export]
macro_rules! new {
    ($($path:ident)::+ { $($field:ident $(: $value:expr)?),* $(,)? }) => {
        $($path)::+ { $($field: $crate::__value!($field $(: $value)?)),* }
    };
}

/// The value of a field of [`new!`]; a name alone stands for the variable of that name.
#[doc(hidden)]
#[macro_export]
macro_rules! __value {
    ($field:ident) => {
        ::core::convert::Into::into($field)
    };
    ($field:ident : $value:expr) => {
        ::core::convert::Into::into($value)
    };
}

/// Takes in the client that `prisma-codegen` generated in `build.rs`, by the name of its module:
/// `pub mod db { prisma_runtime::include_client!("db"); }`
#[macro_export]
macro_rules! include_client {
    ($name:literal) => {
        include!(concat!(env!("OUT_DIR"), "/", $name, "/mod.rs"));
    };
}

/// The constructors of a generated `Db` for the transports that this crate was built with.
#[doc(hidden)]
#[macro_export]
macro_rules! __transports {
    ($db:ident) => {
        $crate::__http!($db);
        $crate::__embedded!($db);
        $crate::__mock!($db);
    };
}

/// See [`__transports!`].
#[cfg(feature = "http")]
#[doc(hidden)]
#[macro_export]
macro_rules! __http {
    ($db:ident) => {
        impl $db {
            /// A client of the service at this address: `http://localhost:4466/blog/dev`.
            pub fn http(url: &str) -> $crate::HttpBuilder<Self> {
                $crate::HttpBuilder::new(url)
            }
        }
    };
}

/// See [`__transports!`].
#[cfg(not(feature = "http"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __http {
    ($db:ident) => {};
}

/// See [`__transports!`].
#[cfg(feature = "embedded")]
#[doc(hidden)]
#[macro_export]
macro_rules! __embedded {
    ($db:ident) => {
        #[allow(dead_code, unreachable_pub)]
        impl $db {
            /// A client of a service in this process, on SQLite: a folder of databases, or `:memory:`.
            pub fn embedded(path: &str) -> $crate::EmbeddedBuilder<Self> {
                $crate::EmbeddedBuilder::new(path)
            }
        }
    };
}

/// See [`__transports!`].
#[cfg(not(feature = "embedded"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __embedded {
    ($db:ident) => {};
}

/// See [`__transports!`].
#[cfg(feature = "mock")]
#[doc(hidden)]
#[macro_export]
macro_rules! __mock {
    ($db:ident) => {
        #[allow(dead_code, unreachable_pub)]
        impl $db {
            /// A client for a test, and what it answers.
            pub fn mock() -> (Self, $crate::Mock) {
                $crate::Mock::client()
            }
        }
    };
}

/// See [`__transports!`].
#[cfg(not(feature = "mock"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __mock {
    ($db:ident) => {};
}

/// Code that mocks alone need, of `#[derive(Selection)]`.
#[cfg(feature = "mock")]
#[doc(hidden)]
#[macro_export]
macro_rules! __for_mocks {
    ($($code:tt)*) => { $($code)* };
}

/// See [`__for_mocks!`].
#[cfg(not(feature = "mock"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __for_mocks {
    ($($code:tt)*) => {};
}

/// How a mock answers with the scalar fields of a generated struct.
#[cfg(feature = "mock")]
#[doc(hidden)]
#[macro_export]
macro_rules! __encode_scalars {
    ($row:ident $($field:ident)*) => {
        impl $crate::Encode for $row {
            #[allow(unused_variables)]
            fn encode_fields(self, into: &mut $crate::Encoded) {
                $(into.scalar(self.$field);)*
            }
        }
    };
}

/// See the other [`__encode_scalars!`].
#[cfg(not(feature = "mock"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __encode_scalars {
    ($($code:tt)*) => {};
}
