//! What the generator says about a model.

use crate::{names::Names, select::Selection, write::Draft};

/// A type of the datamodel. Implemented by generated code only.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a model of the datamodel",
    label = "expected a generated model type such as `db::User`"
)]
pub trait Model: Sized + Send + Sync + 'static {
    /// What the API calls it.
    const NAMES: Names;
    /// One token per field.
    type Fields: Copy + Send + Sync + 'static;
    /// The tokens; what every closure over the model is called with.
    const FIELDS: Self::Fields;
    /// All scalar fields: what is fetched when nothing else is asked for.
    type Row: Selection<Model = Self, Vars = ()>;
    /// The fields a create cannot do without.
    type New: Draft<Model = Self>;
}

/// A model that has something to update. Implemented by generated code only.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no field that can be updated",
    note = "ids and the times kept by the server never change"
)]
pub trait Update: Model {}

/// A model that has a scalar field to update. Implemented by generated code only.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no scalar field that can be updated",
    note = "`update_many` writes scalar fields; relations are written by `update`, one record at a time"
)]
pub trait UpdateAll: Model {}
