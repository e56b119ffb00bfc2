//! The differences between SQL databases, as data.

use prisma_connector::Capabilities;
use sea_query::{
    MysqlQueryBuilder, PostgresQueryBuilder, SelectStatement, SqliteQueryBuilder, Values,
};

use crate::layout::{self, Layout};

/// How one database's SQL differs from the others'. The whole list of differences fits one screen; code asks these
/// fields and never the database's name.
#[derive(Debug)]
pub struct Dialect {
    /// What the database can do, as the layers above see it.
    pub capabilities: Capabilities,
    /// The character around names.
    pub quote: char,
    /// How a statement refers to its values.
    pub placeholder: Placeholder,
    /// Are tables named together with the schema (the database, the container) that they are in?
    pub qualified: bool,
    /// Where and in which types things are stored.
    pub layout: &'static Layout,
    /// If a row violates several unique indexes, is the newest named (or the oldest)? The API names the oldest.
    pub names_newest_index: bool,
    /// The query for the columns of the container at hand: table and column.
    pub columns: &'static str,
    /// Writes a query: its text, and its values in the order of their placeholders.
    pub select: fn(&SelectStatement) -> (String, Values),
}

/// How a statement refers to its values, in the order of their first use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placeholder {
    /// `?`
    Question,
    /// `$1`, `$2` and so on.
    Dollar,
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
    placeholder: Placeholder::Question,
    qualified: false,
    layout: &layout::SQLITE,
    names_newest_index: true,
    columns: "SELECT t.name, c.name FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c WHERE t.type = 'table'",
    select: |select| select.build(SqliteQueryBuilder),
};

/// PostgreSQL.
pub static POSTGRES: Dialect = Dialect {
    capabilities: Capabilities {
        connector: "postgres",
        transactional_ddl: true,
        case_sensitive_search: true,
        nulls_last: true,
    },
    quote: '"',
    placeholder: Placeholder::Dollar,
    qualified: true,
    layout: &layout::POSTGRES,
    names_newest_index: false,
    columns: "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = CURRENT_SCHEMA()",
    select: |select| select.build(PostgresQueryBuilder),
};

/// MariaDB.
pub static MARIADB: Dialect = Dialect {
    capabilities: Capabilities {
        connector: "mysql",
        transactional_ddl: false,
        case_sensitive_search: false,
        nulls_last: false,
    },
    quote: '`',
    placeholder: Placeholder::Question,
    qualified: true,
    layout: &layout::MYSQL,
    names_newest_index: false,
    columns: "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = DATABASE()",
    select: |select| select.build(MysqlQueryBuilder),
};

/// MySQL 8.
pub static MYSQL: Dialect = Dialect {
    capabilities: MARIADB.capabilities,
    quote: MARIADB.quote,
    placeholder: MARIADB.placeholder,
    qualified: MARIADB.qualified,
    layout: MARIADB.layout,
    names_newest_index: MARIADB.names_newest_index,
    columns: MARIADB.columns,
    select: MARIADB.select,
};
