//! The differences between SQL databases, as data.

use prisma_connector::Capabilities;
use sea_query::{SelectStatement, SqliteQueryBuilder, Values};

use crate::layout::{self, Layout};

/// How one database's SQL differs from the others'. The whole list of differences fits one screen; code asks these
/// fields and never the database's name.
#[derive(Debug)]
pub struct Dialect {
    /// What the database can do, as the layers above see it.
    pub capabilities: Capabilities,
    /// The character around names.
    pub quote: char,
    /// Where and in which types things are stored.
    pub layout: &'static Layout,
    /// If a row violates several unique indexes, is the newest named (or the oldest)? The API names the oldest.
    pub names_newest_index: bool,
    /// Writes a query: its text, and its values in the order of their placeholders.
    pub select: fn(&SelectStatement) -> (String, Values),
}

/// SQLite.
pub static SQLITE: Dialect = Dialect {
    capabilities: Capabilities {
        connector: "sqlite",
        transactional_ddl: true,
        case_sensitive_search: false,
        nulls_last: false,
    },
    quote: '"',
    layout: &layout::SQLITE,
    names_newest_index: true,
    select: |select| select.build(SqliteQueryBuilder),
};
