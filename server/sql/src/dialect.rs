//! The differences between SQL databases, as data.

use prisma_connector::Capabilities;
use sea_query::{MysqlQueryBuilder, PostgresQueryBuilder, SelectStatement, SqliteQueryBuilder};

use crate::layout::{self, Layout};
use crate::read::Tokens;

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
    /// Does a backslash in a text literal change what follows it?
    pub backslash_escapes: bool,
    /// How the values of a list, which is one parameter, become operands.
    pub list: List,
    /// Must a statement that changes rows say that it starts with the list of them? Otherwise it may look at all rows,
    /// and take the list apart again for each.
    pub lists_come_first: bool,
    /// Which statements answer rows with `RETURNING`.
    pub returning: Returning,
    /// Can a statement contain others that change rows, and show what they return?
    pub nests_writes: bool,
    /// Inserts a row without any value.
    pub default_values: &'static str,
    /// Around an insertion that an existing row makes unnecessary.
    pub insert_if_new: InsertIfNew,
    /// A text of 25 characters that no other call makes.
    pub random_id: &'static str,
    /// Can statements go out before those before them are answered?
    pub pipelined: bool,
    /// Behind a query whose rows are going to be changed. Nothing where one transaction writes at a time.
    pub lock_rows: Option<&'static str>,
    /// How the levels of a nested read are fetched.
    pub strategy: Strategy,
    /// Are columns of ids in a character set without the characters beyond U+FFFF? A comparison with one is an error
    /// there, not false.
    pub narrow_ids: bool,
    /// Where and in which types things are stored.
    pub layout: &'static Layout,
    /// If a row violates several unique indexes, is the newest named (or the oldest)? The API names the oldest.
    pub names_newest_index: bool,
    /// Are statements planned without their values, where that looks no worse? A limit that is a value counts as a
    /// tenth of all rows then, and so it always looks worse.
    pub guesses_limits: bool,
    /// The longest pattern of a LIKE, in bytes, where there is a limit worth mentioning.
    pub longest_pattern: Option<usize>,
    /// Writes a query.
    pub(crate) select: fn(&SelectStatement, &mut Tokens),
}

/// How a statement refers to its values, in the order of their first use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placeholder {
    /// `?`
    Question,
    /// `$1`, `$2` and so on.
    Dollar,
}

/// How the values of a list, which is one parameter, become operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// An array: `= ANY(…)`, `unnest(…)`.
    Array,
    /// A JSON array that `json_each` takes apart.
    JsonEach,
    /// A JSON array that `JSON_TABLE` takes apart.
    JsonTable,
}

/// Which statements answer rows with `RETURNING`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Returning {
    /// INSERT; else the last id that the database made has to be asked for.
    pub insert: bool,
    /// UPDATE; else the row has to be looked for before.
    pub update: bool,
}

/// Around an insertion that an existing row makes unnecessary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InsertIfNew {
    /// `INSERT … ON CONFLICT DO NOTHING`
    OnConflict,
    /// `INSERT … ON DUPLICATE KEY UPDATE` of a column to itself.
    OnDuplicateKey,
}

/// How the levels of a nested read are fetched (one answer, whichever it is).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strategy {
    /// The statement of a relation runs once per row above: for databases in process, where a call costs no more
    /// than a row.
    Loop,
    /// The statement of a relation runs once for all rows above.
    Levels,
    /// All levels are one statement. Needs [`List::Array`].
    Tree,
}

/// SQLite.
pub static SQLITE: Dialect = Dialect {
    capabilities: Capabilities {
        connector: "sqlite",
        transactional_ddl: true,
        case_sensitive_equality: true,
        case_sensitive_search: false,
        nulls_last: false,
    },
    quote: '"',
    placeholder: Placeholder::Question,
    qualified: false,
    backslash_escapes: false,
    list: List::JsonEach,
    lists_come_first: false,
    returning: Returning {
        insert: true,
        update: true,
    },
    nests_writes: false,
    default_values: " DEFAULT VALUES",
    insert_if_new: InsertIfNew::OnConflict,
    random_id: "'c' || lower(hex(randomblob(12)))",
    pipelined: false,
    lock_rows: None,
    strategy: Strategy::Loop,
    narrow_ids: false,
    layout: &layout::SQLITE,
    names_newest_index: true,
    guesses_limits: false,
    longest_pattern: Some(50_000),
    select: |select, text| select.build_collect_into(SqliteQueryBuilder, text),
};

/// PostgreSQL.
pub static POSTGRES: Dialect = Dialect {
    capabilities: Capabilities {
        connector: "postgres",
        transactional_ddl: true,
        case_sensitive_equality: true,
        case_sensitive_search: true,
        nulls_last: true,
    },
    quote: '"',
    placeholder: Placeholder::Dollar,
    qualified: true,
    backslash_escapes: false,
    list: List::Array,
    lists_come_first: false,
    returning: Returning {
        insert: true,
        update: true,
    },
    nests_writes: true,
    default_values: " DEFAULT VALUES",
    insert_if_new: InsertIfNew::OnConflict,
    random_id: "'c' || left(replace(gen_random_uuid()::text, '-', ''), 24)",
    pipelined: true,
    lock_rows: Some(" FOR UPDATE"),
    strategy: Strategy::Tree,
    narrow_ids: false,
    layout: &layout::POSTGRES,
    names_newest_index: false,
    guesses_limits: true,
    longest_pattern: None,
    select: |select, text| select.build_collect_into(PostgresQueryBuilder, text),
};

/// MariaDB.
pub static MARIADB: Dialect = Dialect {
    capabilities: Capabilities {
        connector: "mysql",
        transactional_ddl: false,
        case_sensitive_equality: false,
        case_sensitive_search: false,
        nulls_last: false,
    },
    quote: '`',
    placeholder: Placeholder::Question,
    qualified: true,
    backslash_escapes: true,
    list: List::JsonTable,
    lists_come_first: true,
    returning: Returning {
        insert: true,
        update: false,
    },
    nests_writes: false,
    default_values: " () VALUES ()",
    insert_if_new: InsertIfNew::OnDuplicateKey,
    random_id: "concat('c', left(replace(uuid(), '-', ''), 24))",
    pipelined: false,
    lock_rows: Some(" FOR UPDATE"),
    strategy: Strategy::Levels,
    narrow_ids: true,
    layout: &layout::MYSQL,
    names_newest_index: false,
    guesses_limits: false,
    longest_pattern: None,
    select: |select, text| select.build_collect_into(MysqlQueryBuilder, text),
};

/// MySQL 8.
pub static MYSQL: Dialect = Dialect {
    capabilities: MARIADB.capabilities,
    quote: MARIADB.quote,
    placeholder: MARIADB.placeholder,
    qualified: MARIADB.qualified,
    backslash_escapes: MARIADB.backslash_escapes,
    list: MARIADB.list,
    lists_come_first: MARIADB.lists_come_first,
    returning: Returning {
        insert: false,
        update: false,
    },
    nests_writes: MARIADB.nests_writes,
    default_values: MARIADB.default_values,
    insert_if_new: MARIADB.insert_if_new,
    random_id: MARIADB.random_id,
    pipelined: MARIADB.pipelined,
    lock_rows: MARIADB.lock_rows,
    strategy: MARIADB.strategy,
    narrow_ids: MARIADB.narrow_ids,
    layout: MARIADB.layout,
    names_newest_index: MARIADB.names_newest_index,
    guesses_limits: MARIADB.guesses_limits,
    longest_pattern: MARIADB.longest_pattern,
    select: MARIADB.select,
};
