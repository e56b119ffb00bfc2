//! Options as URLs.

use prisma_mysql::{MysqlOptions, Ssl, UrlError};

#[test]
fn parts() {
    let url = "mysql://me%40home:p%2Fw%3F@db.example:3307/shop?ssl=1&connectionLimit=7&schema=x";
    let (options, database) = MysqlOptions::from_url(url).unwrap();
    assert_eq!(options.host, "db.example");
    assert_eq!(options.port, 3307);
    assert_eq!(options.user, "me@home");
    assert_eq!(options.password, "p/w?");
    assert_eq!(options.ssl, Ssl::Require);
    assert_eq!(options.connection_limit, 7);
    assert_eq!(database.as_deref(), Some("shop"));
}

#[test]
fn defaults() {
    let (options, database) = MysqlOptions::from_url("mysql://root@localhost").unwrap();
    assert_eq!(options, MysqlOptions::new("localhost", 3306, "root", ""));
    assert_eq!(database, None);
    let (_, database) = MysqlOptions::from_url("mysql://root@localhost/?ssl=prefer").unwrap();
    assert_eq!(database, None);
}

#[test]
fn refusals() {
    for url in [
        "",
        "mysql://",
        "postgres://root@localhost",
        "mysql://root@localhost:port",
    ] {
        let refused = MysqlOptions::from_url(url);
        assert!(
            matches!(refused, Err(UrlError::Malformed(_))),
            "{url}: {refused:?}"
        );
    }
    let refused = MysqlOptions::from_url("mysql://localhost");
    assert_eq!(refused, Err(UrlError::NoUser));
    for parameter in ["ssl=maybe", "connectionLimit=0", "connectionLimit=many"] {
        let refused = MysqlOptions::from_url(&format!("mysql://root@localhost?{parameter}"));
        assert!(
            matches!(refused, Err(UrlError::Parameter { .. })),
            "{parameter}: {refused:?}"
        );
    }
}

/// Passwords stay out of logs.
#[test]
fn debug() {
    let options = MysqlOptions::new("localhost", 3306, "root", "secret");
    assert!(!format!("{options:?}").contains("secret"));
}
