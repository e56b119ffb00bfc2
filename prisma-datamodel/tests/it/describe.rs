//! A datamodel as short text: what inference made of it.

use std::fmt::Write as _;

use prisma_datamodel::{
    Datamodel, Field, FieldType, Link, OnDelete, Relation, RelationEnd, Side, Span,
};

pub(crate) fn describe(datamodel: &Datamodel) -> String {
    let mut out = format!("{:?}\n", datamodel.version);
    for (id, model) in datamodel.models() {
        let _ = writeln!(out, "{} (table {})", model.name, model.table());
        for (field_id, field) in datamodel.fields_of(id) {
            let id = if field_id == model.id { " = id" } else { "" };
            let _ = writeln!(out, "  {}{id}{}", field.name, flags(datamodel, field));
        }
    }
    for relation in &datamodel.relations {
        let _ = writeln!(out, "{}", describe_relation(datamodel, relation));
    }
    for item in &datamodel.enums {
        let _ = writeln!(out, "enum {} {:?}", item.name, item.values);
    }
    out
}

fn flags(datamodel: &Datamodel, field: &Field) -> String {
    let ty = match field.ty {
        FieldType::Scalar(scalar) => scalar.name().to_owned(),
        FieldType::Enum(id) => datamodel[id].name.clone(),
        FieldType::Relation(relation, side) => format!("{} {side:?}", datamodel[relation].name),
    };
    let mut text = format!(": {ty} {:?}", field.arity);
    if field.column() != field.name {
        let _ = write!(text, " column {:?}", field.column());
    }
    if field.unique {
        text.push_str(" unique");
    }
    if field.hidden {
        text.push_str(" hidden");
    }
    if let Some(id) = &field.id {
        let _ = write!(text, " {id:?}");
    }
    if let Some(managed) = &field.managed {
        let _ = write!(text, " {managed:?}");
    }
    if let Some(default) = &field.default {
        let _ = write!(text, " default {default:?}");
    }
    text
}

fn describe_relation(datamodel: &Datamodel, relation: &Relation) -> String {
    let end = |end: &RelationEnd| {
        let cascade = if end.on_delete == OnDelete::Cascade {
            " cascade"
        } else {
            ""
        };
        format!(
            "{}.{}{cascade}",
            datamodel[end.model].name, datamodel[end.field].name
        )
    };
    let link = match &relation.link {
        Link::Inline { side, column } => {
            let holder = if *side == Side::A {
                &relation.a
            } else {
                &relation.b
            };
            format!(
                "column {column:?} of {} (side {side:?})",
                datamodel[holder.model].table()
            )
        }
        Link::Table {
            table,
            column_a,
            column_b,
            id_column,
        } => {
            let id = id_column
                .as_deref()
                .map(|id| format!(", id {id:?}"))
                .unwrap_or_default();
            format!("table {table:?} ({column_a:?}, {column_b:?}{id})")
        }
    };
    format!(
        "relation {}: A {}, B {}: {link}",
        relation.name,
        end(&relation.a),
        end(&relation.b)
    )
}

/// The same without positions.
pub(crate) fn without_spans(mut datamodel: Datamodel) -> Datamodel {
    datamodel
        .models
        .iter_mut()
        .for_each(|model| model.span = Span::default());
    datamodel
        .fields
        .iter_mut()
        .for_each(|field| field.span = Span::default());
    datamodel
        .enums
        .iter_mut()
        .for_each(|item| item.span = Span::default());
    datamodel
}
