//! PostgreSQL's layout.

use prisma_connector::ConnectorError;
use prisma_datamodel::{Arity, Field, FieldId, IdStrategy, Model};

use super::{
    Change, Ddl, Inline, Links, Style, column_made, initial_value, list_table, nothing_made,
    quoted_date_time, table_made,
};
use crate::text::Text;

pub(crate) static POSTGRES: Style = Style {
    model,
    column,
    list,
    inline_link,
    link_table,
    date_time: quoted_date_time,
    boolean: |value| if value { "true" } else { "false" },
};

fn model(ddl: &Ddl<'_>, model: &Model, id: &Field) -> Result<Vec<Change>, ConnectorError> {
    let mut changes = Vec::new();
    let sequence = sequence(model, id);
    if let Some(sequence) = &sequence {
        // Prisma 1 never drops sequences: one of that name may be left over.
        let mut text = ddl.text();
        text.push("CREATE SEQUENCE IF NOT EXISTS ").table(sequence);
        let first = initial_value(id).unwrap_or(1);
        text.push(&format!(" START {first}"));
        changes.push(nothing_made(text));
    }
    let mut text = ddl.text();
    text.push("CREATE TABLE ").table(model.table()).push(" (");
    text.name(id.column()).push(" ");
    text.push(ddl.column_type(id.ty)?).push(" NOT NULL");
    if let Some(sequence) = &sequence {
        let mut name = ddl.text();
        name.table(sequence);
        text.push(" DEFAULT nextval(").literal(&name.into_string());
        text.push("::regclass)");
    }
    text.push(", PRIMARY KEY (").name(id.column()).push("))");
    changes.push(table_made(text, model.table()));
    Ok(changes)
}

/// The sequence that counts ids.
fn sequence(model: &Model, id: &Field) -> Option<String> {
    match &id.id {
        _ if !id.is_generated_by_database() => None,
        Some(IdStrategy::Sequence(Some(sequence))) => Some(sequence.name.clone()),
        _ => Some(format!("{}_{}_seq", model.table(), id.column())),
    }
}

fn column(ddl: &Ddl<'_>, field: &Field) -> Result<Vec<Change>, ConnectorError> {
    let (table, column) = (ddl.table_of(field), field.column());
    let mut text = alter(ddl, table);
    text.push("ADD COLUMN ").name(column).push(" ");
    text.push(ddl.column_type(field.ty)?).push(" NULL");
    let mut changes = vec![column_made(text, table, column)];
    if field.arity == Arity::Required {
        changes.push(ddl.fill(field));
        let mut text = alter(ddl, table);
        text.push("ALTER COLUMN ")
            .name(column)
            .push(" SET NOT NULL");
        changes.push(nothing_made(text));
    }
    if field.unique {
        let name = qualified_index(ddl, table, column, "_UNIQUE");
        changes.push(ddl.index("UNIQUE INDEX", &name, table, &[column]));
    }
    Ok(changes)
}

fn list(ddl: &Ddl<'_>, field: FieldId) -> Result<Vec<Change>, ConnectorError> {
    let table = list_table(ddl.datamodel, field);
    let field = &ddl.datamodel[field];
    let mut text = ddl.list_table(&table, field, "INT")?;
    text.push("), ");
    ddl.foreign_key(&mut text, "nodeId", field.model);
    text.push(")");
    Ok(vec![table_made(text, &table)])
}

fn inline_link(ddl: &Ddl<'_>, link: &Inline<'_>) -> Result<Vec<Change>, ConnectorError> {
    let (table, column) = (link.table, link.column);
    let mut text = alter(ddl, table);
    text.push("ADD COLUMN ").name(column).push(" ");
    text.push(ddl.id_type(link.target)?).push(" NULL ");
    ddl.references(&mut text, link.target);
    text.push(" ON DELETE SET NULL");
    // Prisma 1 makes no index; without one every relation in this direction scans the table.
    let name = qualified_index(ddl, table, column, "_INDEX");
    Ok(vec![
        column_made(text, table, column),
        ddl.index("INDEX", &name, table, &[column]),
    ])
}

fn link_table(ddl: &Ddl<'_>, links: &Links<'_>) -> Result<Vec<Change>, ConnectorError> {
    let unique = short(format!("{}_AB_unique", links.table));
    let second = short(format!("{}_B", links.table));
    ddl.link_table_and_indexes(links, &unique, &second)
}

fn alter<'a>(ddl: &'a Ddl<'_>, table: &str) -> Text<'a> {
    let mut text = ddl.text();
    text.push("ALTER TABLE ").table(table).push(" ");
    text
}

/// The name of an index on one column, which has its schema in it (deploy.md §2.4).
fn qualified_index(ddl: &Ddl<'_>, table: &str, column: &str, suffix: &str) -> String {
    let schema = ddl.namespace.container().unwrap_or_default();
    short(format!("{schema}.{table}.{column}.{suffix}"))
}

/// PostgreSQL cuts longer names, and cut names may be equal.
const LONGEST_NAME: usize = 63;

/// A name as it is, if it is short enough; else its start and a hash of the whole.
fn short(name: String) -> String {
    if name.len() <= LONGEST_NAME {
        return name;
    }
    let hash = format!("_{:016x}", xxhash_rust::xxh3::xxh3_64(name.as_bytes()));
    let mut start = LONGEST_NAME - hash.len();
    while !name.is_char_boundary(start) {
        start -= 1;
    }
    format!("{}{hash}", &name[..start])
}
