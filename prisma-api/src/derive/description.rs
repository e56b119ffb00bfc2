//! What introspection says about fields whose name alone says too little (api.md §1.13). The wording is ours.

use crate::schema::{FilterOp, InputMeaning, OutputMeaning};

pub(super) const CONNECTION: &str = "A page of nodes with what surrounds it";
pub(super) const EDGE: &str = "A node in its place in a connection";
pub(super) const PAGE_INFO: &str = "Where a page lies in the whole list";
pub(super) const NODE: &str = "Anything with an id that is unique in the whole service";

pub(super) fn of_output(meaning: OutputMeaning) -> Option<&'static str> {
    Some(match meaning {
        OutputMeaning::Node => "Finds a node of any model by its id",
        OutputMeaning::NodeId => "The id, unique in the whole service",
        OutputMeaning::PageInfo => "Where the page lies in the whole list",
        OutputMeaning::Edges => "The nodes of the page, with their cursors",
        OutputMeaning::EdgeNode => "The node itself",
        OutputMeaning::EdgeCursor => "What `after` and `before` take to page from here",
        OutputMeaning::HasNextPage => "True if nodes follow the page, for lists asked with `first`",
        OutputMeaning::HasPreviousPage => {
            "True if nodes precede the page, for lists asked with `last`"
        }
        OutputMeaning::StartCursor => "The cursor of the first node of the page",
        OutputMeaning::EndCursor => "The cursor of the last node of the page",
        OutputMeaning::BatchCount => "How many nodes were changed",
        _ => return None,
    })
}

pub(super) fn of_input(meaning: InputMeaning) -> Option<&'static str> {
    Some(match meaning {
        InputMeaning::And => "True where all of these are true",
        InputMeaning::Or => "True where at least one of these is true",
        InputMeaning::Not => "True where none of these is true",
        InputMeaning::Filter(_, op) => return of_filter(op),
        InputMeaning::EventMutationIn => "Only events of these kinds",
        InputMeaning::EventUpdatedFieldsContains => "Only updates that changed this field",
        InputMeaning::EventUpdatedFieldsContainsEvery => {
            "Only updates that changed all of these fields"
        }
        InputMeaning::EventUpdatedFieldsContainsSome => {
            "Only updates that changed at least one of these fields"
        }
        _ => return None,
    })
}

fn of_filter(op: FilterOp) -> Option<&'static str> {
    Some(match op {
        FilterOp::Equals => return None,
        FilterOp::Not => "Differs from the value",
        FilterOp::In => "Is one of the values",
        FilterOp::NotIn => "Is none of the values",
        FilterOp::Lt => "Is less than the value",
        FilterOp::Lte => "Is less than or equal to the value",
        FilterOp::Gt => "Is greater than the value",
        FilterOp::Gte => "Is greater than or equal to the value",
        FilterOp::Contains => "Has the text somewhere",
        FilterOp::NotContains => "Has the text nowhere",
        FilterOp::StartsWith => "Begins with the text",
        FilterOp::NotStartsWith => "Does not begin with the text",
        FilterOp::EndsWith => "Ends with the text",
        FilterOp::NotEndsWith => "Does not end with the text",
    })
}
