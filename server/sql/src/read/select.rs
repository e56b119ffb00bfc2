//! A `SELECT` being written: aliases, columns and the values they are compared with.

use prisma_connector::ConnectorError;
use prisma_datamodel::{Datamodel, FieldId, ModelId};

use super::level::{Bind, Query};
use crate::dialect::Dialect;
use crate::text::Text;

/// Answered for plans of another datamodel.
pub(super) const FOREIGN: ConnectorError = ConnectorError::Plan("made for another datamodel");

/// A statement in the making. Binds are pushed with their placeholders, so both have one order.
pub(crate) struct Select<'a> {
    pub(crate) datamodel: &'a Datamodel,
    pub(crate) text: Text,
    binds: Vec<Bind>,
    aliases: u32,
}

impl<'a> Select<'a> {
    pub(crate) fn new(datamodel: &'a Datamodel, dialect: &'static Dialect) -> Self {
        Self {
            datamodel,
            text: Text::new(dialect),
            binds: Vec::new(),
            aliases: 0,
        }
    }

    /// A fresh alias.
    pub(crate) fn next_alias(&mut self) -> u32 {
        self.aliases += 1;
        self.aliases - 1
    }

    /// Appends a model's table with its alias.
    pub(crate) fn table(&mut self, model: ModelId, alias: u32) -> &mut Text {
        let datamodel = self.datamodel;
        self.named_table(datamodel[model].table(), alias)
    }

    /// Appends a table with its alias.
    pub(crate) fn named_table(&mut self, table: &str, alias: u32) -> &mut Text {
        self.text.name(table).push(" AS t").push(&alias.to_string())
    }

    /// Appends a column of an alias.
    pub(crate) fn column(&mut self, alias: u32, column: &str) -> &mut Text {
        self.text
            .push("t")
            .push(&alias.to_string())
            .push(".")
            .name(column)
    }

    /// Appends a field's column.
    pub(crate) fn field(&mut self, alias: u32, field: FieldId) -> &mut Text {
        let datamodel = self.datamodel;
        self.column(alias, datamodel[field].column())
    }

    /// Appends a placeholder.
    pub(crate) fn bind(&mut self, bind: Bind) -> &mut Text {
        self.binds.push(bind);
        self.text.value()
    }

    pub(crate) fn into_query(self) -> Query {
        Query {
            statement: self.text.into_statement(),
            binds: self.binds,
        }
    }
}
