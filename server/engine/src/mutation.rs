//! From the arguments of a mutation to the [`Write`] a store runs (api.md §4).
//!
//! A plan is made without looking at stored data: what depends on it (which branch of an upsert runs, whether a node
//! is linked, whether a required relation would be left empty) is for the store to find out. What does not is
//! decided here, before anything is written: ids, defaults and timestamps, the order of nested operations, and every
//! error that the arguments alone deserve, those of branches that will not run included.

mod create;
mod nested;
mod scalar;
mod selector;
mod update;

use prisma_api::{ArgumentMeaning, OutputMeaning};
use prisma_connector::Write;
use prisma_datamodel::Datamodel;

use crate::error::ApiError;
use crate::filter;
use crate::id::MakeIds;
use crate::input::Input;

/// The write that a field of `Mutation` means. The time, in milliseconds since the epoch, becomes the `createdAt` and
/// `updatedAt` of all nodes.
///
/// # Errors
/// 3007, 3032, 3033, 3036, 3040 and 3045 of api.md §5.2, the first in order of execution; [`ApiError::Internal`] for
/// arguments that were not coerced for that field, or a field that writes no nodes.
pub fn plan(
    datamodel: &Datamodel,
    field: OutputMeaning,
    arguments: &[(ArgumentMeaning, Input)],
    ids: &mut dyn MakeIds,
    now_ms: i64,
) -> Result<Write, ApiError> {
    let mut planner = Planner {
        datamodel,
        ids,
        now_ms,
    };
    let argument = |meaning| {
        let found = arguments.iter().find(|(given, _)| *given == meaning);
        found.map_or(&Input::Null, |(_, input)| input)
    };
    let condition = || filter::condition(datamodel, argument(ArgumentMeaning::Where));
    Ok(match field {
        OutputMeaning::Create(model) => {
            Write::Create(planner.create(model, argument(ArgumentMeaning::Data), None)?)
        }
        OutputMeaning::Update(model) => Write::Update {
            at: planner.key(model, argument(ArgumentMeaning::WhereUnique))?,
            update: planner.update(model, argument(ArgumentMeaning::Data))?,
        },
        OutputMeaning::Upsert(model) => Write::Upsert {
            at: planner.key(model, argument(ArgumentMeaning::WhereUnique))?,
            create: planner.create(model, argument(ArgumentMeaning::Create), None)?,
            update: planner.update(model, argument(ArgumentMeaning::Update))?,
        },
        OutputMeaning::Delete(model) => Write::Delete {
            at: planner.key(model, argument(ArgumentMeaning::WhereUnique))?,
        },
        OutputMeaning::UpdateMany(model) => Write::UpdateMany {
            model,
            condition: condition()?,
            update: planner.update(model, argument(ArgumentMeaning::Data))?,
        },
        OutputMeaning::DeleteMany(model) => Write::DeleteMany {
            model,
            condition: condition()?,
        },
        _ => return Err(misfit()),
    })
}

/// What the parts of a plan have in common.
struct Planner<'a> {
    datamodel: &'a Datamodel,
    ids: &'a mut dyn MakeIds,
    now_ms: i64,
}

/// The arguments were not coerced for what they are read as: a mistake of the program.
fn misfit() -> ApiError {
    ApiError::Internal("the arguments do not fit the mutation they were given to".into())
}
