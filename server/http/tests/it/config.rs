//! What a configuration text means (deploy.md §6).

use std::{path::Path, time::Duration};

use prisma_server::{Config, Limits, Overrides, Place, Secret};

/// The configuration of an environment.
fn load(environment: &[(&str, &str)], overrides: &Overrides) -> Result<Config, String> {
    let variable = |name: &str| {
        let found = environment.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| (*value).to_owned())
    };
    Config::load_with(variable, overrides).map_err(|error| error.to_string())
}

fn text(text: &str) -> Result<Config, String> {
    load(&[("PRISMA_CONFIG", text)], &Overrides::default())
}

/// The error of a database entry with these keys.
fn database_error(keys: &str) -> String {
    text(&format!("databases: {{ default: {{ {keys} }} }}")).unwrap_err()
}

/// The folder of SQLite.
fn folder(config: &Config) -> &Path {
    match &config.database.place {
        Place::Sqlite { folder } => folder,
        other => panic!("{other}"),
    }
}

#[test]
fn without_a_source_there_is_sqlite_in_a_local_folder() {
    let config = load(&[], &Overrides::default()).unwrap();
    assert_eq!(config, Config::default());
    assert_eq!(config.port, 4466);
    assert_eq!(folder(&config), Path::new("prisma-data"));
    assert_eq!(config.management_secret, None);
    // An empty text counts as absent.
    assert_eq!(text("").unwrap(), Config::default());
}

#[test]
fn a_whole_text_is_read() {
    let config = text(
        "port: 4000\n\
         managementApiSecret: my-secret\n\
         prototype: true\n\
         databases:\n  \
           default:\n    \
             connector: sqlite\n    \
             path: ./data\n    \
             rawAccess: true\n    \
             connectionLimit: 5\n",
    )
    .unwrap();
    assert_eq!(config.port, 4000);
    assert_eq!(
        config.management_secret.as_ref().map(Secret::expose),
        Some("my-secret")
    );
    assert_eq!(config.database.name, "default");
    assert_eq!(folder(&config), Path::new("./data"));
    assert!(config.database.raw_access);
    assert_eq!(config.database.connection_limit, Some(5));
    assert_eq!(config.limits, Limits::default());
}

#[test]
fn limits_are_read() {
    let config = text(
        "{ databases: { default: { connector: sqlite } }, \
           limits: { body: 1000, batch: '5', headerSeconds: 7, bodySeconds: 0, writeSeconds: 9, tokens: 1, depth: 2, aliases: 3, \
                     directives: 4, selections: 5, inputDepth: 6, copies: 7, cost: -8 } }",
    );
    let expected = Limits {
        body: 1000,
        batch: 5,
        header_time: Duration::from_secs(7),
        write_time: Duration::from_secs(9),
        request: prisma_engine::Limits {
            tokens: 1,
            depth: 2,
            aliases: 3,
            directives: 4,
            selections: 5,
            input_depth: 6,
            copies: 7,
            ..prisma_engine::Limits::default()
        },
        ..Limits::default()
    };
    assert_eq!(config.unwrap().limits, expected);
}

#[test]
fn values_are_read_loosely() {
    let config = text(
        "{ port: '4001', managementApiSecret: '', databases: { first: { connector: sqlite, host: x, user: x, \
         password: null, rawAccess: 'TRUE', connectionLimit: many, database: folder }, second: nonsense } }",
    )
    .unwrap();
    assert_eq!(config.port, 4001);
    assert_eq!(config.management_secret, None);
    assert_eq!(config.database.name, "first");
    assert!(config.database.raw_access);
    assert_eq!(config.database.connection_limit, None);
    assert_eq!(folder(&config), Path::new("folder"));
    let no_port = text("{ port: high, databases: { default: { connector: sqlite } } }");
    assert_eq!(no_port.unwrap().port, 4466);
    let numeric =
        text("{ managementApiSecret: 42, databases: { default: { connector: sqlite } } }");
    assert_eq!(numeric.unwrap().management_secret, Some("42".into()));
}

#[test]
fn folders_have_three_spellings() {
    for (keys, expected) in [
        ("uri: 'sqlite:data'", "data"),
        ("uri: 'sqlite:./data/x'", "./data/x"),
        ("uri: 'sqlite:///var/data'", "/var/data"),
        ("path: /var/data", "/var/data"),
        ("database: data", "data"),
        ("path: a, database: b", "a"),
        ("host: localhost", "prisma-data"),
    ] {
        let config = text(&format!(
            "databases: {{ default: {{ connector: sqlite, {keys} }} }}"
        ));
        assert_eq!(folder(&config.unwrap()), Path::new(expected), "{keys}");
    }
}

#[test]
fn errors_have_their_texts() {
    let databases = "Unable to load Prisma config: Expected hash under 'databases' to be non-empty";
    for missing in [
        "port: 1",
        "databases:",
        "databases: {}",
        "databases: { default: null }",
    ] {
        assert_eq!(text(missing).unwrap_err(), databases, "{missing}");
    }
    assert_eq!(
        database_error("path: x"),
        "Unable to load Prisma config: Expected connector to be non-empty"
    );
    assert_eq!(
        database_error("connector: oracle"),
        "Unknown connector oracle"
    );
    assert_eq!(
        database_error("connector: mongo"),
        "The connector mongo is not supported; there are `sqlite`, `postgres` and `mysql`"
    );
    assert_eq!(
        database_error("connector: sqlite, schema: public"),
        "Unable to load Prisma config: Only Postgres connectors specify a schema. If they do they also need to \
         specify a database. Other connectors only specify a database."
    );
    for limit in [1, 0, -3] {
        assert_eq!(
            database_error(&format!("connector: sqlite, connectionLimit: {limit}")),
            "Unable to load Prisma config: The parameter connectionLimit must be set to at least 2."
        );
    }
    assert_eq!(
        database_error("connector: sqlite, uri: nowhere"),
        "Unable to load Prisma config: `nowhere` does not name a database; write `sqlite:FOLDER`, \
         `postgres://USER:PASSWORD@HOST/DATABASE` or `mysql://USER:PASSWORD@HOST`"
    );
    assert!(database_error("connector: sqlite, uri: 'sqlite::memory:'").contains("needs a folder"));
    assert_eq!(
        text("[1, 2]").unwrap_err(),
        "Unable to load Prisma config: expected a map of keys and values"
    );
    let broken = text("databases: {").unwrap_err();
    assert!(
        broken.starts_with("Unable to load Prisma config: "),
        "{broken}"
    );
}

#[test]
fn the_text_wins_over_the_file_and_flags_over_both() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("config.yml");
    std::fs::write(
        &file,
        "{ port: 1, databases: { default: { connector: sqlite, path: file } } }",
    )
    .unwrap();
    let file = ("PRISMA_CONFIG_PATH", file.to_str().unwrap());
    let inline = (
        "PRISMA_CONFIG",
        "{ port: 2, databases: { default: { connector: sqlite, path: text, rawAccess: true } } }",
    );
    let flags = Overrides {
        port: Some(3),
        database: Some("sqlite:flag".into()),
        ..Overrides::default()
    };
    let none = Overrides::default();
    let ports = [
        load(&[file], &none).unwrap().port,
        load(&[file, inline], &none).unwrap().port,
        load(&[file, ("PRISMA_CONFIG", "")], &none).unwrap().port,
        load(&[file, inline], &flags).unwrap().port,
    ];
    assert_eq!(ports, [1, 2, 1, 3]);
    let flagged = load(&[inline], &flags).unwrap();
    assert_eq!(folder(&flagged), Path::new("flag"));
    assert!(flagged.database.raw_access);
}

#[test]
fn a_missing_file_is_named() {
    let error = load(
        &[("PRISMA_CONFIG_PATH", "no/such.yml")],
        &Overrides::default(),
    );
    assert_eq!(
        error.unwrap_err(),
        "Unable to load Prisma config: no/such.yml (No such file or directory)"
    );
}

#[test]
fn the_environment_names_the_server() {
    let config = load(
        &[
            ("ENV", "eu1"),
            ("CLUSTER_VERSION", "1.34"),
            ("COMMIT_SHA", "abc"),
        ],
        &Overrides::default(),
    )
    .unwrap();
    assert_eq!(
        (
            config.request_id_prefix.as_str(),
            config.version.as_str(),
            config.commit.as_str()
        ),
        ("eu1", "1.34", "abc")
    );
}
