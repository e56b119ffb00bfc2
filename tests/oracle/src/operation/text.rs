//! Operations as GraphQL.

use super::{Condition, Data, Key, Mutation, Nested, Operation, Page, Query, Selected, Where};
use crate::{
    schema::{Arity, FieldKind, Schema},
    value::Value,
};

/// The request of an operation; its one root field is called `r`. Partitions and pages make theirs of queries.
#[must_use]
pub fn request(schema: &Schema, operation: &Operation) -> String {
    let mut text = Text::new(schema);
    match operation {
        Operation::Query(query) => text.query(query),
        Operation::Mutation(mutation, selection) => text.mutation(mutation, selection),
        Operation::Partition(model, filter) => {
            let page = |filter| Page {
                filter: Some(filter),
                ..Page::default()
            };
            let not = Where(vec![Condition::Not(vec![filter.clone()])]);
            text.count("t", *model, &page(filter.clone()));
            text.count("f", *model, &page(not));
            text.count("all", *model, &Page::default());
        }
        Operation::Pages(pages) => {
            let page = Page {
                filter: pages.filter.clone(),
                order: pages.order,
                ..Page::default()
            };
            let id = schema.models[pages.model].id;
            text.query(&Query::Many(pages.model, page, vec![Selected::Scalar(id)]));
        }
    }
    let keyword = match operation {
        Operation::Mutation(..) => "mutation",
        _ => "",
    };
    format!("{keyword}{{{}}}", text.text)
}

/// The request for everything there is: of each model the scalars alone as `l0`, all fields as `d0`, and so on.
#[must_use]
pub fn dump(schema: &Schema) -> String {
    let mut text = Text::new(schema);
    for (index, model) in schema.models.iter().enumerate() {
        let scalars: Vec<Selected> = schema
            .scalars(index)
            .map(|(field, ..)| Selected::Scalar(field))
            .collect();
        text.push(&format!("l{index}:{}", model.many()));
        text.selection(index, &scalars);
        text.push(&format!("d{index}:{}", model.many()));
        text.selection(index, &everything(schema, index));
    }
    format!("{{{}}}", text.text)
}

/// All fields of a model; of related nodes the ids.
pub(crate) fn everything(schema: &Schema, model: usize) -> Vec<Selected> {
    let fields = schema.models[model].fields.iter().enumerate();
    fields
        .map(|(index, field)| match field.kind {
            FieldKind::Scalar(_) => Selected::Scalar(index),
            FieldKind::Relation(end) => {
                let ids = vec![Selected::Scalar(schema.models[schema.target(end)].id)];
                match schema.end(end).arity {
                    Arity::List => Selected::Many(index, Page::default(), ids),
                    Arity::Required | Arity::Optional => Selected::One(index, ids),
                }
            }
        })
        .collect()
}

struct Text<'a> {
    schema: &'a Schema,
    text: String,
}

impl<'a> Text<'a> {
    fn new(schema: &'a Schema) -> Self {
        Self {
            schema,
            text: String::new(),
        }
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Writes elements with commas between them.
    fn all<T>(&mut self, items: &[T], mut write: impl FnMut(&mut Self, &T)) {
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.push(",");
            }
            write(self, item);
        }
    }

    fn list<T>(&mut self, items: &[T], write: impl FnMut(&mut Self, &T)) {
        self.push("[");
        self.all(items, write);
        self.push("]");
    }

    fn query(&mut self, query: &Query) {
        match query {
            Query::One(model, key, selection) => {
                let name = self.schema.models[*model].one();
                self.push(&format!("r:{name}(where:"));
                self.key(*model, key);
                self.push(")");
                self.selection(*model, selection);
            }
            Query::Many(model, page, selection) => {
                let name = self.schema.models[*model].many();
                self.push(&format!("r:{name}"));
                self.page(*model, page);
                self.selection(*model, selection);
            }
            Query::Connection(model, page, None) => self.count("r", *model, page),
            Query::Connection(model, page, Some(selection)) => {
                let name = self.schema.models[*model].many();
                self.push(&format!("r:{name}Connection"));
                self.page(*model, page);
                self.push("{edges{node");
                self.selection(*model, selection);
                self.push(
                    " cursor}pageInfo{hasNextPage hasPreviousPage startCursor endCursor}aggregate{count}}",
                );
            }
        }
    }

    fn count(&mut self, alias: &str, model: usize, page: &Page) {
        let name = self.schema.models[model].many();
        self.push(&format!("{alias}:{name}Connection"));
        self.page(model, page);
        self.push("{aggregate{count}}");
    }

    fn selection(&mut self, model: usize, selection: &[Selected]) {
        self.push("{");
        for selected in selection {
            self.push(" ");
            self.selected(model, selected);
        }
        self.push("}");
    }

    fn selected(&mut self, model: usize, selected: &Selected) {
        let schema = self.schema;
        let (Selected::Scalar(field) | Selected::One(field, _) | Selected::Many(field, ..)) =
            *selected;
        self.push(schema.models[model].field(field));
        match selected {
            Selected::Scalar(_) => {}
            Selected::One(field, selection) => {
                let target = schema.target(schema.relation(model, *field));
                self.selection(target, selection);
            }
            Selected::Many(field, page, selection) => {
                let target = schema.target(schema.relation(model, *field));
                self.page(target, page);
                self.selection(target, selection);
            }
        }
    }

    fn page(&mut self, model: usize, page: &Page) {
        let start = self.text.len();
        if let Some(filter) = &page.filter {
            self.push(",where:");
            self.filter(model, filter);
        }
        if let Some((field, descends)) = page.order {
            let name = self.schema.models[model].field(field);
            let direction = if descends { "DESC" } else { "ASC" };
            self.push(&format!(",orderBy:{name}_{direction}"));
        }
        for (name, number) in [
            ("skip", page.skip),
            ("first", page.first),
            ("last", page.last),
        ] {
            if let Some(number) = number {
                self.push(&format!(",{name}:{number}"));
            }
        }
        for (name, cursor) in [("after", &page.after), ("before", &page.before)] {
            if let Some(cursor) = cursor {
                // Cursors are texts, whatever the id is.
                self.push(&format!(",{name}:"));
                Value::Text(cursor.shown()).write_literal(&mut self.text);
            }
        }
        if self.text.len() > start {
            self.text.replace_range(start..=start, "(");
            self.push(")");
        }
    }

    fn filter(&mut self, model: usize, filter: &Where) {
        self.push("{");
        self.all(&filter.0, |text, condition| {
            text.condition(model, condition);
        });
        self.push("}");
    }

    fn condition(&mut self, model: usize, condition: &Condition) {
        let schema = self.schema;
        match condition {
            Condition::And(parts) => self.parts("AND", model, parts),
            Condition::Or(parts) => self.parts("OR", model, parts),
            Condition::Not(parts) => self.parts("NOT", model, parts),
            Condition::Scalar(field, comparison, value) => {
                let name = schema.models[model].field(*field);
                self.push(&format!("{name}{}:", comparison.suffix()));
                value.write_literal(&mut self.text);
            }
            Condition::Related(field, quantifier, filter) => {
                let name = schema.models[model].field(*field);
                self.push(&format!("{name}{}:", quantifier.suffix()));
                match filter {
                    Some(filter) => {
                        self.filter(schema.target(schema.relation(model, *field)), filter);
                    }
                    None => self.push("null"),
                }
            }
        }
    }

    fn parts(&mut self, name: &str, model: usize, parts: &[Where]) {
        self.push(&format!("{name}:"));
        self.list(parts, |text, part| text.filter(model, part));
    }

    fn key(&mut self, model: usize, key: &Key) {
        let schema = self.schema;
        self.push("{");
        self.all(&key.0, |text, (field, value)| {
            text.push(&format!("{}:", schema.models[model].field(*field)));
            value.write_literal(&mut text.text);
        });
        self.push("}");
    }

    fn mutation(&mut self, mutation: &Mutation, selection: &[Selected]) {
        let model = mutation.model();
        let name = &self.schema.models[model].name;
        let (verb, plural) = match mutation {
            Mutation::Create(..) => ("create", ""),
            Mutation::Update(..) => ("update", ""),
            Mutation::Upsert(..) => ("upsert", ""),
            Mutation::Delete(..) => ("delete", ""),
            Mutation::UpdateMany(..) => ("updateMany", "s"),
            Mutation::DeleteMany(..) => ("deleteMany", "s"),
        };
        self.push(&format!("r:{verb}{name}{plural}"));
        match mutation {
            Mutation::Create(_, data) => {
                self.push("(data:");
                self.data(model, data);
                self.push(")");
            }
            Mutation::Update(_, key, data) => {
                self.push("(where:");
                self.key(model, key);
                self.push(",data:");
                self.data(model, data);
                self.push(")");
            }
            Mutation::Upsert(_, key, create, update) => {
                self.push("(where:");
                self.key(model, key);
                self.push(",create:");
                self.data(model, create);
                self.push(",update:");
                self.data(model, update);
                self.push(")");
            }
            Mutation::Delete(_, key) => {
                self.push("(where:");
                self.key(model, key);
                self.push(")");
            }
            Mutation::UpdateMany(_, filter, data) => {
                self.push("(data:");
                self.data(model, data);
                if let Some(filter) = filter {
                    self.push(",where:");
                    self.filter(model, filter);
                }
                self.push(")");
            }
            Mutation::DeleteMany(_, Some(filter)) => {
                self.push("(where:");
                self.filter(model, filter);
                self.push(")");
            }
            Mutation::DeleteMany(_, None) => {}
        }
        if mutation.is_batch() {
            self.push("{count}");
        } else {
            self.selection(model, selection);
        }
    }

    fn data(&mut self, model: usize, data: &Data) {
        let schema = self.schema;
        self.push("{");
        self.all(&data.scalars, |text, (field, value)| {
            text.push(&format!("{}:", schema.models[model].field(*field)));
            match value {
                Value::List(_) => {
                    text.push("{set:");
                    value.write_literal(&mut text.text);
                    text.push("}");
                }
                _ => value.write_literal(&mut text.text),
            }
        });
        if !data.scalars.is_empty() {
            self.push(",");
        }
        self.all(&data.relations, |text, (field, nested)| {
            text.push(&format!("{}:{{", schema.models[model].field(*field)));
            let end = schema.relation(model, *field);
            let is_list = schema.end(end).arity == Arity::List;
            text.all(nested, |text, nested| {
                text.nested(schema.target(end), is_list, nested);
            });
            text.push("}");
        });
        self.push("}");
    }

    /// Operations on a list stand in brackets; those on one node stand alone.
    fn nested(&mut self, model: usize, is_list: bool, nested: &Nested) {
        self.push(nested.kind().1);
        self.push(if is_list { ":[" } else { ":" });
        match nested {
            Nested::Create(all) => self.all(all, |text, data| text.data(model, data)),
            Nested::Update(all) => self.all(all, |text, (key, data)| {
                text.at(model, key.as_ref(), &[("data", data)]);
            }),
            Nested::Upsert(all) => self.all(all, |text, (key, create, update)| {
                text.at(
                    model,
                    key.as_ref(),
                    &[("create", create), ("update", update)],
                );
            }),
            Nested::Delete(all) | Nested::Disconnect(all) => {
                self.all(all, |text, key| match key {
                    Some(key) => text.key(model, key),
                    None => text.push("true"),
                });
            }
            Nested::Connect(all) | Nested::Set(all) => {
                self.all(all, |text, key| text.key(model, key));
            }
            Nested::UpdateMany(all) => self.all(all, |text, (filter, data)| {
                text.push("{where:");
                text.filter(model, filter);
                text.push(",data:");
                text.data(model, data);
                text.push("}");
            }),
            Nested::DeleteMany(all) => self.all(all, |text, filter| text.filter(model, filter)),
        }
        if is_list {
            self.push("]");
        }
    }

    /// A selector with data; without a selector, a single `data` stands alone.
    fn at(&mut self, model: usize, key: Option<&Key>, parts: &[(&str, &Data)]) {
        if let (None, [("data", data)]) = (key, parts) {
            return self.data(model, data);
        }
        self.push("{");
        if let Some(key) = key {
            self.push("where:");
            self.key(model, key);
            self.push(",");
        }
        self.all(parts, |text, (name, data)| {
            text.push(&format!("{name}:"));
            text.data(model, data);
        });
        self.push("}");
    }
}
