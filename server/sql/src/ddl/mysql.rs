//! The layout of MySQL and MariaDB.

use prisma_connector::ConnectorError;
use prisma_datamodel::{Arity, Field, FieldId, FieldType, Model, ScalarType};

use super::{
    Change, Ddl, Inline, Links, Style, column_made, index_made, initial_value, list_table,
    nothing_made, quoted_date_time, table_made,
};
use crate::text::Text;

pub(crate) static MYSQL: Style = Style {
    model,
    column,
    list,
    inline_link,
    link_table,
    date_time: quoted_date_time,
    boolean: |value| if value { "true" } else { "false" },
};

/// Behind every table.
const CHARSET: &str = " DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci";

fn model(ddl: &Ddl<'_>, model: &Model, id: &Field) -> Result<Vec<Change>, ConnectorError> {
    let mut text = ddl.text();
    text.push("CREATE TABLE ").table(model.table()).push(" (");
    text.name(id.column()).push(" ");
    text.push(ddl.column_type(id.ty)?).push(" NOT NULL");
    if id.is_generated_by_database() {
        text.push(" AUTO_INCREMENT");
    }
    text.push(", PRIMARY KEY (").name(id.column()).push("))");
    if let Some(first) = initial_value(id) {
        text.push(&format!(" AUTO_INCREMENT={first}"));
    }
    text.push(CHARSET);
    Ok(vec![table_made(text, model.table())])
}

fn column(ddl: &Ddl<'_>, field: &Field) -> Result<Vec<Change>, ConnectorError> {
    let (table, column) = (ddl.table_of(field), field.column());
    let ty = ddl.column_type(field.ty)?;
    let mut text = alter(ddl, table);
    text.push("ADD COLUMN ").name(column).push(" ");
    text.push(ty).push(" NULL, ALGORITHM = INPLACE");
    let mut changes = vec![column_made(text, table, column)];
    if field.arity == Arity::Required {
        changes.push(ddl.fill(field));
        let mut text = alter(ddl, table);
        text.push("CHANGE COLUMN ").name(column).push(" ");
        text.name(column).push(" ").push(ty).push(" NOT NULL");
        changes.push(nothing_made(text));
    }
    if field.unique {
        let name = format!("{column}_UNIQUE");
        let mut text = alter(ddl, table);
        text.push("ADD UNIQUE INDEX ").name(&name).push("(");
        indexed(&mut text, column, field.ty);
        text.push(")");
        changes.push(index_made(text, table, &name));
    }
    Ok(changes)
}

fn list(ddl: &Ddl<'_>, field: FieldId) -> Result<Vec<Change>, ConnectorError> {
    let table = list_table(ddl.datamodel, field);
    let field = &ddl.datamodel[field];
    let mut text = ddl.list_table(&table, field, "INT(4)")?;
    text.push("), INDEX ");
    text.name("value").push(" (");
    indexed(&mut text, "value", field.ty);
    text.push("), ");
    ddl.foreign_key(&mut text, "nodeId", field.model);
    text.push(" ON DELETE CASCADE)").push(CHARSET);
    Ok(vec![table_made(text, &table)])
}

/// The database makes an index for the foreign key.
fn inline_link(ddl: &Ddl<'_>, link: &Inline<'_>) -> Result<Vec<Change>, ConnectorError> {
    let mut text = alter(ddl, link.table);
    text.push("ADD COLUMN ").name(link.column).push(" ");
    text.push(ddl.id_type(link.target)?).push(" NULL, ADD ");
    ddl.foreign_key(&mut text, link.column, link.target);
    text.push(" ON DELETE SET NULL");
    Ok(vec![column_made(text, link.table, link.column)])
}

fn link_table(ddl: &Ddl<'_>, links: &Links<'_>) -> Result<Vec<Change>, ConnectorError> {
    let mut text = ddl.text();
    text.push("CREATE TABLE ").table(links.table).push(" (");
    if let Some(id) = links.id {
        let ty = ddl.column_type(FieldType::Scalar(ScalarType::Id))?;
        text.name(id).push(" ").push(ty);
        text.push(" NOT NULL PRIMARY KEY, ");
    }
    for (column, model) in links.columns {
        text.name(column).push(" ");
        text.push(ddl.id_type(model)?).push(" NOT NULL, ");
    }
    let [(a, _), (b, _)] = links.columns;
    // The name of the relation, not that of the table.
    let unique = format!("{}_AB_unique", links.relation.name);
    text.push("UNIQUE INDEX ").name(&unique).push(" (");
    text.name(a).push(" ASC, ").name(b).push(" ASC), INDEX ");
    text.name(b).push(" (").name(b).push(" ASC), ");
    text.separated(", ", links.columns, |text, (column, model)| {
        ddl.foreign_key(text, column, model);
        text.push(" ON DELETE CASCADE");
    });
    text.push(")").push(CHARSET);
    Ok(vec![table_made(text, links.table)])
}

fn alter<'a>(ddl: &'a Ddl<'_>, table: &str) -> Text<'a> {
    let mut text = ddl.text();
    text.push("ALTER TABLE ").table(table).push(" ");
    text
}

/// A column in an index: of long texts only the start, as long keys are refused (deploy.md §2.2).
fn indexed(text: &mut Text<'_>, column: &str, ty: FieldType) {
    text.name(column);
    if let FieldType::Scalar(ScalarType::String | ScalarType::Json) = ty {
        text.push("(191)");
    }
    text.push(" ASC");
}
