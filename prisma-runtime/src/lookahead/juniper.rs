//! Look-ahead of juniper.

use juniper::{LookAheadSelection, ScalarValue};

use crate::lookahead::Lookahead;

/// What lies below the selection: of `executor.look_ahead()`, below the field that is being resolved.
impl<S: ScalarValue> From<LookAheadSelection<'_, S>> for Lookahead {
    fn from(selection: LookAheadSelection<'_, S>) -> Self {
        Self::from(&selection)
    }
}

/// What lies below the selection.
impl<S: ScalarValue> From<&LookAheadSelection<'_, S>> for Lookahead {
    fn from(selection: &LookAheadSelection<'_, S>) -> Self {
        let mut asked = Self::default();
        below(selection, &mut asked);
        asked
    }
}

fn below<S: ScalarValue>(selection: &LookAheadSelection<'_, S>, asked: &mut Lookahead) {
    for child in selection.children().iter() {
        below(child, asked.add(child.field_original_name()));
    }
}
