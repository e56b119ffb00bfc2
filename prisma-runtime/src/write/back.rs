//! The relation that leads back from a nested record to its parent.
//!
//! A record written under another one is related to it by that, so the inputs of nested writes lack the relation back
//! (api.md §1.9, §1.10). The field tokens of a model are the same everywhere; what is said of that relation is therefore found
//! here, where it is nested, and not by the compiler.

use crate::{names::Names, value::Value};

/// The fields of a nested record, whose field `back` leads to its parent.
pub(super) fn without(back: Option<&'static str>, names: Names, mut input: Value) -> Value {
    if let (Some(back), Value::Object(fields)) = (back, &mut input) {
        for (_, value) in fields.iter_mut().filter(|(field, _)| field == back) {
            *value = Value::Refused(format!(
                "`{back}` cannot be written here: it leads from this `{}` back to the record under which it is written",
                names.model()
            ));
        }
    }
    input
}
