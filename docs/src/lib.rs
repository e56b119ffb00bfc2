//! The guide, as a crate: every snippet of every chapter is compiled and run by the tests.
//!
//! Goes in: the chapters in `guide/`. Comes out: their snippets as tests, each on a small blog of its own in memory.
//!
//! Must never know: anything that an application could not know.

/// The client that the chapters use.
#[allow(missing_docs)]
pub mod db {
    prisma_runtime::include_client!("db");
}

use db::{Db, Models as _, post, tag, user};
use prisma_runtime::{Error, new};

/// The datamodel of the blog.
pub const DATAMODEL: &str = include_str!("../datamodel.prisma");

/// Runs a snippet on a blog of two users, three posts and a tag.
///
/// # Panics
/// If the snippet fails: it is a test.
#[expect(clippy::panic, reason = "this fails the test that a snippet is")]
pub fn on_a_blog<E: From<Error> + std::fmt::Debug>(snippet: impl AsyncFnOnce(Db) -> Result<(), E>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let ran = runtime.map(|runtime| {
        runtime.block_on(async {
            let db = blog().await;
            snippet(db).await
        })
    });
    if !matches!(ran, Ok(Ok(()))) {
        panic!("the snippet failed: {ran:?}");
    }
}

#[expect(clippy::panic, reason = "this fails the test that a snippet is")]
async fn blog() -> Db {
    let db = Db::embedded(":memory:").deploy(DATAMODEL).build().await;
    let db: Db = db.unwrap_or_else(|error| panic!("there is no blog: {error}"));
    if let Err(error) = fill(&db).await {
        panic!("there is nothing on the blog: {error}");
    }
    db
}

async fn fill(db: &Db) -> Result<(), Error> {
    let ann = new!(user::New {
        email: "ann@example.org",
        name: "Ann"
    })
    .with(|u| {
        let rust = new!(tag::New { label: "rust" });
        let first = new!(post::NewWithoutAuthor { title: "Hello" });
        let second = new!(post::NewWithoutAuthor { title: "Rust" });
        (
            u.id.to("ann"),
            u.age.to(30),
            u.posts.create([
                first.with(|p| (p.id.to("p1"), p.published.to(true))),
                second.with(|p| (p.id.to("p2"), p.tags.create([rust]))),
            ]),
        )
    });
    let bob = new!(user::New {
        email: "bob@example.org",
        name: "Bob"
    })
    .with(|u| {
        let post = new!(post::NewWithoutAuthor { title: "Cooking" });
        (
            u.id.to("bob"),
            u.posts.create([post.with(|p| p.id.to("p3"))]),
        )
    });
    db.user().create(ann).await?;
    db.user().create(bob).await?;
    Ok(())
}

/// A chapter: its snippets are tests of this crate.
macro_rules! chapters {
    ($($name:ident: $file:literal;)*) => {$(
        #[doc = include_str!(concat!("../guide/", $file))]
        pub mod $name {}
    )*};
}

chapters! {
    getting_started: "getting-started.md";
    modelling: "modelling.md";
    reading: "reading.md";
    writing: "writing.md";
    paging: "paging.md";
    transactions: "transactions.md";
    documents: "documents.md";
    resolvers: "resolvers.md";
    testing: "testing.md";
    errors: "errors.md";
    performance: "performance.md";
}
