//! URLs.

use std::time::Duration;

use prisma_postgres::{OptionsError, PostgresOptions, Roots, SslMode};

fn parse(url: &str) -> PostgresOptions {
    url.parse().expect(url)
}

#[test]
fn a_url_names_everything() {
    let options = parse(
        "postgres://ann:p%40ss%2F@db.example:6543/my%20data?sslmode=require&connection_limit=7\
         &connect_timeout=3&pool_timeout=4&statement_timeout=250&schema=public&pgbouncer=true",
    );
    let expected = PostgresOptions {
        host: "db.example".to_owned(),
        port: 6543,
        user: "ann".to_owned(),
        password: Some("p@ss/".to_owned()),
        database: "my data".to_owned(),
        ssl: SslMode::Require,
        connections: 7,
        connect_timeout: Duration::from_secs(3),
        acquire_timeout: Duration::from_secs(4),
        statement_timeout: Some(Duration::from_millis(250)),
        ..PostgresOptions::default()
    };
    assert_eq!(options, expected);
}

#[test]
fn what_a_url_does_not_name_is_as_usual() {
    let options = parse("postgresql://ann@localhost");
    let expected = PostgresOptions {
        user: "ann".to_owned(),
        ..PostgresOptions::default()
    };
    assert_eq!(options, expected);
    assert_eq!(
        parse("postgres://ann@localhost/?statement_timeout=0").statement_timeout,
        None
    );
    let socket = parse("postgres://ann@%2Fvar%2Frun%2Fpostgresql/db");
    assert_eq!(socket.host, "/var/run/postgresql");
}

#[test]
fn encryption_has_many_names() {
    for (parameters, expected) in [
        ("", SslMode::Prefer),
        ("ssl=1", SslMode::Require),
        ("ssl=true", SslMode::Require),
        ("ssl=0", SslMode::Disable),
        ("sslmode=disable", SslMode::Disable),
        ("sslmode=prefer", SslMode::Prefer),
        ("sslmode=verify-ca", SslMode::Verify(Roots::Platform)),
        ("sslmode=verify-full", SslMode::Verify(Roots::Platform)),
        (
            "sslrootcert=a%20b.pem&sslmode=verify-full",
            SslMode::Verify(Roots::File("a b.pem".into())),
        ),
        (
            "sslmode=require&sslrootcert=c.pem",
            SslMode::Verify(Roots::File("c.pem".into())),
        ),
        ("sslrootcert=c.pem", SslMode::Prefer),
    ] {
        let options = parse(&format!("postgres://localhost/db?{parameters}"));
        assert_eq!(options.ssl, expected, "{parameters}");
    }
}

#[test]
fn mistakes_have_names() {
    assert!(matches!(
        "mysql://localhost".parse::<PostgresOptions>(),
        Err(OptionsError::Scheme)
    ));
    assert!(matches!(
        "postgres://a,b/db".parse::<PostgresOptions>(),
        Err(OptionsError::Hosts(2))
    ));
    assert!(matches!(
        "postgres://a:port/db".parse::<PostgresOptions>(),
        Err(OptionsError::Syntax(_))
    ));
    assert!(matches!(
        "postgres://:%ff@a/db".parse::<PostgresOptions>(),
        Err(OptionsError::Password)
    ));
    for (parameter, message) in [
        ("sslmode=on", "`on` is no value of `sslmode`"),
        (
            "connection_limit=many",
            "`many` is no value of `connection_limit`",
        ),
    ] {
        let error = format!("postgres://localhost/db?{parameter}").parse::<PostgresOptions>();
        assert_eq!(error.unwrap_err().to_string(), message);
    }
}

#[test]
fn passwords_are_not_shown() {
    let options = parse("postgres://ann:secret@localhost/db");
    assert!(!format!("{options:?}").contains("secret"));
}
