//! The tables of the management store.

use crate::dialect::Dialect;
use crate::driver::Statement;
use crate::text::Text;

/// A column: name, type and constraints.
type Column = (&'static str, &'static str);

const PROJECT: &[Column] = &[
    ("id", "varchar(200) NOT NULL DEFAULT ''"),
    ("secrets", "mediumtext"),
    ("allowQueries", "boolean NOT NULL DEFAULT TRUE"),
    ("allowMutations", "boolean NOT NULL DEFAULT TRUE"),
    ("functions", "mediumtext"),
];

const MIGRATION: &[Column] = &[
    ("projectId", "varchar(200) NOT NULL DEFAULT ''"),
    ("revision", "int NOT NULL DEFAULT 1"),
    ("schema", "mediumtext"),
    ("functions", "mediumtext"),
    ("status", "mediumtext NOT NULL"),
    ("applied", "int NOT NULL DEFAULT 0"),
    ("rolledBack", "int NOT NULL DEFAULT 0"),
    ("steps", "mediumtext"),
    ("errors", "mediumtext"),
    ("startedAt", "datetime DEFAULT NULL"),
    ("finishedAt", "datetime DEFAULT NULL"),
    ("datamodel", "mediumtext"),
];

/// Never filled by us; Prisma 1 expects it.
const INTERNAL_MIGRATION: &[Column] = &[
    ("id", "varchar(255) NOT NULL"),
    ("appliedAt", "datetime NOT NULL"),
];

/// Never filled by us; Prisma 1 expects it.
const TELEMETRY_INFO: &[Column] = &[
    ("id", "varchar(255) NOT NULL"),
    ("lastPinged", "datetime DEFAULT NULL"),
];

/// Never filled by us; Prisma 1 expects it.
const CLOUD_SECRET: &[Column] = &[("secret", "varchar(255) NOT NULL")];

/// The statements that create the tables where they are missing.
pub(super) fn create(dialect: &'static Dialect) -> Vec<Statement> {
    let table = |name: &str, columns: &[Column], key: &[&str]| {
        let mut text = definition(dialect, name, columns, key);
        text.push(")");
        text.into_statement()
    };
    vec![
        table("Project", PROJECT, &["id"]),
        migration(dialect),
        table("InternalMigration", INTERNAL_MIGRATION, &["id"]),
        table("TelemetryInfo", TELEMETRY_INFO, &["id"]),
        table("CloudSecret", CLOUD_SECRET, &["secret"]),
    ]
}

fn migration(dialect: &'static Dialect) -> Statement {
    let mut text = definition(dialect, "Migration", MIGRATION, &["projectId", "revision"]);
    text.push(", CONSTRAINT ")
        .name("migrations_projectid_foreign");
    text.push(" FOREIGN KEY (").name("projectId");
    text.push(") REFERENCES ").name("Project");
    text.push("(").name("id");
    text.push(") ON DELETE CASCADE ON UPDATE CASCADE)");
    text.into_statement()
}

/// A table up to its primary key; the last bracket is open.
fn definition(dialect: &'static Dialect, name: &str, columns: &[Column], key: &[&str]) -> Text {
    let mut text = Text::new(dialect);
    text.push("CREATE TABLE IF NOT EXISTS ").name(name);
    text.push(" (");
    text.separated(", ", columns, |text, (name, definition)| {
        text.name(name).push(" ").push(definition);
    });
    text.push(", PRIMARY KEY (");
    text.names(key.iter().copied()).push(")");
    text
}
