//! Fields of one response key that cannot be merged: other names, other arguments (the rule *Field Selection Merging* of
//! GraphQL).
//!
//! Checked before the library validates, which takes a copy of the arguments for each such pair. Every field is compared
//! with the first of its key only, as being the same is an equivalence; so the work grows with the document, its
//! fragments spread.

use std::collections::{HashMap, HashSet};

use apollo_compiler::{
    Node, Schema,
    ast::{Argument, Definition, Document, Field, Selection, Value},
    schema::ExtendedType,
};
use indexmap::IndexMap;

use super::{MOST_ERRORS, RequestError, offset};

/// Everything in a document that cannot be merged.
pub(super) fn check(schema: &Schema, text: &str, document: &Document) -> Vec<RequestError> {
    let fragments = document
        .definitions
        .iter()
        .filter_map(Definition::as_fragment_definition)
        .map(|fragment| {
            let set = Set {
                parent: fragment.type_condition.as_str(),
                selections: &fragment.selection_set,
            };
            (fragment.name.as_str(), set)
        });
    let mut conflicts = Conflicts {
        schema,
        text,
        fragments: fragments.collect(),
        errors: Vec::new(),
    };
    let operations = document
        .definitions
        .iter()
        .filter_map(Definition::as_operation_definition);
    for operation in operations {
        if let Some(root) = schema.root_operation(operation.operation_type) {
            conflicts.merge(&[Set {
                parent: root.as_str(),
                selections: &operation.selection_set,
            }]);
        }
    }
    conflicts.errors
}

/// Selections in a type.
#[derive(Clone, Copy)]
struct Set<'a> {
    parent: &'a str,
    selections: &'a [Selection],
}

/// Fields of one response key: the types they are selected in, each with its fields.
type Parents<'a> = IndexMap<&'a str, Vec<&'a Node<Field>>>;

struct Conflicts<'a> {
    schema: &'a Schema,
    text: &'a str,
    fragments: HashMap<&'a str, Set<'a>>,
    errors: Vec<RequestError>,
}

impl<'a> Conflicts<'a> {
    fn merge(&mut self, sets: &[Set<'a>]) {
        let mut keys = IndexMap::new();
        let mut spread = HashSet::new();
        for set in sets {
            self.collect(*set, &mut spread, &mut keys);
        }
        for parents in keys.into_values() {
            self.merge_key(parents);
        }
    }

    /// Fields of a set by response key. Within one set a fragment counts once.
    fn collect(
        &self,
        set: Set<'a>,
        spread: &mut HashSet<&'a str>,
        keys: &mut IndexMap<&'a str, Parents<'a>>,
    ) {
        for selection in set.selections {
            match selection {
                Selection::Field(field) => {
                    let parents = keys.entry(field.response_name().as_str()).or_default();
                    parents.entry(set.parent).or_default().push(field);
                }
                Selection::InlineFragment(fragment) => {
                    let condition = fragment.type_condition.as_ref();
                    let inner = Set {
                        parent: condition.map_or(set.parent, |condition| condition.as_str()),
                        selections: &fragment.selection_set,
                    };
                    self.collect(inner, spread, keys);
                }
                Selection::FragmentSpread(fragment) => {
                    let name = fragment.fragment_name.as_str();
                    if let Some(inner) = self.fragments.get(name)
                        && spread.insert(name)
                    {
                        self.collect(*inner, spread, keys);
                    }
                }
            }
        }
    }

    /// Fields of one key in one type must be the same; those in an interface, the same as all others.
    fn merge_key(&mut self, mut parents: Parents<'a>) {
        let mut shared = Vec::new();
        parents.retain(|parent, fields| {
            let is_object = matches!(
                self.schema.types.get(*parent),
                Some(ExtendedType::Object(_))
            );
            if !is_object {
                shared.extend(fields.iter().map(|field| (*parent, *field)));
            }
            is_object
        });
        let mut groups: Vec<Vec<_>> = parents
            .into_iter()
            .map(|(parent, fields)| {
                let own = fields.into_iter().map(|field| (parent, field));
                own.chain(shared.iter().copied()).collect()
            })
            .collect();
        if groups.is_empty() {
            groups.push(shared);
        }
        for group in groups {
            self.merge_group(&group);
        }
    }

    fn merge_group(&mut self, fields: &[(&'a str, &'a Node<Field>)]) {
        let Some(((_, first), rest)) = fields.split_first() else {
            return;
        };
        for (_, field) in rest {
            let why = if first.name != field.name {
                "they are different fields"
            } else if !same_arguments(&first.arguments, &field.arguments) {
                "they have differing arguments"
            } else {
                continue;
            };
            self.conflict(field, why);
        }
        let sets: Vec<Set<'_>> = fields
            .iter()
            .filter(|(_, field)| !field.selection_set.is_empty())
            .filter_map(|(parent, field)| {
                let definition = self.schema.type_field(parent, &field.name).ok()?;
                Some(Set {
                    parent: definition.ty.inner_named_type().as_str(),
                    selections: &field.selection_set,
                })
            })
            .collect();
        if !sets.is_empty() {
            self.merge(&sets);
        }
    }

    fn conflict(&mut self, field: &Node<Field>, why: &str) {
        if self.errors.len() >= MOST_ERRORS {
            return;
        }
        let message = format!(
            "Field '{}' conflict because {why}. Use different aliases on the fields to fetch both if this was \
             intentional.",
            field.response_name()
        );
        let error = RequestError::at(self.text, message, &[offset(field.location())]);
        if !self.errors.contains(&error) {
            self.errors.push(error);
        }
    }
}

/// In any order.
fn same_arguments(left: &[Node<Argument>], right: &[Node<Argument>]) -> bool {
    left.len() == right.len()
        && left.iter().all(|argument| {
            let other = right.iter().find(|other| other.name == argument.name);
            other.is_some_and(|other| same_value(&argument.value, &other.value))
        })
}

/// Members of objects in any order.
fn same_value(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::List(left), Value::List(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .zip(right)
                    .all(|(left, right)| same_value(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(key, value)| {
                    let other = right.iter().find(|(other, _)| other == key);
                    other.is_some_and(|(_, other)| same_value(value, other))
                })
        }
        _ => left == right,
    }
}
