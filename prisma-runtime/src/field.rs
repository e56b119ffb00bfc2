//! Field tokens: one value per field of a model, which conditions, orders, assignments and selections start from.

use std::marker::PhantomData;

use crate::marker::Marker;

/// A scalar field of the model `M` that holds a `T`.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// let adult = User::FIELDS.age.gte(18);                       // a condition
/// let by_name = User::FIELDS.name.asc();                      // an order
/// let names = db.user().find_many().filter(|_| adult).order_by(|_| by_name).pick(|u| u.name);   // a selection
/// let renamed = db.user().update(user::by_id("1")).set(|u| u.name.to("Ann"));                   // an assignment
/// # drop((names, renamed));
/// # Ok(())
/// # }
/// ```
pub struct Scalar<M, T> {
    pub(crate) name: &'static str,
    types: Marker<(M, T)>,
}

/// A field of the model `M` that holds a list of `T`.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// let ann = db.user().update(user::by_id("1")).set(|u| u.nicks.to(["Annie", "Nan"])).await?;
/// let nicks: Vec<String> = ann.nicks;
/// # drop(nicks);
/// # Ok(())
/// # }
/// ```
pub struct ScalarList<M, T> {
    pub(crate) name: &'static str,
    types: Marker<(M, T)>,
}

/// A relation from the model `M` to any number of `N`; `D` is what creating an `N` through it takes.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// let users = db
///     .user()
///     .find_many()
///     .filter(|u| u.posts.some(|p| p.published.eq(true)))
///     .pick(|u| (u.name, u.posts.first(3).pick(|p| p.title)))
///     .await?;
/// db.user().update(user::by_id("1")).set(|u| u.posts.connect([post::by_id("2")])).await?;
/// # let _: Vec<(String, Vec<String>)> = users;
/// # Ok(())
/// # }
/// ```
pub struct ToMany<M, N, D> {
    pub(crate) name: &'static str,
    pub(crate) back: Option<&'static str>,
    types: Marker<(M, N, D)>,
}

/// A relation from the model `M` to exactly one `N`; `D` is what creating an `N` through it takes.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// let by_ann = db.post().find_many().filter(|p| p.author.is(|u| u.name.eq("Ann")));
/// let authors: Vec<(String, String)> = by_ann.pick(|p| (p.title, p.author.pick(|u| u.name))).await?;
/// db.post().update(post::by_id("1")).set(|p| p.author.connect(user::by_id("2"))).await?;
/// # drop(authors);
/// # Ok(())
/// # }
/// ```
pub struct ToOne<M, N, D> {
    pub(crate) name: &'static str,
    pub(crate) back: Option<&'static str>,
    types: Marker<(M, N, D)>,
}

/// A relation from the model `M` to at most one `N`; `D` is what creating an `N` through it takes.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// let open = db.post().find_many().filter(|p| p.reviewer.is_null()).pick(|p| p.id).await?;
/// db.post().update(post::by_id("1")).set(|p| p.reviewer.connect(user::by_id("2"))).await?;
/// db.post().update(post::by_id("1")).set(|p| p.reviewer.disconnect()).await?;
/// # drop(open);
/// # Ok(())
/// # }
/// ```
pub struct ToOptional<M, N, D> {
    pub(crate) name: &'static str,
    pub(crate) back: Option<&'static str>,
    types: Marker<(M, N, D)>,
}

/// Derives would ask `Clone` and `Copy` of the model, too.
macro_rules! token {
    ($($token:ident<$($parameter:ident),*> $({ $back:ident })?)*) => {$(
        impl<$($parameter),*> $token<$($parameter),*> {
            /// The token of the field with this name in the API. For generated code.
            #[must_use]
            pub const fn new(name: &'static str) -> Self {
                Self { name, $($back: None,)? types: PhantomData }
            }

            $(
                /// The token of a relation that the field `back` of the other model leads back through. For
                /// generated code.
                #[must_use]
                pub const fn and(name: &'static str, $back: &'static str) -> Self {
                    Self { name, $back: Some($back), types: PhantomData }
                }
            )?
        }

        impl<$($parameter),*> Clone for $token<$($parameter),*> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<$($parameter),*> Copy for $token<$($parameter),*> {}
    )*};
}

token! {
    Scalar<M, T>
    ScalarList<M, T>
    ToMany<M, N, D> { back }
    ToOne<M, N, D> { back }
    ToOptional<M, N, D> { back }
}

/// Stands for what creating a record through a relation takes, where the API cannot create one:
/// the record would have no fields (api.md §1.9).
#[derive(Clone, Copy, Debug)]
pub enum NotCreatable {}
