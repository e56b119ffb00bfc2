//! The tables of the management store (deploy.md §2.9).

use crate::driver::Statement;
use crate::namespace::Namespace;
use crate::text::Text;

/// A column: name, type and constraints.
type Column = (&'static str, &'static str);

/// The columns of each table; all but `Project` and `Migration` are never filled by us, but Prisma 1 expects them.
#[derive(Debug)]
pub(crate) struct Columns {
    project: &'static [Column],
    migration: &'static [Column],
    internal_migration: &'static [Column],
    telemetry_info: &'static [Column],
    cloud_secret: &'static [Column],
    /// Behind every table.
    options: &'static str,
}

pub(crate) const SQLITE: Columns = Columns {
    project: &[
        ("id", "varchar(200) NOT NULL DEFAULT ''"),
        ("secrets", "mediumtext"),
        ("allowQueries", "boolean NOT NULL DEFAULT TRUE"),
        ("allowMutations", "boolean NOT NULL DEFAULT TRUE"),
        ("functions", "mediumtext"),
    ],
    migration: &[
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
    ],
    internal_migration: &[
        ("id", "varchar(255) NOT NULL"),
        ("appliedAt", "datetime NOT NULL"),
    ],
    telemetry_info: &[
        ("id", "varchar(255) NOT NULL"),
        ("lastPinged", "datetime DEFAULT NULL"),
    ],
    cloud_secret: &[("secret", "varchar(255) NOT NULL")],
    options: "",
};

pub(crate) const POSTGRES: Columns = Columns {
    project: &[
        ("id", "varchar(200) NOT NULL DEFAULT ''"),
        ("secrets", "text"),
        ("allowQueries", "boolean NOT NULL DEFAULT TRUE"),
        ("allowMutations", "boolean NOT NULL DEFAULT TRUE"),
        ("functions", "text"),
    ],
    migration: &[
        ("projectId", "varchar(200) NOT NULL DEFAULT ''"),
        ("revision", "int NOT NULL DEFAULT 1"),
        ("schema", "text"),
        ("functions", "text"),
        (
            "status",
            "varchar(20) NOT NULL DEFAULT 'PENDING' CHECK (status IN ('PENDING', 'IN_PROGRESS', \
             'SUCCESS', 'ROLLING_BACK', 'ROLLBACK_SUCCESS', 'ROLLBACK_FAILURE'))",
        ),
        ("applied", "int NOT NULL DEFAULT 0"),
        ("rolledBack", "int NOT NULL DEFAULT 0"),
        ("steps", "text"),
        ("errors", "text"),
        ("startedAt", "timestamp DEFAULT NULL"),
        ("finishedAt", "timestamp DEFAULT NULL"),
        ("datamodel", "text"),
    ],
    internal_migration: &[
        ("id", "varchar(255) NOT NULL"),
        ("appliedAt", "timestamp NOT NULL"),
    ],
    telemetry_info: &[
        ("id", "varchar(255) NOT NULL"),
        ("lastPinged", "timestamp DEFAULT NULL"),
    ],
    cloud_secret: &[("secret", "varchar(255) NOT NULL")],
    options: "",
};

pub(crate) const MYSQL: Columns = Columns {
    project: &[
        ("id", "varchar(200) NOT NULL DEFAULT ''"),
        ("secrets", "mediumtext"),
        ("allowQueries", "boolean NOT NULL DEFAULT TRUE"),
        ("allowMutations", "boolean NOT NULL DEFAULT TRUE"),
        ("functions", "mediumtext"),
    ],
    migration: &[
        ("projectId", "varchar(200) NOT NULL DEFAULT ''"),
        ("revision", "int NOT NULL DEFAULT 1"),
        ("schema", "mediumtext"),
        ("functions", "mediumtext"),
        (
            "status",
            "enum('PENDING', 'IN_PROGRESS', 'SUCCESS', 'ROLLING_BACK', 'ROLLBACK_SUCCESS', \
             'ROLLBACK_FAILURE') NOT NULL DEFAULT 'PENDING'",
        ),
        ("applied", "int NOT NULL DEFAULT 0"),
        ("rolledBack", "int NOT NULL DEFAULT 0"),
        ("steps", "mediumtext"),
        ("errors", "mediumtext"),
        ("startedAt", "datetime DEFAULT NULL"),
        ("finishedAt", "datetime DEFAULT NULL"),
        ("datamodel", "mediumtext"),
    ],
    internal_migration: &[
        ("id", "varchar(255) NOT NULL"),
        ("appliedAt", "datetime NOT NULL"),
    ],
    telemetry_info: &[
        ("id", "varchar(255) NOT NULL"),
        ("lastPinged", "datetime DEFAULT NULL"),
    ],
    cloud_secret: &[("secret", "varchar(255) NOT NULL")],
    options: " ENGINE=InnoDB DEFAULT CHARACTER SET utf8 COLLATE utf8_unicode_ci",
};

/// The statements that create the tables where they are missing.
pub(super) fn create(namespace: &Namespace) -> Vec<Statement> {
    let columns = &namespace.dialect.layout.store;
    let table = |name: &str, columns_of: &[Column], key: &[&str]| {
        let mut text = definition(namespace, name, columns_of, key);
        text.push(")").push(columns.options);
        text.into_statement()
    };
    vec![
        table("Project", columns.project, &["id"]),
        migration(namespace),
        table("InternalMigration", columns.internal_migration, &["id"]),
        table("TelemetryInfo", columns.telemetry_info, &["id"]),
        table("CloudSecret", columns.cloud_secret, &["secret"]),
    ]
}

fn migration(namespace: &Namespace) -> Statement {
    let columns = &namespace.dialect.layout.store;
    let key = ["projectId", "revision"];
    let mut text = definition(namespace, "Migration", columns.migration, &key);
    text.push(", CONSTRAINT ")
        .name("migrations_projectid_foreign");
    text.push(" FOREIGN KEY (").name("projectId");
    text.push(") REFERENCES ").table("Project");
    text.push("(").name("id");
    text.push(") ON DELETE CASCADE ON UPDATE CASCADE)");
    text.push(columns.options);
    text.into_statement()
}

/// A table up to its primary key; the last bracket is open.
fn definition<'a>(
    namespace: &'a Namespace,
    name: &str,
    columns: &[Column],
    key: &[&str],
) -> Text<'a> {
    let mut text = Text::new(namespace);
    text.push("CREATE TABLE IF NOT EXISTS ").table(name);
    text.push(" (");
    text.separated(", ", columns, |text, (name, definition)| {
        text.name(name).push(" ").push(definition);
    });
    text.push(", PRIMARY KEY (");
    text.names(key.iter().copied()).push(")");
    text
}
