//! Selections: fragments spread, fields merged, `@skip` and `@include` turned into conditions.

use apollo_compiler::{
    ExecutableDocument, Node,
    ast::{DirectiveList, Value, VariableDefinition},
    executable::{self, SelectionSet},
};
use indexmap::IndexMap;
use prisma_api::{ApiObject, ApiSchema, ApiType, ArgumentMeaning, OutputMeaning, TypeId};
use prisma_connector as connector;

use super::{
    Field, Root, RootField, Selection, What,
    arguments::{self, Places},
};
use crate::{
    input::Input,
    plan::Plans,
    template::{Template, Variables},
};

/// Variables, each with the value it must have.
type Conjunction = Vec<(usize, bool)>;

/// When a field is part of the answer: if any of these holds as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct When(Vec<Conjunction>);

impl When {
    /// Whatever the variables are?
    pub(crate) fn is_always(&self) -> bool {
        self.0.iter().any(Vec::is_empty)
    }

    /// With these variables?
    pub(crate) fn holds(&self, variables: &Variables) -> bool {
        let is = |place: usize, expected: bool| {
            let value = variables.get(place).and_then(Option::as_ref);
            let is_true = value == Some(&Input::Value(connector::Value::Bool(true)));
            is_true == expected
        };
        self.0
            .iter()
            .any(|all| all.iter().all(|&(place, expected)| is(place, expected)))
    }
}

/// Fields of one response key.
struct Merged<'a> {
    field: &'a Node<executable::Field>,
    when: When,
    sets: Vec<(&'a SelectionSet, Conjunction)>,
}

/// Fields by response key, in order.
type Fields<'a> = IndexMap<&'a str, Merged<'a>>;

pub(super) struct Compiler<'a> {
    api: &'a ApiSchema,
    document: &'a ExecutableDocument,
    variables: Places<'a>,
}

impl<'a> Compiler<'a> {
    pub(super) fn new(
        api: &'a ApiSchema,
        document: &'a ExecutableDocument,
        variables: &'a [Node<VariableDefinition>],
    ) -> Self {
        Self {
            api,
            document,
            variables: Places::new(variables),
        }
    }

    /// How often each variable is an argument, or part of one, in the fields compiled so far.
    pub(super) fn uses(&self) -> Vec<usize> {
        self.variables.uses()
    }

    /// The fields of the operation.
    pub(super) fn root(&self, operation: &'a executable::Operation) -> Vec<RootField> {
        let type_name = operation.object_type().as_str();
        let Some((_, ApiType::Object(object))) = self.api.lookup(type_name) else {
            return Vec::new();
        };
        let sets = [(&operation.selection_set, Conjunction::new())];
        let mut fields = Vec::new();
        for (key, merged) in self.merge(type_name, object, &sets) {
            let (required, what) = self.root_field(type_name, object, &merged);
            fields.push(RootField {
                key: key.into(),
                at: offset(merged.field),
                when: merged.when,
                required,
                what,
                plans: Plans::default(),
            });
        }
        fields
    }

    fn root_field(
        &self,
        type_name: &str,
        object: &'a ApiObject,
        merged: &Merged<'a>,
    ) -> (bool, Root) {
        let name = merged.field.name.as_str();
        let Some(field) = object.fields.get(name) else {
            return match name {
                "__typename" => (true, Root::Typename(quoted(type_name))),
                "__type" => (false, Root::Introspection),
                _ => (true, Root::Introspection),
            };
        };
        let required = field.ty.wrap.is_required();
        if field.meaning != OutputMeaning::Node {
            return (required, Root::Field(self.field(field, merged)));
        }
        let mut arguments = self.arguments(field, merged);
        let id = arguments.pop().map(|id| {
            debug_assert_eq!(id.meaning, ArgumentMeaning::Id);
            id.value
        });
        let mut candidates = Vec::new();
        for (name, ty) in &self.api.types {
            if let ApiType::Object(object) = ty
                && object.implements_node
                && let Some(model) = object.model
            {
                candidates.push((model, self.select(name, object, &merged.sets)));
            }
        }
        candidates.sort_by_key(|(model, _)| *model);
        let id = id.unwrap_or(Template::Fixed(Input::Null));
        (required, Root::Node { id, candidates })
    }

    /// A field of the API with everything below it.
    fn field(&self, field: &'a prisma_api::ApiField, merged: &Merged<'a>) -> Field {
        Field {
            meaning: field.meaning,
            arguments: self.arguments(field, merged),
            select: self.select_type(field.ty.ty, &merged.sets),
        }
    }

    fn arguments(&self, field: &prisma_api::ApiField, merged: &Merged<'a>) -> Vec<super::Argument> {
        let given = &merged.field.arguments;
        arguments::compile(self.api, &field.arguments, given, &self.variables)
    }

    /// The selections in a field of that type; none in scalars and enums.
    fn select_type(&self, ty: TypeId, sets: &[(&'a SelectionSet, Conjunction)]) -> Vec<Selection> {
        match self.api.get(ty) {
            Some((name, ApiType::Object(object))) => self.select(name, object, sets),
            _ => Vec::new(),
        }
    }

    fn select(
        &self,
        type_name: &'a str,
        object: &'a ApiObject,
        sets: &[(&'a SelectionSet, Conjunction)],
    ) -> Vec<Selection> {
        let mut selections = Vec::new();
        for (key, merged) in self.merge(type_name, object, sets) {
            let what = match object.fields.get(merged.field.name.as_str()) {
                Some(field) => What::Field(self.field(field, &merged)),
                None => What::Typename(quoted(type_name)),
            };
            selections.push(Selection {
                key: key.into(),
                at: offset(merged.field),
                when: merged.when,
                what,
            });
        }
        selections
    }

    fn merge(
        &self,
        type_name: &str,
        object: &ApiObject,
        sets: &[(&'a SelectionSet, Conjunction)],
    ) -> Fields<'a> {
        let mut fields = Fields::new();
        for (set, when) in sets {
            self.collect(type_name, object, set, when, &mut fields);
        }
        fields
    }

    fn collect(
        &self,
        type_name: &str,
        object: &ApiObject,
        set: &'a SelectionSet,
        when: &Conjunction,
        fields: &mut Fields<'a>,
    ) {
        for selection in &set.selections {
            let Some(when) = self.condition(selection.directives(), when) else {
                continue;
            };
            let (condition, inner) = match selection {
                executable::Selection::Field(field) => {
                    add(fields, field, when);
                    continue;
                }
                executable::Selection::InlineFragment(fragment) => {
                    (fragment.type_condition.as_ref(), &fragment.selection_set)
                }
                executable::Selection::FragmentSpread(spread) => {
                    let Some(fragment) = self.document.fragments.get(&spread.fragment_name) else {
                        continue;
                    };
                    (Some(fragment.type_condition()), &fragment.selection_set)
                }
            };
            let applies = condition.is_none_or(|condition| {
                condition == type_name || (condition == "Node" && object.implements_node)
            });
            if applies {
                self.collect(type_name, object, inner, &when, fields);
            }
        }
    }

    /// The condition of a selection within another; `None` if it never holds.
    fn condition(&self, directives: &DirectiveList, outer: &Conjunction) -> Option<Conjunction> {
        let mut all = outer.clone();
        for (name, expected) in [("skip", false), ("include", true)] {
            let Some(directive) = directives.get(name) else {
                continue;
            };
            match directive
                .specified_argument_by_name("if")
                .map(|value| &**value)
            {
                Some(Value::Boolean(given)) if *given != expected => return None,
                Some(Value::Variable(variable)) => {
                    let place = self.variables.get(variable.as_str())?;
                    all.push((place, expected));
                }
                _ => {}
            }
        }
        Some(all)
    }
}

/// Adds a field to those of its response key.
fn add<'a>(fields: &mut Fields<'a>, field: &'a Node<executable::Field>, when: Conjunction) {
    let merged = fields
        .entry(field.response_key().as_str())
        .or_insert_with(|| Merged {
            field,
            when: When(Vec::new()),
            sets: Vec::new(),
        });
    merged.sets.push((&field.selection_set, when.clone()));
    if !merged.when.is_always() {
        merged.when.0.push(when);
    }
}

fn offset(field: &Node<executable::Field>) -> usize {
    field.location().map_or(0, |at| at.offset())
}

fn quoted(name: &str) -> Box<str> {
    format!("\"{name}\"").into()
}
