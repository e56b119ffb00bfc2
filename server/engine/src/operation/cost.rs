//! Costs: how many nodes an answer may have, before anything is read.

use prisma_api::{ArgumentMeaning, OutputMeaning};
use prisma_connector::Value;
use prisma_datamodel::{Arity, Datamodel};

use super::{Argument, Field, Operation, Root, Selection, What};
use crate::template::{Kind, Variables};

/// What a list without `first` and `last` counts as.
const UNPAGED: u64 = 5;

/// What a list counts as at most: a greater `first` means all.
const LONGEST: u64 = 100_000;

impl Operation {
    /// Do variables decide what the answer costs?
    pub(super) fn has_open_cost(&self) -> bool {
        self.fields.iter().any(|field| {
            let is_open = match &field.what {
                Root::Field(field) => is_open(field),
                Root::Node { candidates, .. } => {
                    candidates.iter().any(|(_, select)| any_open(select))
                }
                Root::Typename(_) | Root::Introspection => false,
            };
            is_open || !field.when.is_always()
        })
    }

    /// About how many nodes the answer may have.
    pub(crate) fn cost(&self, datamodel: &Datamodel, variables: &Variables) -> u64 {
        let estimate = Estimate {
            datamodel,
            variables,
        };
        let fields = self
            .fields
            .iter()
            .filter(|field| field.when.holds(variables));
        let costs = fields.map(|field| match &field.what {
            Root::Field(field) => estimate.field(field),
            Root::Node { candidates, .. } => {
                let costs = candidates
                    .iter()
                    .map(|(_, select)| estimate.selections(select));
                costs.max().unwrap_or(0)
            }
            Root::Typename(_) | Root::Introspection => 0,
        });
        costs.fold(0, u64::saturating_add)
    }
}

fn any_open(select: &[Selection]) -> bool {
    select.iter().any(|selection| match &selection.what {
        What::Field(field) => is_open(field) || !selection.when.is_always(),
        What::Typename(_) => false,
    })
}

fn is_open(field: &Field) -> bool {
    let is_open = |argument: &Argument| is_page(argument) && !argument.value.is_fixed();
    field.arguments.iter().any(is_open) || any_open(&field.select)
}

fn is_page(argument: &Argument) -> bool {
    matches!(
        argument.meaning,
        ArgumentMeaning::First | ArgumentMeaning::Last
    )
}

struct Estimate<'a> {
    datamodel: &'a Datamodel,
    variables: &'a Variables,
}

impl Estimate<'_> {
    fn selections(&self, select: &[Selection]) -> u64 {
        let included = select
            .iter()
            .filter(|selection| selection.when.holds(self.variables));
        let costs = included.map(|selection| match &selection.what {
            What::Field(field) => self.field(field),
            What::Typename(_) => 0,
        });
        costs.fold(0, u64::saturating_add)
    }

    /// Scalars cost nothing, and what surrounds the nodes of a connection neither.
    fn field(&self, field: &Field) -> u64 {
        if field.select.is_empty() {
            return 0;
        }
        let below = self.selections(&field.select);
        match field.meaning {
            OutputMeaning::Many(_) | OutputMeaning::Connection(_) => self.list(field, below),
            OutputMeaning::Field(id) if self.datamodel[id].arity == Arity::List => {
                self.list(field, below)
            }
            OutputMeaning::Edges
            | OutputMeaning::EdgeNode
            | OutputMeaning::PageInfo
            | OutputMeaning::Aggregate => below,
            _ => below.saturating_add(1),
        }
    }

    fn list(&self, field: &Field, below: u64) -> u64 {
        let pages = field.arguments.iter().filter(|argument| is_page(argument));
        let given = pages.filter_map(|argument| argument.value.fill(self.variables));
        let lengths = given.filter_map(|length| match length.kind() {
            Kind::Value(Value::Int(count)) => Some(u64::try_from(*count).unwrap_or(0)),
            _ => None,
        });
        let length = lengths.max().unwrap_or(UNPAGED).min(LONGEST);
        below.saturating_add(1).saturating_mul(length)
    }
}
