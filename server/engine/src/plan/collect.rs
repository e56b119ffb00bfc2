//! The shape and the values of one request's arguments, in one walk.

use std::hash::{Hash as _, Hasher};

use prisma_api::{ArgumentMeaning, InputMeaning, OutputMeaning};
use prisma_connector::Value;
use prisma_datamodel::{Datamodel, ModelId};

use super::page::cursor;
use crate::{
    operation::{Argument, Field, Root, Selection, What, When},
    template::{Filled, Kind, Template, Variables},
};

/// What one request adds to a field.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Collected {
    /// Equal where plans are equal.
    pub(crate) shape: Vec<u8>,
    /// The values, by slot.
    pub(crate) values: Vec<Value>,
}

/// For a root field of a query.
pub(crate) fn collect_query(
    datamodel: &Datamodel,
    root: &Root,
    variables: &Variables,
) -> Collected {
    let mut collector = Collector::new(datamodel, variables);
    match root {
        Root::Field(field) => collector.field(field),
        Root::Node { id, candidates } => {
            collector.where_argument(id);
            for (_, select) in candidates {
                collector.selections(select);
            }
        }
        Root::Typename(_) | Root::Introspection => {}
    }
    collector.collected
}

/// For the answer of a mutation: the first slot is that of the id, which the store fills in.
pub(crate) fn collect_answer(
    datamodel: &Datamodel,
    field: &Field,
    variables: &Variables,
) -> Collected {
    let mut collector = Collector::new(datamodel, variables);
    collector.collected.values.push(Value::Null);
    collector.selections(&field.select);
    collector.collected
}

/// The model whose nodes a field answers.
pub(super) fn target(datamodel: &Datamodel, meaning: OutputMeaning) -> Option<ModelId> {
    match meaning {
        OutputMeaning::One(model)
        | OutputMeaning::Many(model)
        | OutputMeaning::Connection(model) => Some(model),
        OutputMeaning::Field(field) => datamodel.related_model(field),
        _ => None,
    }
}

struct Collector<'a> {
    datamodel: &'a Datamodel,
    variables: &'a Variables,
    collected: Collected,
}

/// What there is at a place of an argument. Parts of the document that no variable reaches are the same for every
/// request, so they leave no mark.
#[derive(Clone, Copy)]
#[repr(u8)]
enum Mark {
    Absent,
    Null,
    Value,
    Negative,
    Values,
    List,
    Object,
    Included,
    Excluded,
}

impl<'a> Collector<'a> {
    fn new(datamodel: &'a Datamodel, variables: &'a Variables) -> Self {
        Self {
            datamodel,
            variables,
            collected: Collected::default(),
        }
    }

    fn selections(&mut self, selections: &'a [Selection]) {
        for selection in selections {
            if let What::Field(field) = &selection.what
                && self.is_included(&selection.when)
            {
                self.field(field);
            } else if matches!(selection.what, What::Typename(_)) {
                self.is_included(&selection.when);
            }
        }
    }

    fn is_included(&mut self, when: &When) -> bool {
        if when.is_always() {
            return true;
        }
        let included = when.holds(self.variables);
        self.mark(if included {
            Mark::Included
        } else {
            Mark::Excluded
        });
        included
    }

    fn field(&mut self, field: &'a Field) {
        for argument in &field.arguments {
            self.argument(field.meaning, argument);
        }
        self.selections(&field.select);
    }

    fn argument(&mut self, field: OutputMeaning, argument: &'a Argument) {
        match argument.meaning {
            ArgumentMeaning::Where | ArgumentMeaning::WhereUnique => {
                self.where_argument(&argument.value);
            }
            ArgumentMeaning::OrderBy => self.order(&argument.value),
            ArgumentMeaning::First | ArgumentMeaning::Last | ArgumentMeaning::Skip => {
                self.count(&argument.value);
            }
            ArgumentMeaning::After | ArgumentMeaning::Before => self.cursor(field, &argument.value),
            // Other arguments belong to mutations, which are planned anew each time.
            _ => {}
        }
    }

    fn where_argument(&mut self, template: &'a Template) {
        let fixed = template.is_fixed();
        self.filled(template.fill(self.variables), fixed);
    }

    fn filled(&mut self, filled: Option<Filled<'a>>, fixed: bool) {
        let Some(filled) = filled else {
            return self.mark_unless(fixed, Mark::Absent);
        };
        match filled.kind() {
            Kind::Null => self.mark_unless(fixed, Mark::Null),
            Kind::Value(value) => {
                self.mark_unless(fixed, Mark::Value);
                self.collected.values.push(value.clone());
            }
            Kind::List => self.list(filled, fixed),
            Kind::Object => {
                self.mark_unless(fixed, Mark::Object);
                self.length(filled.members().count(), fixed);
                for (key, member) in filled.members() {
                    self.key(key, fixed);
                    self.filled(Some(member), fixed);
                }
            }
        }
    }

    /// A list of values is one value, but for an empty one, which is a shape of its own.
    fn list(&mut self, list: Filled<'a>, fixed: bool) {
        let first = list.elements().next().map(Filled::kind);
        if let Some(Kind::Value(_)) = first {
            self.mark_unless(fixed, Mark::Values);
            let values = list.elements().filter_map(|element| match element.kind() {
                Kind::Value(value) => Some(value.clone()),
                Kind::Null | Kind::List | Kind::Object => None,
            });
            self.collected.values.push(Value::List(values.collect()));
            return;
        }
        self.mark_unless(fixed, Mark::List);
        self.length(list.elements().count(), fixed);
        for element in list.elements() {
            self.filled(Some(element), fixed);
        }
    }

    fn order(&mut self, template: &'a Template) {
        if template.is_fixed() {
            return;
        }
        match template.fill(self.variables).map(Filled::kind) {
            Some(Kind::Value(Value::Enum(name))) => {
                self.mark(Mark::Value);
                self.length(name.len(), false);
                self.collected.shape.extend(name.as_bytes());
            }
            _ => self.mark(Mark::Null),
        }
    }

    fn count(&mut self, template: &'a Template) {
        let mark = match template.fill(self.variables).map(Filled::kind) {
            Some(Kind::Value(Value::Int(count))) if *count < 0 => Mark::Negative,
            Some(Kind::Value(value)) => {
                self.collected.values.push(value.clone());
                Mark::Value
            }
            _ => Mark::Null,
        };
        self.mark_unless(template.is_fixed(), mark);
    }

    fn cursor(&mut self, field: OutputMeaning, template: &'a Template) {
        let mark = match template.fill(self.variables).map(Filled::kind) {
            Some(Kind::Value(value)) => {
                let target = target(self.datamodel, field);
                let id_type = target.map(|model| self.datamodel.id_type(model));
                self.collected.values.push(cursor(id_type, value));
                Mark::Value
            }
            _ => Mark::Null,
        };
        self.mark_unless(template.is_fixed(), mark);
    }

    fn mark_unless(&mut self, fixed: bool, mark: Mark) {
        if !fixed {
            self.mark(mark);
        }
    }

    fn mark(&mut self, mark: Mark) {
        self.collected.shape.push(mark as u8);
    }

    fn length(&mut self, length: usize, fixed: bool) {
        if !fixed {
            self.collected.shape.extend(length.to_le_bytes());
        }
    }

    fn key(&mut self, key: InputMeaning, fixed: bool) {
        if !fixed {
            key.hash(&mut Bytes(&mut self.collected.shape));
        }
    }
}

/// Takes down what is hashed: keys become bytes that differ where they do.
struct Bytes<'a>(&'a mut Vec<u8>);

impl Hasher for Bytes<'_> {
    fn finish(&self) -> u64 {
        0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0.extend(bytes);
    }
}
