//! Plans of reads: made once per shape of the arguments, kept with the root field they are for.
//!
//! A shape is everything about the arguments of one request that a plan depends on: which keys are there, what is
//! null, how long lists of conditions are, the order asked for, and which conditions of `@skip` and `@include`
//! hold. What is left are the values. [`collect`] walks over a field once and tells both apart; [`read`] walks over
//! it in the same order, on a miss only, and gives the same values their slots.

mod collect;
mod page;
mod read;

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use prisma_connector::{Prepared, ReadPlan, SelectionId};

pub(crate) use self::{
    collect::{Collected, collect_answer, collect_query},
    read::{plan_answer, plan_query},
};
use crate::error::ApiError;

/// How many shapes of one field are kept.
const MOST_SHAPES: usize = 256;

/// How many bytes a shape may have to be kept; those of clients have some dozens.
const LONGEST_SHAPE: usize = 1_024;

/// A plan that is ready to run.
#[derive(Debug)]
pub(crate) struct Ready {
    pub(crate) query: Arc<dyn Prepared>,
    pub(crate) notes: Notes,
}

/// What errors in the answer to a plan need to know.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    /// Where each selection stands in the document.
    pub(crate) places: Vec<usize>,
    /// Selections whose arguments are refused, and why.
    pub(crate) refused: Vec<(SelectionId, ApiError)>,
}

impl Notes {
    /// Why the arguments of a selection are refused.
    pub(crate) fn refusal(&self, selection: SelectionId) -> Option<&ApiError> {
        let (_, error) = self.refused.iter().find(|(id, _)| *id == selection)?;
        Some(error)
    }

    /// Where a selection stands in the document.
    pub(crate) fn place(&self, selection: SelectionId) -> usize {
        let index = usize::try_from(selection.0).unwrap_or(usize::MAX);
        self.places.get(index).copied().unwrap_or_default()
    }
}

/// A plan as it comes from the planner, or why its arguments are refused.
pub(crate) type Planned = Result<(ReadPlan, Notes), ApiError>;

/// What is kept of a plan, or why its arguments are refused.
pub(crate) type Kept = Result<Ready, ApiError>;

/// The plans of one root field, by shape.
#[derive(Debug, Default)]
pub(crate) struct Plans(RwLock<HashMap<Box<[u8]>, Arc<Kept>>>);

impl Plans {
    pub(crate) fn get(&self, shape: &[u8]) -> Option<Arc<Kept>> {
        let plans = self.0.read().unwrap_or_else(PoisonError::into_inner);
        plans.get(shape).cloned()
    }

    /// Keeps a plan, unless its shape is too long.
    pub(crate) fn put(&self, shape: Vec<u8>, plan: Arc<Kept>) {
        if shape.len() > LONGEST_SHAPE {
            return;
        }
        let mut plans = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if plans.len() >= MOST_SHAPES {
            plans.clear();
        }
        plans.insert(shape.into(), plan);
    }
}
