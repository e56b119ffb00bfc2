//! Questions about stored data as statements that answer one truth value.

use prisma_connector::{ConnectorError, Probe};
use prisma_datamodel::{Datamodel, FieldId, FieldType, Link, RelationId};

use crate::driver::Statement;
use crate::layout::{id_column, list_table};
use crate::link::{Path, hop};
use crate::namespace::Namespace;
use crate::text::Text;

/// The statement that answers a probe.
pub(super) fn statement(
    namespace: &Namespace,
    datamodel: &Datamodel,
    probe: Probe,
) -> Result<Statement, ConnectorError> {
    let mut text = Text::new(namespace);
    text.push("SELECT EXISTS (");
    match probe {
        Probe::HasNodes(model) => {
            text.push("SELECT 1 FROM ").table(datamodel[model].table());
        }
        Probe::HasLinks(relation) => has_links(&mut text, datamodel, relation),
        Probe::HasNulls(field) => {
            let (table, column) = column(datamodel, field)?;
            has_nulls(&mut text, table, column);
        }
        Probe::HasUnlinked(field) => has_unlinked(&mut text, datamodel, field)?,
        Probe::HasEnumValue(field, value) => has_enum_value(&mut text, datamodel, field, value)?,
        Probe::HasDuplicates(field) => {
            let (table, column) = column(datamodel, field)?;
            has_duplicates(&mut text, table, column);
        }
        Probe::HasSeveralLinks(field) => has_several_links(&mut text, datamodel, field)?,
    }
    text.push(")");
    Ok(text.into_statement())
}

const NO_COLUMN: ConnectorError =
    ConnectorError::Plan("this question needs a scalar or enum field that is no list");
const NO_ENUM: ConnectorError =
    ConnectorError::Plan("this question needs a value of an enum field");
const NO_RELATION: ConnectorError = ConnectorError::Plan("this question needs a relation field");

/// The table and the column of a scalar or enum.
fn column(datamodel: &Datamodel, field: FieldId) -> Result<(&str, &str), ConnectorError> {
    let field = &datamodel[field];
    if field.is_column() {
        Ok((datamodel[field.model].table(), field.column()))
    } else {
        Err(NO_COLUMN)
    }
}

fn has_links(text: &mut Text<'_>, datamodel: &Datamodel, relation: RelationId) {
    let relation = &datamodel[relation];
    text.push("SELECT 1 FROM ");
    match &relation.link {
        Link::Inline { side, column } => {
            let table = datamodel[relation.end(*side).model].table();
            text.table(table).push(" WHERE ").name(column);
            text.push(" IS NOT NULL");
        }
        Link::Table { table, .. } => {
            text.table(table);
        }
    }
}

fn has_nulls(text: &mut Text<'_>, table: &str, column: &str) {
    text.push("SELECT 1 FROM ").table(table);
    text.push(" WHERE ").name(column).push(" IS NULL");
}

/// Is there a node whose id is in no link?
fn has_unlinked(
    text: &mut Text<'_>,
    datamodel: &Datamodel,
    field: FieldId,
) -> Result<(), ConnectorError> {
    let hop = hop(datamodel, field).ok_or(NO_RELATION)?;
    let parent = datamodel[hop.parent].table();
    let (links, column) = match hop.path {
        Path::Parent { column } => {
            has_nulls(text, parent, column);
            return Ok(());
        }
        Path::Child { column } => (datamodel[hop.child].table(), column),
        Path::Table { table, parent, .. } => (table, parent),
    };
    text.push("SELECT 1 FROM ").table(parent);
    text.push(" AS n WHERE NOT EXISTS (SELECT 1 FROM ")
        .table(links);
    text.push(" AS l WHERE l.").name(column).push(" = n.");
    text.name(id_column(datamodel, hop.parent)).push(")");
    Ok(())
}

fn has_enum_value(
    text: &mut Text<'_>,
    datamodel: &Datamodel,
    field: FieldId,
    position: u32,
) -> Result<(), ConnectorError> {
    let FieldType::Enum(id) = datamodel[field].ty else {
        return Err(NO_ENUM);
    };
    let value = datamodel[id].values.get(position as usize).ok_or(NO_ENUM)?;
    text.push("SELECT 1 FROM ");
    if datamodel[field].is_scalar_list() {
        text.table(&list_table(datamodel, field));
        text.push(" WHERE ").name("value");
    } else {
        let field = &datamodel[field];
        text.table(datamodel[field.model].table());
        text.push(" WHERE ").name(field.column());
    }
    text.push(" = ").literal(value);
    Ok(())
}

fn has_several_links(
    text: &mut Text<'_>,
    datamodel: &Datamodel,
    field: FieldId,
) -> Result<(), ConnectorError> {
    let hop = hop(datamodel, field).ok_or(NO_RELATION)?;
    match hop.path {
        // A column holds one id at most.
        Path::Parent { .. } => {
            text.push("SELECT 1 WHERE 1 = 0");
        }
        Path::Child { column } => has_duplicates(text, datamodel[hop.child].table(), column),
        Path::Table { table, parent, .. } => has_duplicates(text, table, parent),
    }
    Ok(())
}

fn has_duplicates(text: &mut Text<'_>, table: &str, column: &str) {
    text.push("SELECT 1 FROM ").table(table);
    text.push(" WHERE ").name(column).push(" IS NOT NULL");
    text.push(" GROUP BY ").name(column);
    text.push(" HAVING COUNT(*) > 1");
}
