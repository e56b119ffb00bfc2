//! What is asked for and how it is read: the whole scalars of a model, a struct of the user's, or fields named on
//! the spot.
//!
//! All forms end in the same two steps: fields are added to a [`SelectionSet`], and later taken, in the same order,
//! from a [`Row`] of the answer.

mod cardinality;
mod counted;
mod read;
mod related;
mod row;
mod set;
mod shape;

pub use self::{
    cardinality::{AtMostOne, Cardinality, Many, One},
    counted::Counted,
    read::{
        ReadAs, ReadAsWith, read_as, read_as_with, select_as, select_as_with, through, through_with,
    },
    related::Related,
    row::Row,
    set::SelectionSet,
    shape::{Mapped, Nested, Of, OfWith, Shape},
};
pub(crate) use self::{
    row::{list, one, optional},
    set::{Argument, Picked},
};
use crate::{error::Result, model::Model};

/// A struct that says which fields to fetch: `#[derive(Selection)]`, or the generated struct of a model.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # use prisma_runtime::{Id, Selection};
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// #[derive(Selection)]
/// #[prisma(model = User)]
/// struct Card {
///     id: Id<User>,
///     #[prisma(rename = name)]
///     title: String,
///     #[prisma(with = |posts| posts.filter(|p| p.published.eq(true)).first(3))]
///     posts: Vec<Headline>,
/// }
///
/// #[derive(Selection)]
/// #[prisma(model = Post)]
/// struct Headline {
///     title: String,
/// }
///
/// let cards = db.user().find_many().select::<Card>().await?;
/// println!("{} {}: {}", cards[0].id, cards[0].title, cards[0].posts[0].title);
/// # Ok(())
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not select fields of a model",
    note = "add `#[derive(Selection)]` and `#[prisma(model = …)]` to `{Self}`"
)]
pub trait Selection: Sized + Send + 'static {
    /// The model whose fields these are.
    type Model: Model;
    /// What its arguments are computed from; `()` if from nothing.
    type Vars;

    /// Adds the fields.
    fn select_fields(set: &mut SelectionSet, vars: &Self::Vars);

    /// Reads them, in the order they were added.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode) if the answer does not fit.
    fn take_fields(row: &mut Row<'_>) -> Result<Self>;
}
