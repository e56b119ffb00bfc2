//! The macros of `prisma-runtime`, which re-exports them all.
//!
//! Goes in: a datamodel (a file or tokens), a struct that selects fields, a selection on the spot, a GraphQL document.
//! Comes out: a client as `prisma-codegen` makes it; plain accesses to the fields of a client, with the spans of the
//! user's own tokens, so that the compiler itself checks, completes and explains them; structs for a document that was
//! checked against the API of a client.
//!
//! Must never know: what a selection's model looks like (documents alone are read beside an API), SQL, async.

mod attributes;
mod datamodel;
mod derive;
mod document;
mod select;

use proc_macro::TokenStream;

/// Reads fields of a model into a struct. See `prisma_runtime::Selection`.
///
/// On the struct: `#[prisma(model = db::User)]`, and `vars = Type` if arguments are computed from something.
///
/// On a field:
///
/// | attribute | what it does |
/// |---|---|
/// | `rename = name` | reads the field `name` of the model |
/// | `with = \|posts\| posts.first(3)` | gives a relation arguments; `\|posts, vars\|` computes them from the variables |
/// | `vars` | hands the variables on to the selection behind a relation, or to a flattened one |
/// | `flatten` | reads another selection of the same model |
/// | `count`, `count = posts` | counts the records of a relation, here of `posts_count` or of `posts`, into a `u64`; see `prisma_runtime::Counted` for what it costs |
/// | `default`, `default = expression` | reads null as the default of the type, or as the expression |
/// | `skip` | reads nothing; the field gets the default of its type |
#[proc_macro_derive(Selection, attributes(prisma))]
pub fn derive_selection(input: TokenStream) -> TokenStream {
    derive::selection(input.into()).into()
}

/// Names the fields to read on the spot, for `.pick(…)`:
/// `select! { id  mail: email  posts(first: 3, order_by: title.desc(), filter: published.eq(true)) { title } }`.
///
/// What is read has these names as fields. Arguments are the methods of the relation, `count` among them
/// (`posts_count: posts(count)`); in `order_by` and `filter` names stand for fields of the related model, or give a
/// closure. Elsewhere they are ordinary variables.
#[proc_macro]
pub fn select(input: TokenStream) -> TokenStream {
    select::select(input.into()).into()
}

/// Puts the client of a datamodel beside a marker struct:
/// `mod db { #[derive(prisma_runtime::Datamodel)] #[prisma(path = "datamodel.prisma")] struct Datamodel; }`.
///
/// The path is relative to the folder of the crate.
#[proc_macro_derive(Datamodel, attributes(prisma))]
pub fn derive_datamodel(input: TokenStream) -> TokenStream {
    datamodel::of_file(input.into()).into()
}

/// The client of a datamodel written on the spot: `datamodel! { type User { id: ID! @id  name: String! } }`.
///
/// Comments begin with `//`, as everywhere in Rust; descriptions are strings, but not of the three-quote form.
#[proc_macro]
pub fn datamodel(input: TokenStream) -> TokenStream {
    datamodel::of_tokens(input.into()).into()
}

/// GraphQL documents, checked against the API of a client while they are compiled:
/// `graphql! { db: query Feed($n: Int!) { users(first: $n) { id posts { title } } } }`, then `db.run(Feed { n: 3 })`.
///
/// First comes the path of the client's module, `db`. The API is the `schema.graphql` that the generator writes beside the
/// client: below `OUT_DIR` by the last name of the path, or by the whole path below `src`. Another module of
/// `Config::module`, another file, or a datamodel is named: `graphql! { db in "datamodel.prisma": … }`.
///
/// Each operation becomes a struct of its variables, `Feed`; its answer `FeedAnswer`, and each selection in it a struct
/// called by the keys on the way, `FeedUsersPosts`, or by the fragment that it is alone. Attributes of an operation or
/// fragment are those of the structs of its answer, documentation that of the operation.
///
/// Types are those of the client. Nullable values and those under `@include` or `@skip` are an `Option`, lists a `Vec`.
/// A variable that is not required is an `Option`, too, and `None` is not sent. Conditions, unique values, orders, creates
/// and updates are `Filter`, `Unique`, `Order`, `Create`, `UpdateInput` and `UpdateManyInput`; other input objects JSON.
#[proc_macro]
pub fn graphql(input: TokenStream) -> TokenStream {
    document::document(input.into()).into()
}
