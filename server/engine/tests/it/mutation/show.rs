//! Writes as indented text: names for ids, `<id 1>` for made-up ids by order of appearance, `<now>` for the clock.

use std::fmt::Write as _;

use prisma_connector::{
    Assign, AssignList, Condition, Create, Filter, Key, Nested, NestedWrite, Slot, Update, Value,
    Write,
};
use prisma_datamodel::{Datamodel, FieldId, ModelId};

pub(super) fn show(datamodel: &Datamodel, write: &Write) -> String {
    let mut printer = Printer {
        datamodel,
        ids: Vec::new(),
        text: String::new(),
    };
    printer.write(write);
    printer.text
}

struct Printer<'a> {
    datamodel: &'a Datamodel,
    ids: Vec<String>,
    text: String,
}

impl Printer<'_> {
    fn write(&mut self, write: &Write) {
        match write {
            Write::Create(create) => self.create(0, "create", create),
            Write::Update { at, update } => {
                let key = self.key(at);
                self.update(0, &format!("update {}.{key}", self.model_of(at)), update);
            }
            Write::Upsert { at, create, update } => {
                let key = self.key(at);
                self.line(0, &format!("upsert {}.{key}", self.model_of(at)));
                self.create(1, "create", create);
                self.update(1, "update", update);
            }
            Write::Delete { at } => {
                let key = self.key(at);
                self.line(0, &format!("delete {}.{key}", self.model_of(at)));
            }
            Write::UpdateMany {
                model,
                condition,
                update,
            } => {
                let condition = self.condition(condition);
                let name = self.model(*model);
                self.update(0, &format!("updateMany {name} where {condition}"), update);
            }
            Write::DeleteMany { model, condition } => {
                let condition = self.condition(condition);
                let name = self.model(*model);
                self.line(0, &format!("deleteMany {name} where {condition}"));
            }
        }
    }

    fn create(&mut self, depth: usize, verb: &str, create: &Create) {
        let id = match &create.id {
            Some(id) => self.value(id),
            None => "made by the database".to_owned(),
        };
        let name = self.model(create.model);
        self.line(depth, &format!("{verb} {name} {id}"));
        self.parts(depth + 1, &create.set, &create.lists, &create.nested);
    }

    fn update(&mut self, depth: usize, head: &str, update: &Update) {
        self.line(depth, head);
        self.parts(depth + 1, &update.set, &update.lists, &update.nested);
    }

    fn parts(&mut self, depth: usize, set: &[Assign], lists: &[AssignList], nested: &[Nested]) {
        for assign in set {
            let value = self.value(&assign.value);
            let name = self.field(assign.field);
            self.line(depth, &format!("{name} = {value}"));
        }
        for list in lists {
            let values = self.values(&list.values);
            let name = self.field(list.field);
            self.line(depth, &format!("{name} = {values}"));
        }
        for nested in nested {
            self.nested(depth, nested);
        }
    }

    fn nested(&mut self, depth: usize, nested: &Nested) {
        let field = self.field(nested.field);
        match &nested.write {
            NestedWrite::Create(create) => self.create(depth, &format!("{field}: create"), create),
            NestedWrite::Update { at, update } => {
                let at = self.at(at.as_ref());
                self.update(depth, &format!("{field}: update{at}"), update);
            }
            NestedWrite::Upsert { at, create, update } => {
                let at = self.at(at.as_ref());
                self.line(depth, &format!("{field}: upsert{at}"));
                self.create(depth + 1, "create", create);
                self.update(depth + 1, "update", update);
            }
            NestedWrite::Delete { at } => {
                let at = self.at(at.as_ref());
                self.line(depth, &format!("{field}: delete{at}"));
            }
            NestedWrite::Connect(key) => {
                let key = self.key(key);
                self.line(depth, &format!("{field}: connect {key}"));
            }
            NestedWrite::Set(keys) => {
                let keys: Vec<String> = keys.iter().map(|key| self.key(key)).collect();
                self.line(depth, &format!("{field}: set [{}]", keys.join(", ")));
            }
            NestedWrite::Disconnect { at } => {
                let at = self.at(at.as_ref());
                self.line(depth, &format!("{field}: disconnect{at}"));
            }
            NestedWrite::UpdateMany { condition, update } => {
                let condition = self.condition(condition);
                self.update(
                    depth,
                    &format!("{field}: updateMany where {condition}"),
                    update,
                );
            }
            NestedWrite::DeleteMany { condition } => {
                let condition = self.condition(condition);
                self.line(depth, &format!("{field}: deleteMany where {condition}"));
            }
        }
    }

    fn at(&mut self, key: Option<&Key>) -> String {
        key.map_or_else(String::new, |key| format!(" {}", self.key(key)))
    }

    fn key(&mut self, key: &Key) -> String {
        format!("{}({})", self.field(key.field), self.value(&key.value))
    }

    fn condition(&mut self, condition: &Condition) -> String {
        let values: Vec<String> = condition
            .values
            .iter()
            .map(|value| self.value(value))
            .collect();
        self.filter(&condition.filter, &values)
    }

    fn filter(&self, filter: &Filter, values: &[String]) -> String {
        let all = |parts: &[Filter]| {
            let parts: Vec<String> = parts.iter().map(|part| self.filter(part, values)).collect();
            parts.join(", ")
        };
        match filter {
            Filter::And(parts) => format!("and({})", all(parts)),
            Filter::Or(parts) => format!("or({})", all(parts)),
            Filter::Not(inner) => format!("not({})", self.filter(inner, values)),
            Filter::Null(field) => format!("{} Null", self.field(*field)),
            Filter::Scalar {
                field,
                comparison,
                value: Slot(slot),
            } => {
                let value = &values[usize::from(*slot)];
                format!("{} {comparison:?} {value}", self.field(*field))
            }
            Filter::Related {
                field,
                quantifier,
                filter,
            } => {
                let inner = self.filter(filter, values);
                format!("{quantifier:?} {} ({inner})", self.field(*field))
            }
        }
    }

    fn value(&mut self, value: &Value) -> String {
        match value {
            Value::Text(text) if is_cuid(text) => self.made_up(text.clone()),
            Value::Uuid(bytes) if bytes[6] >> 4 == 4 => {
                self.made_up(format!("{:032x}", u128::from_be_bytes(*bytes)))
            }
            Value::DateTime(ms) if *ms > 1_700_000_000_000 => "<now>".to_owned(),
            Value::Null => "null".to_owned(),
            Value::Bool(flag) => flag.to_string(),
            Value::Int(number) => number.to_string(),
            Value::Float(number) => format!("{number:?}"),
            Value::Text(text) => format!("{text:?}"),
            Value::DateTime(ms) => format!("{ms} ms"),
            Value::Uuid(bytes) => format!("{:032x}", u128::from_be_bytes(*bytes)),
            Value::Json(text) | Value::Enum(text) => text.clone(),
            Value::List(values) => self.values(values),
        }
    }

    fn values(&mut self, values: &[Value]) -> String {
        let values: Vec<String> = values.iter().map(|value| self.value(value)).collect();
        format!("[{}]", values.join(", "))
    }

    fn made_up(&mut self, id: String) -> String {
        let known = self.ids.iter().position(|known| *known == id);
        let index = known.unwrap_or_else(|| {
            self.ids.push(id);
            self.ids.len() - 1
        });
        format!("<id {}>", index + 1)
    }

    fn model(&self, model: ModelId) -> String {
        self.datamodel[model].name.clone()
    }

    fn model_of(&self, key: &Key) -> String {
        self.model(self.datamodel[key.field].model)
    }

    fn field(&self, field: FieldId) -> String {
        self.datamodel[field].name.clone()
    }

    fn line(&mut self, depth: usize, text: &str) {
        writeln!(self.text, "{:indent$}{text}", "", indent = 2 * depth).unwrap();
    }
}

fn is_cuid(text: &str) -> bool {
    text.len() == 25
        && text.starts_with('c')
        && text
            .bytes()
            .all(|b| b.is_ascii_digit() || b.is_ascii_lowercase())
}
