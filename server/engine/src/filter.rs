//! From `where` arguments to conditions on nodes (api.md §3.2 to §3.4).
//!
//! Values leave the filter in the order of the request, by one rule: every leaf that is not null takes a slot, and
//! so does every list of leaves that is not empty. Which slots there are is thus decided by the shape of the
//! argument alone, and a caller that holds the filter of that shape needs no more than [`Values::take`].

use prisma_api::{FilterOp, InputMeaning, Quantifier};
use prisma_connector::{self as connector, Comparison, Condition, Filter, Slot, Value};
use prisma_datamodel::{Datamodel, FieldId};

use crate::error::ApiError;
use crate::input::Input;
use crate::limits::{Limit, LimitExceeded, MOST_DOUBLED, MOST_RELATIONS, MOST_VALUES};

/// The values of one execution, by slot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    values: Vec<Value>,
    /// Conditions that have no value.
    bare: usize,
    /// Conditions, each doubled by every relation around it.
    doubled: usize,
}

impl Values {
    /// Adds a value and tells its slot.
    ///
    /// # Errors
    /// [`ApiError::LimitExceeded`] for more values than a statement can be given.
    pub fn push(&mut self, value: Value) -> Result<Slot, ApiError> {
        self.check()?;
        let slot = u16::try_from(self.values.len());
        let slot = slot.map_err(|_| beyond(Limit::Values, MOST_VALUES))?;
        self.values.push(value);
        Ok(Slot(slot))
    }

    /// Counts a condition that has no value: a statement grows with it all the same.
    fn push_bare(&mut self) -> Result<(), ApiError> {
        self.check()?;
        self.bare += 1;
        Ok(())
    }

    /// Counts a condition within so many relations.
    fn count(&mut self, relations: usize) -> Result<(), ApiError> {
        self.doubled = self.doubled.saturating_add(1 << relations);
        if self.doubled > MOST_DOUBLED {
            return Err(beyond(Limit::Conditions, MOST_DOUBLED));
        }
        Ok(())
    }

    fn check(&self) -> Result<(), ApiError> {
        if self.values.len() + self.bare < MOST_VALUES {
            Ok(())
        } else {
            Err(beyond(Limit::Values, MOST_VALUES))
        }
    }

    /// Adds the values of a `where` argument whose filter is already known, to the slots that [`filter`] gave them.
    pub fn take(&mut self, input: Input) {
        match input {
            Input::Null => {}
            Input::Value(value) => self.values.push(value),
            Input::List(elements) => match elements.first() {
                Some(Input::Value(_)) => self.values.push(list(elements)),
                _ => elements.into_iter().for_each(|element| self.take(element)),
            },
            Input::Object(entries) => entries.into_iter().for_each(|(_, entry)| self.take(entry)),
        }
    }

    /// All values, in the order of their slots.
    #[must_use]
    pub fn into_inner(self) -> Vec<Value> {
        self.values
    }
}

/// The operands of `in`, as the one value they are bound as.
fn list(elements: impl IntoIterator<Item = Input>) -> Value {
    let leaf = |element| match element {
        Input::Value(value) => Some(value),
        Input::Null | Input::List(_) | Input::Object(_) => None,
    };
    Value::List(elements.into_iter().filter_map(leaf).collect())
}

/// The filter of a `where` argument, its values added to those that are there. Null and `{}` hold for every node.
///
/// # Errors
/// [`ApiError::ToManyFilteredByNull`]; [`ApiError::LimitExceeded`]; [`ApiError::Internal`] for an argument of another
/// API.
pub fn filter(
    datamodel: &Datamodel,
    input: &Input,
    values: &mut Values,
) -> Result<Filter, ApiError> {
    let mut planner = Planner {
        datamodel,
        values,
        relations: 0,
    };
    planner.object(input, Sense::Plain)
}

/// A filter with its values inline.
pub(crate) fn condition(datamodel: &Datamodel, input: &Input) -> Result<Condition, ApiError> {
    let mut values = Values::default();
    let filter = filter(datamodel, input, &mut values)?;
    Ok(Condition {
        filter,
        values: values.into_inner(),
    })
}

/// Whether a condition stands under an odd number of negations.
///
/// A comparison with null is neither true nor false, whatever surrounds it, and [`Filter`] has no word for that. Only
/// the nodes for which a whole filter is true count, and there the unknown has the effect of *false* where it stands
/// plain and of *true* where it stands negated.
#[derive(Clone, Copy)]
enum Sense {
    Plain,
    Negated,
}

impl Sense {
    const fn flipped(self) -> Self {
        match self {
            Self::Plain => Self::Negated,
            Self::Negated => Self::Plain,
        }
    }

    const fn unknown(self) -> Filter {
        match self {
            Self::Plain => Filter::FALSE,
            Self::Negated => Filter::TRUE,
        }
    }
}

struct Planner<'a> {
    datamodel: &'a Datamodel,
    values: &'a mut Values,
    /// Conditions on related nodes around the current one, at most [`MOST_RELATIONS`].
    relations: usize,
}

impl Planner<'_> {
    /// All keys of one filter object.
    fn object(&mut self, input: &Input, sense: Sense) -> Result<Filter, ApiError> {
        let mut parts = Vec::with_capacity(input.entries().len());
        for (meaning, input) in input.entries() {
            match *meaning {
                InputMeaning::And => self.all(input, sense, &mut parts)?,
                InputMeaning::Or if input.is_null() => {}
                InputMeaning::Or => parts.push(self.any(input, sense)?),
                InputMeaning::Not => self.none(input, sense, &mut parts)?,
                InputMeaning::Filter(field, op) => {
                    parts.push(self.scalar(field, op, input, sense)?);
                }
                InputMeaning::Related(field, quantifier) => {
                    parts.push(self.related(field, quantifier, input)?);
                }
                _ => return Err(misfit()),
            }
        }
        Ok(unless_single(parts, Filter::And))
    }

    fn all(&mut self, input: &Input, sense: Sense, into: &mut Vec<Filter>) -> Result<(), ApiError> {
        for element in input.elements() {
            into.push(self.object(element, sense)?);
        }
        Ok(())
    }

    /// Beside an element with keys, one without does not count (api.md §3.3).
    fn any(&mut self, input: &Input, sense: Sense) -> Result<Filter, ApiError> {
        let elements = input.elements();
        let only_empty = elements.iter().all(|element| element.entries().is_empty());
        let counted = elements
            .iter()
            .filter(|element| only_empty || !element.entries().is_empty());
        let parts = counted
            .map(|element| self.object(element, sense))
            .collect::<Result<_, _>>()?;
        Ok(unless_single(parts, Filter::Or))
    }

    /// None of the elements holds.
    fn none(
        &mut self,
        input: &Input,
        sense: Sense,
        into: &mut Vec<Filter>,
    ) -> Result<(), ApiError> {
        for element in input.elements() {
            into.push(not(self.object(element, sense.flipped())?));
        }
        Ok(())
    }

    fn scalar(
        &mut self,
        field: FieldId,
        op: FilterOp,
        input: &Input,
        sense: Sense,
    ) -> Result<Filter, ApiError> {
        let (comparison, negated) = comparison(op);
        self.values.count(self.relations)?;
        if !matches!(input, Input::Value(_)) {
            self.values.push_bare()?;
        }
        let plain = match (comparison, input) {
            (Comparison::Equals | Comparison::In, Input::Null) => Filter::Null(field),
            (_, Input::Null) => return Ok(sense.unknown()),
            (Comparison::In, Input::List(elements)) if elements.is_empty() => Filter::FALSE,
            (Comparison::In, Input::List(elements)) => Filter::Scalar {
                field,
                comparison,
                value: self.values.push(list(elements.iter().cloned()))?,
            },
            (Comparison::In, _) => return Err(misfit()),
            (_, Input::Value(value)) => Filter::Scalar {
                field,
                comparison,
                value: self.values.push(value.clone())?,
            },
            (_, Input::List(_) | Input::Object(_)) => return Err(misfit()),
        };
        Ok(if negated { not(plain) } else { plain })
    }

    /// Related nodes count or do not count: within a quantifier the outer sense is of no effect.
    fn related(
        &mut self,
        field: FieldId,
        quantifier: Quantifier,
        input: &Input,
    ) -> Result<Filter, ApiError> {
        self.values.count(self.relations)?;
        self.values.push_bare()?;
        let (quantifier, sense) = match quantifier {
            Quantifier::Is if input.is_null() => return Ok(not(exists(field))),
            _ if input.is_null() => {
                return Err(ApiError::ToManyFilteredByNull {
                    field: self.datamodel[field].name.clone(),
                });
            }
            Quantifier::Is | Quantifier::Some => (connector::Quantifier::Some, Sense::Plain),
            // A node violates the condition where its negation is true.
            Quantifier::Every => (connector::Quantifier::Every, Sense::Negated),
            Quantifier::None => (connector::Quantifier::None, Sense::Plain),
        };
        if self.relations >= MOST_RELATIONS {
            return Err(beyond(Limit::Relations, MOST_RELATIONS));
        }
        self.relations += 1;
        let filter = Box::new(self.object(input, sense)?);
        self.relations -= 1;
        Ok(Filter::Related {
            field,
            quantifier,
            filter,
        })
    }
}

/// How a field is compared, and whether the comparison is negated.
const fn comparison(op: FilterOp) -> (Comparison, bool) {
    match op {
        FilterOp::Equals => (Comparison::Equals, false),
        FilterOp::Not => (Comparison::Equals, true),
        FilterOp::In => (Comparison::In, false),
        FilterOp::NotIn => (Comparison::In, true),
        FilterOp::Lt => (Comparison::Less, false),
        FilterOp::Lte => (Comparison::LessOrEqual, false),
        FilterOp::Gt => (Comparison::Greater, false),
        FilterOp::Gte => (Comparison::GreaterOrEqual, false),
        FilterOp::Contains => (Comparison::Contains, false),
        FilterOp::NotContains => (Comparison::Contains, true),
        FilterOp::StartsWith => (Comparison::StartsWith, false),
        FilterOp::NotStartsWith => (Comparison::StartsWith, true),
        FilterOp::EndsWith => (Comparison::EndsWith, false),
        FilterOp::NotEndsWith => (Comparison::EndsWith, true),
    }
}

fn exists(field: FieldId) -> Filter {
    Filter::Related {
        field,
        quantifier: connector::Quantifier::Some,
        filter: Box::new(Filter::TRUE),
    }
}

fn not(filter: Filter) -> Filter {
    Filter::Not(Box::new(filter))
}

fn unless_single(mut parts: Vec<Filter>, join: fn(Vec<Filter>) -> Filter) -> Filter {
    match parts.pop() {
        Some(part) if parts.is_empty() => part,
        Some(part) => {
            parts.push(part);
            join(parts)
        }
        None => join(parts),
    }
}

fn beyond(limit: Limit, most: usize) -> ApiError {
    ApiError::LimitExceeded(LimitExceeded::new(limit, most))
}

/// The argument was not coerced for a filter: a mistake of the program.
fn misfit() -> ApiError {
    ApiError::Internal("an argument does not fit the filter it was given to".into())
}

#[cfg(test)]
mod tests;
