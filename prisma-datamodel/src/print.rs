//! [`Datamodel`] to text: canonical v1.1, in the order of the declarations.

use std::fmt::Write as _;

use crate::{
    docs,
    infer::generated_name,
    model::{
        Arity, Datamodel, DefaultValue, Enum, Field, FieldId, FieldType, IdStrategy, Link, Managed,
        Model, ModelId, OnDelete, Relation, RelationEnd, RelationId, Side,
    },
    scalar::format_date_time,
    source::Span,
};

/// Prints a datamodel. Reading the text again gives an equal datamodel, apart from positions.
///
/// A datamodel of v1 is printed as v1.1: with its system fields written out, and a `@relationTable` type for each
/// of its relations.
#[must_use]
pub fn print(datamodel: &Datamodel) -> String {
    let printer = Printer {
        datamodel,
        relations: RelationTexts::new(datamodel),
    };
    let mut blocks: Vec<(Span, String)> = Vec::new();
    for (id, model) in datamodel.models() {
        blocks.push((model.span, printer.model(id, model)));
    }
    for item in &datamodel.enums {
        blocks.push((item.span, enumeration(item)));
    }
    blocks.sort_by_key(|(span, _)| *span);
    let tables = datamodel
        .relations()
        .filter_map(|(id, relation)| printer.relation_table(id, relation));
    blocks
        .into_iter()
        .map(|(_, text)| text)
        .chain(tables)
        .collect::<Vec<_>>()
        .join("\n")
}

/// What has to be written for each relation.
struct RelationTexts {
    /// True if the name has to be written.
    named: Vec<bool>,
    /// True if a `@relationTable` type has to be written.
    table: Vec<bool>,
}

impl RelationTexts {
    fn new(datamodel: &Datamodel) -> Self {
        let mut between = std::collections::HashMap::new();
        let models = |relation: &Relation| {
            let (a, b) = (relation.a.model, relation.b.model);
            [a.min(b), a.max(b)]
        };
        for relation in &datamodel.relations {
            *between.entry(models(relation)).or_insert(0) += 1;
        }
        let table: Vec<bool> = datamodel.relations.iter().map(needs_table_type).collect();
        let named = datamodel
            .relations
            .iter()
            .zip(&table)
            .map(|(relation, table)| {
                let (a, b) = (
                    &datamodel[relation.a.model].name,
                    &datamodel[relation.b.model].name,
                );
                let several = between
                    .get(&models(relation))
                    .is_some_and(|&count| count > 1);
                let both_of_one = relation.a.model == relation.b.model
                    && [&relation.a, &relation.b]
                        .iter()
                        .all(|end| !datamodel[end.field].hidden);
                *table || several || both_of_one || relation.name != generated_name(a, b)
            });
        Self {
            named: named.collect(),
            table,
        }
    }
}

/// True for tables that are not called and shaped as inference would have them.
fn needs_table_type(relation: &Relation) -> bool {
    match &relation.link {
        Link::Inline { .. } => false,
        Link::Table {
            table,
            column_a,
            column_b,
            id_column,
        } => {
            let default_name = table.strip_prefix('_') == Some(relation.name.as_str());
            !default_name || column_a != "A" || column_b != "B" || id_column.is_some()
        }
    }
}

struct Printer<'a> {
    datamodel: &'a Datamodel,
    relations: RelationTexts,
}

impl Printer<'_> {
    fn model(&self, id: ModelId, model: &Model) -> String {
        let mut text = model
            .docs
            .as_deref()
            .map(|it| docs::description(it, ""))
            .unwrap_or_default();
        text.push_str("type ");
        text.push_str(&model.name);
        push_named(&mut text, "db", "name", model.db_name.as_deref());
        push_named(
            &mut text,
            "rename",
            "oldName",
            model.renamed_from.as_deref(),
        );
        text.push_str(" {\n");
        for (id, field) in self.datamodel.fields_of(id) {
            if !(field.hidden && field.relation().is_some()) {
                text.push_str(&self.field(id, field));
            }
        }
        text.push_str("}\n");
        text
    }

    fn field(&self, id: FieldId, field: &Field) -> String {
        let mut text = field
            .docs
            .as_deref()
            .map(|it| docs::description(it, "  "))
            .unwrap_or_default();
        let _ = write!(text, "  {}: {}", field.name, self.type_text(id, field));
        match &field.id {
            Some(IdStrategy::Auto) => text.push_str(" @id"),
            Some(IdStrategy::None) => text.push_str(" @id(strategy: NONE)"),
            Some(IdStrategy::Sequence(sequence)) => {
                text.push_str(" @id(strategy: SEQUENCE)");
                if let Some(sequence) = sequence {
                    let _ = write!(
                        text,
                        " @sequence(name: {}, initialValue: {}, allocationSize: {})",
                        docs::string(&sequence.name),
                        sequence.initial_value,
                        sequence.allocation_size
                    );
                }
            }
            None if field.unique => text.push_str(" @unique"),
            None => {}
        }
        match field.managed {
            Some(Managed::CreatedAt) => text.push_str(" @createdAt"),
            Some(Managed::UpdatedAt) => text.push_str(" @updatedAt"),
            None => {}
        }
        if let Some(default) = &field.default {
            let _ = write!(text, " @default(value: {})", literal(default));
        }
        if field.is_scalar_list() {
            text.push_str(" @scalarList(strategy: RELATION)");
        }
        if let FieldType::Relation(relation, side) = field.ty {
            text.push_str(&self.relation(relation, side));
        }
        push_named(&mut text, "db", "name", field.db_name.as_deref());
        push_named(
            &mut text,
            "rename",
            "oldName",
            field.renamed_from.as_deref(),
        );
        text.push('\n');
        text
    }

    fn type_text(&self, id: FieldId, field: &Field) -> String {
        let name = match field.ty {
            FieldType::Scalar(scalar) => scalar.name(),
            FieldType::Enum(id) => &self.datamodel[id].name,
            FieldType::Relation(..) => self
                .datamodel
                .related_model(id)
                .map_or("", |model| &self.datamodel[model].name),
        };
        match (field.arity, field.relation()) {
            (Arity::Required, _) => format!("{name}!"),
            (Arity::Optional, _) => name.to_owned(),
            // Inside, the API never has nulls; for scalars the outside is never null either.
            (Arity::List, None) => format!("[{name}!]!"),
            (Arity::List, Some(_)) => format!("[{name}!]"),
        }
    }

    /// `@relation(…)` for one field, empty where inference needs no help.
    fn relation(&self, id: RelationId, side: Side) -> String {
        let relation = &self.datamodel[id];
        let mut arguments = Vec::new();
        if self
            .relations
            .named
            .get(id.index())
            .is_some_and(|named| *named)
        {
            arguments.push(format!("name: {}", docs::string(&relation.name)));
        }
        match &relation.link {
            Link::Inline { side: at, .. } if self.has_directive(relation, *at) == Some(side) => {
                arguments.push("link: INLINE".to_owned());
            }
            Link::Table { .. } if self.says_table(relation) == Some(side) => {
                arguments.push("link: TABLE".to_owned());
            }
            _ => {}
        }
        if relation.end(side).on_delete == OnDelete::Cascade {
            arguments.push("onDelete: CASCADE".to_owned());
        }
        if let Some(old) = relation
            .renamed_from
            .as_deref()
            .filter(|_| self.first(relation) == side)
        {
            arguments.push(format!("oldName: {}", docs::string(old)));
        }
        if arguments.is_empty() {
            return String::new();
        }
        format!(" @relation({})", arguments.join(", "))
    }

    /// The side whose field must say `link: INLINE`: only one-to-one relations with both fields need it.
    fn has_directive(&self, relation: &Relation, side: Side) -> Option<Side> {
        if !self.is_one_to_one(relation) {
            return None;
        }
        let Link::Inline { column, .. } = &relation.link else {
            return None;
        };
        // A self relation is stored on side B whichever field carries the directive; the column tells which.
        let carries = |side| self.datamodel[relation.end(side).field].column() == column;
        let is_self = relation.a.model == relation.b.model;
        Some(if is_self && !carries(side) {
            side.opposite()
        } else {
            side
        })
    }

    /// The side whose field must say `link: TABLE`, where that is not what inference would choose anyway.
    fn says_table(&self, relation: &Relation) -> Option<Side> {
        let has_type = needs_table_type(relation);
        let any_to_one = [&relation.a, &relation.b]
            .iter()
            .any(|end| self.is_to_one(end));
        let needed = if has_type {
            self.is_one_to_one(relation)
        } else {
            any_to_one
        };
        needed.then(|| self.first(relation))
    }

    fn is_one_to_one(&self, relation: &Relation) -> bool {
        self.is_to_one(&relation.a) && self.is_to_one(&relation.b)
    }

    fn is_to_one(&self, end: &RelationEnd) -> bool {
        let field = &self.datamodel[end.field];
        !field.hidden && field.arity != Arity::List
    }

    /// The side whose field stands first in the text.
    fn first(&self, relation: &Relation) -> Side {
        let place = |end: &RelationEnd| {
            let field = &self.datamodel[end.field];
            (field.hidden, field.span, end.field)
        };
        if place(&relation.a) <= place(&relation.b) {
            Side::A
        } else {
            Side::B
        }
    }

    /// The `@relationTable` type of a relation, if it needs one.
    fn relation_table(&self, id: RelationId, relation: &Relation) -> Option<String> {
        let Link::Table {
            table,
            column_a,
            column_b,
            id_column,
        } = &relation.link
        else {
            return None;
        };
        if !self
            .relations
            .table
            .get(id.index())
            .is_some_and(|needed| *needed)
        {
            return None;
        }
        let mut text = format!("type {} @relationTable", relation.name);
        if *table != relation.name {
            push_named(&mut text, "db", "name", Some(table));
        }
        text.push_str(" {\n");
        let mut column = |name: &str, column: &str, ty: &str, directive: &str| {
            let _ = write!(text, "  {name}: {ty}!{directive}");
            if name != column {
                push_named(&mut text, "db", "name", Some(column));
            }
            text.push('\n');
        };
        let (a, b) = (
            &self.datamodel[relation.a.model].name,
            &self.datamodel[relation.b.model].name,
        );
        if let Some(id) = id_column {
            column("id", id, "ID", " @id");
        }
        column("A", column_a, a, "");
        column("B", column_b, b, "");
        text.push_str("}\n");
        Some(text)
    }
}

fn enumeration(item: &Enum) -> String {
    let mut text = item
        .docs
        .as_deref()
        .map(|it| docs::description(it, ""))
        .unwrap_or_default();
    text.push_str("enum ");
    text.push_str(&item.name);
    push_named(&mut text, "rename", "oldName", item.renamed_from.as_deref());
    text.push_str(" {\n");
    for value in &item.values {
        let _ = writeln!(text, "  {value}");
    }
    text.push_str("}\n");
    text
}

fn push_named(text: &mut String, directive: &str, argument: &str, value: Option<&str>) {
    if let Some(value) = value {
        let _ = write!(text, " @{directive}({argument}: {})", docs::string(value));
    }
}

fn literal(default: &DefaultValue) -> String {
    match default {
        DefaultValue::String(text) | DefaultValue::Json(text) => docs::string(text),
        DefaultValue::Int(number) => number.to_string(),
        DefaultValue::Float(number) => format!("{number:?}"),
        DefaultValue::Boolean(flag) => flag.to_string(),
        DefaultValue::DateTime(ms) => {
            let mut text = String::new();
            // Writing to a string cannot fail.
            let _ = format_date_time(*ms, &mut text);
            docs::string(&text)
        }
        DefaultValue::Enum(word) => word.clone(),
        DefaultValue::Null => "\"null\"".to_owned(),
    }
}
