//! Read plans as indented text, with names for ids and values for slots.

use std::fmt::Write as _;

use prisma_connector::{
    AggregateRead, ConnectionRead, EdgeRead, Filter, Find, PageInfoRead, Read, ReadPlan, Selected,
    Slot, Value,
};
use prisma_datamodel::{Datamodel, FieldId};

pub(super) fn show(datamodel: &Datamodel, plan: &ReadPlan, values: &[Value]) -> String {
    let mut printer = Printer {
        datamodel,
        values,
        text: String::new(),
    };
    printer.plan(plan);
    printer.text
}

struct Printer<'a> {
    datamodel: &'a Datamodel,
    values: &'a [Value],
    text: String,
}

impl Printer<'_> {
    fn plan(&mut self, plan: &ReadPlan) {
        match plan {
            ReadPlan::One(one) => {
                let head = format!(
                    "one {} where {} = {}",
                    self.datamodel[one.model].name,
                    self.field(one.field),
                    self.value(one.value)
                );
                self.line(0, &head);
                self.select(1, &one.select);
            }
            ReadPlan::Many(find) => {
                let head = format!("many {}", self.find(find));
                self.line(0, &head);
                self.select(1, &find.select);
            }
            ReadPlan::Connection(connection) => {
                let head = format!("connection {}", self.find(&connection.find));
                self.line(0, &head);
                for part in &connection.parts {
                    self.connection_part(&part.key, &part.read);
                }
            }
            ReadPlan::Node(node) => {
                let head = format!("node {}", self.value(node.id));
                self.line(0, &head);
                for (model, select) in &node.candidates {
                    let name = format!("of {}", self.datamodel[*model].name);
                    self.line(1, &name);
                    self.select(2, select);
                }
            }
        }
    }

    fn connection_part(&mut self, key: &str, read: &ConnectionRead) {
        match read {
            ConnectionRead::Literal(json) => self.line(1, &format!("{key}: {json}")),
            ConnectionRead::PageInfo(parts) => {
                for (part, read) in parts {
                    let read = match read {
                        PageInfoRead::Literal(json) => json.to_string(),
                        other => format!("{other:?}"),
                    };
                    self.line(1, &format!("{key}.{part}: {read}"));
                }
            }
            ConnectionRead::Aggregate(parts) => {
                for (part, read) in parts {
                    let read = match read {
                        AggregateRead::Literal(json) => json.to_string(),
                        AggregateRead::Count => "Count".to_owned(),
                    };
                    self.line(1, &format!("{key}.{part}: {read}"));
                }
            }
            ConnectionRead::Edges(parts) => {
                for part in parts {
                    let key = format!("{key}.{}", part.key);
                    match &part.read {
                        EdgeRead::Literal(json) => self.line(1, &format!("{key}: {json}")),
                        EdgeRead::Cursor => self.line(1, &format!("{key}: Cursor")),
                        EdgeRead::Node(select) => {
                            self.line(1, &format!("{key}:"));
                            self.select(2, select);
                        }
                    }
                }
            }
        }
    }

    fn select(&mut self, depth: usize, select: &[Selected]) {
        for Selected { key, read, id } in select {
            let head = format!("{key} #{}", id.0);
            match read {
                Read::Literal(json) => self.line(depth, &format!("{head}: {json}")),
                Read::Scalar(field) => {
                    let name = self.field(*field).to_owned();
                    self.line(depth, &format!("{head}: {name}"));
                }
                Read::ScalarList(field) => {
                    let name = self.field(*field).to_owned();
                    self.line(depth, &format!("{head}: list {name}"));
                }
                Read::ToOne { field, select } => {
                    let name = self.field(*field).to_owned();
                    self.line(depth, &format!("{head}: to one {name}"));
                    self.select(depth + 1, select);
                }
                Read::ToMany { field, find } => {
                    let name = self.field(*field).to_owned();
                    let find_text = self.find(find);
                    self.line(depth, &format!("{head}: to many {name}: {find_text}"));
                    self.select(depth + 1, &find.select);
                }
                Read::Refused => self.line(depth, &format!("{head}: refused")),
            }
        }
    }

    fn find(&self, find: &Find) -> String {
        let mut text = self.datamodel[find.model].name.clone();
        if find.filter != Filter::TRUE {
            write!(text, " where {}", self.filter(&find.filter)).unwrap();
        }
        if let Some(order) = find.order {
            let direction = if order.descending { "down" } else { "up" };
            write!(text, " by {} {direction}", self.field(order.field)).unwrap();
        }
        let page = find.page;
        for (name, slot) in [
            ("skip", page.skip),
            ("first", page.first),
            ("last", page.last),
            ("after", page.after),
            ("before", page.before),
        ] {
            if let Some(slot) = slot {
                write!(text, " {name} {}", self.value(slot)).unwrap();
            }
        }
        text
    }

    fn filter(&self, filter: &Filter) -> String {
        let all = |parts: &[Filter]| {
            let parts: Vec<String> = parts.iter().map(|part| self.filter(part)).collect();
            parts.join(", ")
        };
        match filter {
            Filter::And(parts) => format!("and({})", all(parts)),
            Filter::Or(parts) => format!("or({})", all(parts)),
            Filter::Not(inner) => format!("not({})", self.filter(inner)),
            Filter::Null(field) => format!("{} null", self.field(*field)),
            Filter::Scalar {
                field,
                comparison,
                value,
            } => format!(
                "{} {comparison:?} {}",
                self.field(*field),
                self.value(*value)
            ),
            Filter::Related {
                field,
                quantifier,
                filter,
            } => format!(
                "{quantifier:?} {} ({})",
                self.field(*field),
                self.filter(filter)
            ),
        }
    }

    fn field(&self, field: FieldId) -> &str {
        &self.datamodel[field].name
    }

    fn value(&self, slot: Slot) -> String {
        format!("${}={:?}", slot.0, self.values[usize::from(slot.0)])
    }

    fn line(&mut self, depth: usize, line: &str) {
        writeln!(self.text, "{:1$}{line}", "", depth * 2).unwrap();
    }
}
