//! SQLite's layout. Index names are global in a file, so they contain their table.

use prisma_connector::ConnectorError;
use prisma_datamodel::{Arity, Field, FieldId, Model};

use super::{
    Change, Ddl, Inline, Links, Style, column_made, initial_value, list_table, nothing_made,
    table_made,
};

pub(crate) static SQLITE: Style = Style {
    model,
    column,
    list,
    inline_link,
    link_table,
    date_time: |text, ms| {
        text.push(&ms.to_string());
    },
    boolean: |value| if value { "1" } else { "0" },
};

fn model(ddl: &Ddl<'_>, model: &Model, id: &Field) -> Result<Vec<Change>, ConnectorError> {
    let mut text = ddl.text();
    text.push("CREATE TABLE ").table(model.table()).push(" (");
    text.name(id.column()).push(" ");
    if id.is_generated_by_database() {
        text.push("INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT");
    } else {
        text.push(ddl.column_type(id.ty)?);
        text.push(" NOT NULL, PRIMARY KEY (").name(id.column());
        text.push(")");
    }
    text.push(")");
    let mut changes = vec![table_made(text, model.table())];
    // Lets the counter of a new table start where its sequence says.
    if let Some(last) = initial_value(id).map(|first| i64::from(first) - 1)
        && last != 0
    {
        let mut text = ddl.text();
        text.push("INSERT INTO sqlite_sequence (name, seq) SELECT ");
        text.literal(model.table()).push(&format!(", {last}"));
        text.push(" WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ");
        text.literal(model.table()).push(")");
        changes.push(nothing_made(text));
    }
    Ok(changes)
}

/// SQLite cannot make a column required afterwards; a constant default lets it be so from the start.
fn column(ddl: &Ddl<'_>, field: &Field) -> Result<Vec<Change>, ConnectorError> {
    let (table, column) = (ddl.table_of(field), field.column());
    let mut text = ddl.text();
    text.push("ALTER TABLE ").table(table);
    text.push(" ADD COLUMN ").name(column).push(" ");
    text.push(ddl.column_type(field.ty)?);
    if field.arity == Arity::Required {
        text.push(" NOT NULL DEFAULT ");
        ddl.migration_value(&mut text, field);
    } else {
        text.push(" NULL");
    }
    let mut changes = vec![column_made(text, table, column)];
    if field.unique {
        let name = format!("{table}.{column}._UNIQUE");
        changes.push(ddl.index("UNIQUE INDEX", &name, table, &[column]));
    }
    Ok(changes)
}

fn list(ddl: &Ddl<'_>, field: FieldId) -> Result<Vec<Change>, ConnectorError> {
    let table = list_table(ddl.datamodel, field);
    let field = &ddl.datamodel[field];
    let mut text = ddl.list_table(&table, field, "INT(4)")?;
    text.push("), ");
    ddl.foreign_key(&mut text, "nodeId", field.model);
    text.push(" ON DELETE CASCADE)");
    let name = format!("{table}.value_Index");
    Ok(vec![
        table_made(text, &table),
        ddl.index("INDEX", &name, &table, &["value"]),
    ])
}

fn inline_link(ddl: &Ddl<'_>, link: &Inline<'_>) -> Result<Vec<Change>, ConnectorError> {
    let (table, column) = (link.table, link.column);
    let mut text = ddl.text();
    text.push("ALTER TABLE ").table(table);
    text.push(" ADD COLUMN ").name(column).push(" ");
    text.push(ddl.id_type(link.target)?).push(" NULL ");
    ddl.references(&mut text, link.target);
    text.push(" ON DELETE SET NULL");
    let name = format!("{table}.{column}._INDEX");
    Ok(vec![
        column_made(text, table, column),
        ddl.index("INDEX", &name, table, &[column]),
    ])
}

fn link_table(ddl: &Ddl<'_>, links: &Links<'_>) -> Result<Vec<Change>, ConnectorError> {
    let unique = format!("{}_AB_unique", links.table);
    let second = format!("{}_B", links.table);
    ddl.link_table_and_indexes(links, &unique, &second)
}
