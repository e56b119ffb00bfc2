//! Mutations (api.md §4): a copy of the state is changed, and kept if nothing is refused.

use std::{cell::Cell, collections::BTreeSet};

use serde_json::json;

use super::{Answer, Handle, Node, Refusal, Rules, State, links::Through, read};
use crate::{
    operation::{Data, Key, Mutation, Nested, Selected, Where},
    schema::{Arity, FieldKind, ScalarType},
    value::Value,
};

/// What a mutation does.
#[derive(Debug)]
pub enum Outcome {
    /// It fails and changes nothing.
    Refused(Refusal),
    /// It is done.
    Done {
        /// The data afterwards. What the store makes, sequences and timestamps, is null in new nodes.
        state: State,
        /// New nodes that are still there.
        created: BTreeSet<Handle>,
        /// Nodes of which a scalar or a list was written.
        touched: BTreeSet<Handle>,
        /// What it answers.
        result: Result,
    },
    /// The specification does not say.
    Unclear,
}

/// What a mutation answers.
#[derive(Debug)]
pub enum Result {
    /// A count.
    Count(usize),
    /// A node as it is afterwards.
    Node(Handle),
    /// The answer was read before the node was deleted.
    Deleted(Answer),
    /// The node went with a deletion of its own doing.
    Gone(Refusal),
}

impl Result {
    /// The answer, in the state that the store was left in.
    #[must_use]
    pub fn answer(&self, rules: &Rules<'_>, state: &State, selection: &[Selected]) -> Answer {
        match self {
            Result::Count(count) => Answer {
                data: json!({ "count": count }),
                failures: Vec::new(),
            },
            Result::Node(node) => read::node(rules, state, *node, selection),
            Result::Deleted(answer) => answer.clone(),
            Result::Gone(refusal) => Answer {
                data: json!(null),
                failures: vec![super::Failure {
                    path: vec![json!("r")],
                    refusal: Some(refusal.clone()),
                }],
            },
        }
    }
}

/// Runs a mutation on a copy of the state.
#[must_use]
pub fn write(
    rules: &Rules<'_>,
    state: &State,
    mutation: &Mutation,
    selection: &[Selected],
) -> Outcome {
    let mut writer = Writer {
        rules,
        state: state.clone(),
        created: BTreeSet::new(),
        touched: BTreeSet::new(),
        is_unclear: Cell::new(false),
    };
    let result = writer
        .check(mutation)
        .and_then(|()| writer.run(mutation, selection));
    match result {
        _ if writer.is_unclear.get() => Outcome::Unclear,
        Err(refusal) => Outcome::Refused(refusal),
        Ok(result) => {
            let exists = |node: &Handle| writer.state.nodes.contains_key(node);
            let created = writer.created.iter().copied().filter(exists).collect();
            let touched = writer.touched.iter().copied().filter(exists).collect();
            Outcome::Done {
                created,
                touched,
                state: writer.state,
                result,
            }
        }
    }
}

pub(super) struct Writer<'a> {
    pub(super) rules: &'a Rules<'a>,
    pub(super) state: State,
    created: BTreeSet<Handle>,
    touched: BTreeSet<Handle>,
    is_unclear: Cell<bool>,
}

type Done<T> = std::result::Result<T, Refusal>;

impl Writer<'_> {
    /// Remembers that nobody says what happens now. The refusal is not looked at.
    pub(super) fn unclear(&self) -> Refusal {
        self.is_unclear.set(true);
        Refusal::new(0, "")
    }

    fn run(&mut self, mutation: &Mutation, selection: &[Selected]) -> Done<Result> {
        match mutation {
            Mutation::Create(model, data) => Ok(Result::Node(self.create(*model, data, None)?)),
            Mutation::Update(model, key, data) => {
                let node = self.find(*model, key)?;
                self.update(node, data)?;
                Ok(self.updated(*model, key, node))
            }
            Mutation::Upsert(model, key, create, update) => match self.look(*model, key) {
                Some(node) => {
                    self.update(node, update)?;
                    Ok(self.updated(*model, key, node))
                }
                None => Ok(Result::Node(self.create(*model, create, None)?)),
            },
            Mutation::Delete(model, key) => {
                let node = self.find(*model, key)?;
                let answer = read::node(self.rules, &self.state, node, selection);
                self.delete(vec![node])?;
                Ok(Result::Deleted(answer))
            }
            Mutation::UpdateMany(model, filter, data) => {
                let nodes = self.matching(self.state.of(*model), filter.as_ref());
                self.update_many(*model, &nodes, data)?;
                Ok(Result::Count(nodes.len()))
            }
            Mutation::DeleteMany(model, filter) => {
                let nodes = self.matching(self.state.of(*model), filter.as_ref());
                let count = nodes.len();
                self.delete(nodes)?;
                Ok(Result::Count(count))
            }
        }
    }

    fn updated(&self, model: usize, key: &Key, node: Handle) -> Result {
        if self.state.nodes.contains_key(&node) {
            Result::Node(node)
        } else {
            Result::Gone(self.not_found(model, key))
        }
    }

    pub(super) fn matching(&self, nodes: Vec<Handle>, filter: Option<&Where>) -> Vec<Handle> {
        let holds = |node: &Handle| {
            filter.is_none_or(|filter| self.rules.holds(&self.state, *node, filter) == Some(true))
        };
        nodes.into_iter().filter(holds).collect()
    }

    /// The node of a selector, or error 3039.
    pub(super) fn find(&self, model: usize, key: &Key) -> Done<Handle> {
        let node = self.look(model, key);
        node.ok_or_else(|| self.not_found(model, key))
    }

    /// The node of a selector. Where the ids of new nodes are the store's to make, one of them may be meant.
    pub(super) fn look(&self, model: usize, key: &Key) -> Option<Handle> {
        let id = self.rules.schema.models[model].id;
        let node = self.state.find(self.rules, model, key);
        let by_id = key.0.iter().any(|(field, _)| *field == id);
        let is_unmade = |node: &Handle| {
            let node = self.state.nodes.get(node);
            node.is_some_and(|node| node.model == model && node.values[id].is_null())
        };
        if node.is_none() && by_id && self.created.iter().any(is_unmade) {
            self.is_unclear.set(true);
        }
        node
    }

    fn not_found(&self, model: usize, key: &Key) -> Refusal {
        let model = &self.rules.schema.models[model];
        let given = key.0.iter().find(|(_, value)| !value.is_null());
        let (field, value) = given.map_or(("", String::new()), |(field, value)| {
            (model.field(*field), value.shown())
        });
        Refusal::new(
            3039,
            format!(
                "No Node for the model {} with value {value} for {field} found.",
                model.name
            ),
        )
    }

    pub(super) fn create(
        &mut self,
        model: usize,
        data: &Data,
        from: Option<Through>,
    ) -> Done<Handle> {
        let mut values: Vec<Value> = self.rules.schema.models[model]
            .fields
            .iter()
            .map(|field| match &field.kind {
                FieldKind::Scalar(scalar) if scalar.arity == Arity::List => Value::List(Vec::new()),
                FieldKind::Scalar(scalar) => scalar.default.clone().unwrap_or(Value::Null),
                FieldKind::Relation(_) => Value::Null,
            })
            .collect();
        for (field, value) in &data.scalars {
            values[*field] = value.clone();
        }
        let id = self.rules.schema.models[model].id;
        if values[id].is_null() && self.rules.schema.scalar(model, id).ty != ScalarType::Int {
            // The store makes an id that nobody knows.
            return Err(self.unclear());
        }
        let given: Vec<(usize, Value)> = values.iter().cloned().enumerate().collect();
        self.check_unique(model, None, &given)?;
        let node = self.state.insert(Node { model, values });
        self.created.insert(node);
        if let Some(Through { parent, end }) = from {
            self.state.link(parent, node, end);
        }
        self.nested(node, data, true)?;
        Ok(node)
    }

    pub(super) fn update(&mut self, node: Handle, data: &Data) -> Done<()> {
        let model = self.state.nodes[&node].model;
        self.check_nulls(model, data)?;
        self.check_unique(model, Some(node), &data.scalars)?;
        self.assign(node, data);
        self.nested(node, data, false)
    }

    pub(super) fn update_many(&mut self, model: usize, nodes: &[Handle], data: &Data) -> Done<()> {
        if nodes.is_empty() && self.check_nulls(model, data).is_err() {
            return Err(self.unclear());
        }
        self.check_nulls(model, data)?;
        match nodes {
            [] => {}
            [node] => self.check_unique(model, Some(*node), &data.scalars)?,
            _ => {
                // The same value cannot belong to several nodes.
                self.refuse_taken(model, &data.scalars, |_, _| true)?;
            }
        }
        for &node in nodes {
            self.assign(node, data);
        }
        Ok(())
    }

    fn assign(&mut self, node: Handle, data: &Data) {
        if data.scalars.is_empty() {
            return;
        }
        self.touched.insert(node);
        if let Some(node) = self.state.nodes.get_mut(&node) {
            for (field, value) in &data.scalars {
                node.values[*field] = value.clone();
            }
        }
    }

    /// Error 3020 names the first field of the model.
    fn check_nulls(&self, model: usize, data: &Data) -> Done<()> {
        let nulls = data.scalars.iter().filter(|(field, value)| {
            value.is_null() && self.rules.schema.scalar(model, *field).arity == Arity::Required
        });
        let Some(field) = nulls.map(|(field, _)| *field).min() else {
            return Ok(());
        };
        let name = self.rules.schema.models[model].field(field);
        Err(Refusal::new(
            3020,
            format!(
                "You are trying to set a required field to null. If you are using GraphQL arguments, make sure that you specify a value for all arguments. Fieldname if known: {name}"
            ),
        ))
    }

    fn check_unique(
        &self,
        model: usize,
        but: Option<Handle>,
        values: &[(usize, Value)],
    ) -> Done<()> {
        let others = self.state.of(model);
        let taken = |field: usize, value: &Value| {
            others.iter().any(|&other| {
                Some(other) != but && self.rules.equal(self.state.value(other, field), value)
            })
        };
        self.refuse_taken(model, values, taken)
    }

    /// Error 3010, if there is a unique field whose value is taken.
    fn refuse_taken(
        &self,
        model: usize,
        values: &[(usize, Value)],
        taken: impl Fn(usize, &Value) -> bool,
    ) -> Done<()> {
        let model_of = &self.rules.schema.models[model];
        let is_unique = |field: usize| match &model_of.fields[field].kind {
            FieldKind::Scalar(scalar) => scalar.unique,
            FieldKind::Relation(_) => false,
        };
        let taken = values
            .iter()
            .filter(|(field, value)| is_unique(*field) && !value.is_null() && taken(*field, value))
            .map(|(field, _)| {
                let text = format!(
                    "A unique constraint would be violated on {}. Details: Field name = {}",
                    model_of.name,
                    model_of.field(*field)
                );
                (3010, text)
            });
        Refusal(taken.collect()).checked()
    }

    /// The mistakes that are found before anything runs, in branches that will not run too (api.md §4.1).
    fn check(&self, mutation: &Mutation) -> Done<()> {
        let mut mistakes = Refusal::default();
        match mutation {
            Mutation::Create(model, data) => self.check_create(*model, data, None, &mut mistakes),
            Mutation::Update(model, key, data) => {
                self.check_key(*model, key, &mut mistakes);
                self.check_nested(*model, data, &mut mistakes);
            }
            Mutation::Upsert(model, key, create, update) => {
                self.check_key(*model, key, &mut mistakes);
                self.check_create(*model, create, None, &mut mistakes);
                self.check_nested(*model, update, &mut mistakes);
            }
            Mutation::Delete(model, key) => self.check_key(*model, key, &mut mistakes),
            Mutation::UpdateMany(model, Some(filter), _)
            | Mutation::DeleteMany(model, Some(filter)) => {
                self.rules.mistake_in_filter(*model, filter)?;
            }
            Mutation::UpdateMany(_, None, _) | Mutation::DeleteMany(_, None) => {}
        }
        mistakes.checked()
    }

    fn check_key(&self, model: usize, key: &Key, mistakes: &mut Refusal) {
        let mistake = self.rules.mistake_in(model, key);
        mistakes
            .0
            .extend(mistake.into_iter().flat_map(|mistake| mistake.0));
    }

    /// `from` is the field that a nested create is free of.
    fn check_create(&self, model: usize, data: &Data, from: Option<usize>, mistakes: &mut Refusal) {
        let schema = self.rules.schema;
        let name = &schema.models[model].name;
        for (field, value) in &data.scalars {
            let scalar = schema.scalar(model, *field);
            if value.is_null() && scalar.arity == Arity::Required && scalar.default.is_some() {
                let field = schema.models[model].field(*field);
                let text =
                    format!("The input value null was not valid for field {field} of type {name}.");
                mistakes.0.push((3036, text));
            }
        }
        for (field, end) in schema.relation_fields(model) {
            let given = data.relations.iter().find(|(given, _)| *given == field);
            let is_given = given.is_some_and(|(_, nested)| !nested.is_empty());
            let is_required = schema.end(end).arity == Arity::Required && from != Some(field);
            if is_required && !is_given {
                let field = schema.models[model].field(field);
                let text = format!(
                    "The field '{field}' on type '{name}' is required. Performing this mutation would violate that constraint"
                );
                mistakes.0.push((3032, text));
            }
        }
        self.check_nested(model, data, mistakes);
    }

    fn check_nested(&self, model: usize, data: &Data, mistakes: &mut Refusal) {
        let schema = self.rules.schema;
        for (field, all) in &data.relations {
            let end = schema.relation(model, *field);
            let target = schema.target(end);
            let back = schema.end(end.opposite()).field;
            let check_key =
                |key: &Key, mistakes: &mut Refusal| self.check_key(target, key, mistakes);
            for nested in all {
                match nested {
                    Nested::Create(all) => {
                        for data in all {
                            self.check_create(target, data, back, mistakes);
                        }
                    }
                    Nested::Update(all) => {
                        for (key, data) in all {
                            key.iter().for_each(|key| check_key(key, mistakes));
                            self.check_nested(target, data, mistakes);
                        }
                    }
                    Nested::Upsert(all) => {
                        for (key, create, update) in all {
                            key.iter().for_each(|key| check_key(key, mistakes));
                            self.check_create(target, create, back, mistakes);
                            self.check_nested(target, update, mistakes);
                        }
                    }
                    Nested::Delete(all) | Nested::Disconnect(all) => {
                        all.iter()
                            .flatten()
                            .for_each(|key| check_key(key, mistakes));
                    }
                    Nested::Connect(all) | Nested::Set(all) => {
                        all.iter().for_each(|key| check_key(key, mistakes));
                    }
                    Nested::UpdateMany(_) | Nested::DeleteMany(_) => {}
                }
            }
        }
    }
}
