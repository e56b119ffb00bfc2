//! The tables of the management store (deploy.md §2.9).

use crate::driver::Statement;
use crate::namespace::Namespace;
use crate::text::Text;

/// What the tables look like in one kind of database.
#[derive(Debug)]
pub(crate) struct Columns {
    /// A text of any length.
    text: &'static str,
    /// A moment.
    moment: &'static str,
    /// Where a migration stands: one of six words.
    status: &'static str,
    /// Behind every table.
    options: &'static str,
}

pub(crate) const SQLITE: Columns = Columns {
    text: "mediumtext",
    moment: "datetime",
    status: "mediumtext NOT NULL",
    options: "",
};

pub(crate) const POSTGRES: Columns = Columns {
    text: "text",
    moment: "timestamp",
    status: "varchar(20) NOT NULL DEFAULT 'PENDING' CHECK (status IN ('PENDING', 'IN_PROGRESS', \
             'SUCCESS', 'ROLLING_BACK', 'ROLLBACK_SUCCESS', 'ROLLBACK_FAILURE'))",
    options: "",
};

pub(crate) const MYSQL: Columns = Columns {
    text: "mediumtext",
    moment: "datetime",
    status: "enum('PENDING', 'IN_PROGRESS', 'SUCCESS', 'ROLLING_BACK', 'ROLLBACK_SUCCESS', \
             'ROLLBACK_FAILURE') NOT NULL DEFAULT 'PENDING'",
    options: " ENGINE=InnoDB DEFAULT CHARACTER SET utf8 COLLATE utf8_unicode_ci",
};

/// A column: its name, and its type with constraints.
type Column<'a> = (&'a str, &'a str);

/// The statements that create the tables where they are missing. All but the first two are never filled by us, but
/// Prisma 1 expects them.
pub(super) fn create(namespace: &Namespace) -> Vec<Statement> {
    let Columns {
        text,
        moment,
        status,
        options,
    } = namespace.dialect.layout.store;
    let moment_or_null = format!("{moment} DEFAULT NULL");
    let moment_always = format!("{moment} NOT NULL");
    let project: &[Column<'_>] = &[
        ("id", "varchar(200) NOT NULL DEFAULT ''"),
        ("secrets", text),
        ("allowQueries", "boolean NOT NULL DEFAULT TRUE"),
        ("allowMutations", "boolean NOT NULL DEFAULT TRUE"),
        ("functions", text),
    ];
    let migration: &[Column<'_>] = &[
        ("projectId", "varchar(200) NOT NULL DEFAULT ''"),
        ("revision", "int NOT NULL DEFAULT 1"),
        ("schema", text),
        ("functions", text),
        ("status", status),
        ("applied", "int NOT NULL DEFAULT 0"),
        ("rolledBack", "int NOT NULL DEFAULT 0"),
        ("steps", text),
        ("errors", text),
        ("startedAt", &moment_or_null),
        ("finishedAt", &moment_or_null),
        ("datamodel", text),
    ];
    let internal_migration: &[Column<'_>] = &[
        ("id", "varchar(255) NOT NULL"),
        ("appliedAt", &moment_always),
    ];
    let telemetry_info: &[Column<'_>] = &[
        ("id", "varchar(255) NOT NULL"),
        ("lastPinged", &moment_or_null),
    ];
    let cloud_secret: &[Column<'_>] = &[("secret", "varchar(255) NOT NULL")];

    let mut migrations = definition(
        namespace,
        "Migration",
        migration,
        &["projectId", "revision"],
    );
    migrations.push(", CONSTRAINT ");
    migrations.name("migrations_projectid_foreign");
    migrations.push(" FOREIGN KEY (").name("projectId");
    migrations.push(") REFERENCES ").table("Project");
    migrations.push("(").name("id");
    migrations.push(") ON DELETE CASCADE ON UPDATE CASCADE");
    let tables = [
        definition(namespace, "Project", project, &["id"]),
        migrations,
        definition(namespace, "InternalMigration", internal_migration, &["id"]),
        definition(namespace, "TelemetryInfo", telemetry_info, &["id"]),
        definition(namespace, "CloudSecret", cloud_secret, &["secret"]),
    ];
    let ended = tables.map(|mut table| {
        table.push(")").push(options);
        table.into_statement()
    });
    ended.into()
}

/// A table up to its primary key; the last bracket is open.
fn definition<'n>(
    namespace: &'n Namespace,
    name: &str,
    columns: &[Column<'_>],
    key: &[&str],
) -> Text<'n> {
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
