//! Configurations of PostgreSQL and MySQL (deploy.md §2.1, §6.3, §6.4).

use prisma_mysql::{MysqlOptions, Ssl};
use prisma_postgres::{PostgresOptions, SslMode};
use prisma_server::{Config, DatabaseConfig, Overrides, Place, Secret};
use prisma_sql::Strategy;

fn load(environment: &[(&str, &str)], database: Option<&str>) -> Result<Config, String> {
    let variable = |name: &str| {
        let found = environment.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| (*value).to_owned())
    };
    let overrides = Overrides {
        database: database.map(Secret::from),
        ..Overrides::default()
    };
    Config::load_with(variable, &overrides).map_err(|error| error.to_string())
}

/// The database of an entry with these keys.
fn database(keys: &str) -> Result<DatabaseConfig, String> {
    let text = format!("databases: {{ default: {{ {keys} }} }}");
    load(&[("PRISMA_CONFIG", &text)], None).map(|config| config.database)
}

fn postgres(keys: &str) -> (PostgresOptions, Option<String>) {
    match database(&format!("connector: postgres, {keys}"))
        .unwrap()
        .place
    {
        Place::Postgres { options, schema } => (*options, schema),
        other => panic!("{other}"),
    }
}

fn mysql(keys: &str) -> (MysqlOptions, Option<String>) {
    match database(&format!("connector: mysql, {keys}"))
        .unwrap()
        .place
    {
        Place::Mysql { options, database } => (*options, database),
        other => panic!("{other}"),
    }
}

const SERVER: &str = "host: db.local, port: 5555, user: me, password: secret";

#[test]
fn servers_are_named_part_by_part() {
    let config = database(&format!(
        "connector: postgres, {SERVER}, database: app, migrations: true, active: true, ssl: 'TRUE', connectionLimit: 7, \
         rawAccess: true, managementSchema: prisma_store, queueSize: 12, pooled: false"
    ))
    .unwrap();
    let expected = PostgresOptions {
        host: "db.local".to_owned(),
        port: 5555,
        user: "me".to_owned(),
        password: Some("secret".to_owned()),
        database: "app".to_owned(),
        ssl: SslMode::Require,
        queue: 12,
        ..PostgresOptions::default()
    };
    let place = Place::Postgres {
        options: Box::new(expected),
        schema: None,
    };
    assert_eq!(
        config,
        DatabaseConfig {
            name: "default".to_owned(),
            place,
            management: Some("prisma_store".to_owned()),
            raw_access: true,
            connection_limit: Some(7),
            read_strategy: None,
        }
    );

    let (options, database) = mysql(&format!("{SERVER}, ssl: true"));
    let expected = MysqlOptions {
        ssl: Ssl::Require,
        ..MysqlOptions::new("db.local", 5555, "me", "secret")
    };
    assert_eq!((options, database), (expected, None));
    let (options, _) = mysql("host: h, port: '1', user: u, password: ''");
    assert_eq!(options, MysqlOptions::new("h", 1, "u", ""));
}

/// The table of deploy.md §2.1.
#[test]
fn databases_and_schemas_are_shared_or_not() {
    let (options, schema) = postgres(SERVER);
    assert_eq!((options.database.as_str(), schema), ("prisma", None));
    let (options, schema) = postgres(&format!("{SERVER}, database: app"));
    assert_eq!((options.database.as_str(), schema), ("app", None));
    let (options, schema) = postgres(&format!("{SERVER}, database: app, schema: public"));
    assert_eq!(
        (options.database.as_str(), schema.as_deref()),
        ("app", Some("public"))
    );
    let (_, shared) = mysql(&format!("{SERVER}, database: app"));
    assert_eq!(shared.as_deref(), Some("app"));

    let schema_alone = "Unable to load Prisma config: Only Postgres connectors specify a schema. If they do they also \
                        need to specify a database. Other connectors only specify a database.";
    let both = "Unable to load Prisma config: Only Postgres connectors are allowed to configure schema and database. \
                For others please use database.";
    for (keys, error) in [
        ("connector: postgres, schema: s", schema_alone),
        ("connector: mysql, schema: s", schema_alone),
        ("connector: mysql, schema: s, database: d", both),
        ("connector: sqlite, schema: s, database: d", both),
    ] {
        assert_eq!(database(&format!("{keys}, {SERVER}")).unwrap_err(), error);
    }
}

#[test]
fn servers_are_named_by_a_uri() {
    let uri = "uri: 'postgres://me:p%40ss@db.local:5555/app?ssl=1'";
    let (options, schema) = postgres(&format!("{uri}, schema: public"));
    let expected = PostgresOptions {
        host: "db.local".to_owned(),
        port: 5555,
        user: "me".to_owned(),
        password: Some("p@ss".to_owned()),
        database: "app".to_owned(),
        ssl: SslMode::Require,
        ..PostgresOptions::default()
    };
    assert_eq!((options, schema.as_deref()), (expected, Some("public")));
    // `?schema=` is not heard.
    let (options, schema) = postgres("uri: 'postgresql://me@h?schema=x', database: app");
    assert_eq!(
        (options.port, options.database.as_str(), schema),
        (5432, "app", None)
    );
    let (options, shared) = mysql("uri: 'mysql://me:secret@h/app?ssl=1'");
    assert_eq!((options.port, options.ssl), (3306, Ssl::Require));
    assert_eq!(shared.as_deref(), Some("app"));
    // What a URI does not say, the keys do.
    let (_, shared) = mysql("uri: 'mysql://me:secret@h', database: app");
    assert_eq!(shared.as_deref(), Some("app"));
    // One that says nothing leaves it to the keys.
    let (options, _) = mysql(&format!("uri: nonsense, {SERVER}"));
    assert_eq!(options.host, "db.local");
}

#[test]
fn what_is_missing_is_named() {
    for connector in ["postgres", "mysql"] {
        for (keys, error) in [
            ("port: 1, user: u", "Expected host to be non-empty"),
            (
                "host: h, user: u",
                "Expected Int for field port, got <unset>",
            ),
            (
                "host: h, user: u, port: abc",
                "Expected Int for field port, got abc",
            ),
            (
                "host: h, port: 1, user: ''",
                "Expected user to be non-empty",
            ),
            (
                "host: h, port: 1, user: u, connectionLimit: 1",
                "The parameter connectionLimit must be set to at least 2.",
            ),
        ] {
            let keys = format!("connector: {connector}, {keys}");
            let expected = format!("Unable to load Prisma config: {error}");
            assert_eq!(database(&keys).unwrap_err(), expected, "{keys}");
        }
    }
}

#[test]
fn flags_name_servers_too() {
    let text = "databases: { first: { connector: sqlite, rawAccess: true, connectionLimit: 5 } }";
    for (uri, shown) in [
        (
            "postgres://me:secret@h/app",
            "PostgreSQL at h:5432, database `app`, user `me`",
        ),
        ("mysql://me:secret@h:3307", "MySQL at h:3307, user `me`"),
        ("sqlite:data", "SQLite in `data`"),
    ] {
        let config = load(&[("PRISMA_CONFIG", text)], Some(uri))
            .unwrap()
            .database;
        assert_eq!(config.place.to_string(), shown);
        // What else the text says stays.
        assert_eq!(
            (
                config.name.as_str(),
                config.raw_access,
                config.connection_limit
            ),
            ("first", true, Some(5))
        );
    }
}

#[test]
fn passwords_are_not_repeated() {
    for uri in [
        "oracle://me:hunter2@h/x",
        "postgres://me:hunter2@h:port/x",
        "mysql://me:hunter2@h:port/x",
        "mysql://:hunter2@h/x",
        "oracle:me:hunter2@h/x",
        "me:hunter2@h",
        "hunter2@h",
        "postgres://me:hunter2@h/x?sslmode=bad",
    ] {
        let error = load(&[], Some(uri)).unwrap_err();
        assert!(
            error.starts_with("Unable to load Prisma config: "),
            "{error}"
        );
        assert!(!error.contains("hunter2"), "{error}");
    }
    for text in [
        "databases: { default: { connector: mysql, password: hunter2, user: [ } }",
        "managementApiSecret: hunter2: x",
        "managementApiSecret: \"hunter2\n",
        "managementApiSecret: *hunter2",
        "managementApiSecret: !hunter2 x",
        "\tpassword: hunter2",
        "hunter2",
        "{ password: hunter2, password: hunter2 }",
        "databases: { default: { connector: mysql, host: h, user: u, password: hunter2, port: x } }",
        "databases: { default: { connector: postgres, uri: 'postgres://me:hunter2@h:port/x' } }",
    ] {
        let error = load(&[("PRISMA_CONFIG", text)], None).unwrap_err();
        assert!(!error.contains("hunter2"), "{error}");
    }
}

/// Nobody knows what ends up in a log.
#[test]
fn secrets_are_not_shown() {
    for entry in [
        "connector: postgres, host: h, port: 1, user: u, password: hunter2",
        "connector: mysql, host: h, port: 1, user: u, password: hunter2",
        "connector: postgres, uri: 'postgres://u:hunter2@h/x'",
        "connector: mysql, uri: 'mysql://u:hunter2@h/x'",
    ] {
        let text =
            format!("{{ managementApiSecret: hunter2, databases: {{ default: {{ {entry} }} }} }}");
        let config = load(&[("PRISMA_CONFIG", &text)], None).unwrap();
        for shown in [format!("{config:?}"), format!("{config:#?}")] {
            assert!(!shown.contains("hunter2"), "{shown}");
        }
    }
    let overrides = Overrides {
        database: Some("postgres://u:hunter2@h/x".into()),
        ..Overrides::default()
    };
    assert!(!format!("{overrides:?}").contains("hunter2"));
}

#[test]
fn the_example_of_the_readme_is_read() {
    let readme = include_str!("../../../../README.md");
    let (_, rest) = readme.split_once("```yaml\n").unwrap();
    let (text, _) = rest.split_once("```").unwrap();
    let config = load(&[("PRISMA_CONFIG", text)], None).unwrap();
    assert_eq!(
        config.database.place.to_string(),
        "PostgreSQL at localhost:5432, database `prisma`, user `prisma`"
    );
    assert_eq!(
        config.management_secret.as_ref().map(Secret::expose),
        Some("my-secret")
    );
    // It shows defaults.
    assert_eq!(config.limits, Config::default().limits);
}

/// The variables of 2017.
#[test]
fn old_variables_name_a_mysql() {
    let all = [
        ("PORT", "4000"),
        ("PRISMA_MANAGEMENT_API_JWT_SECRET", "token"),
        ("SQL_CLIENT_HOST", "h"),
        ("SQL_CLIENT_USER", "me"),
        ("SQL_CLIENT_PASSWORD", "secret"),
        ("SQL_INTERNAL_CONNECTION_LIMIT", "9"),
    ];
    let config = load(&all, None).unwrap();
    assert_eq!(
        (
            config.port,
            config.management_secret.as_ref().map(Secret::expose)
        ),
        (4000, Some("token"))
    );
    let database = config.database;
    assert_eq!(database.place.to_string(), "MySQL at h:3306, user `me`");
    assert_eq!(
        (database.management.as_deref(), database.connection_limit),
        (Some("graphcool"), Some(9))
    );
    let more = [
        ("SQL_CLIENT_PORT", "3307"),
        ("SQL_INTERNAL_DATABASE", "internal"),
    ];
    let database = load(&[&all[..], &more].concat(), None).unwrap().database;
    assert_eq!(database.place.to_string(), "MySQL at h:3307, user `me`");
    assert_eq!(database.management.as_deref(), Some("internal"));

    // Not all of it counts as nothing, and a text counts more.
    let some = load(&all[..4], None).unwrap();
    assert_eq!(some, Config::default());
    let text = (
        "PRISMA_CONFIG",
        "databases: { default: { connector: sqlite } }",
    );
    let config = load(&[&all[..], &[text]].concat(), None).unwrap();
    assert_eq!(
        (config.port, config.database),
        (4466, Config::default().database)
    );
    assert_eq!(
        load(&all[..5], None).unwrap_err(),
        "Unable to load Prisma config: The parameter connectionLimit must be set to at least 2."
    );
}

#[test]
fn the_way_to_read_is_a_variable() {
    let strategy = |name| {
        let config = load(&[("PRISMA_READ_STRATEGY", name)], None);
        config.map(|config| config.database.read_strategy)
    };
    assert_eq!(strategy("levels"), Ok(Some(Strategy::Levels)));
    assert_eq!(strategy(""), Ok(None));
    assert_eq!(
        strategy("fast").unwrap_err(),
        "PRISMA_READ_STRATEGY is `fast`; it can be `levels`, or unset"
    );
}
