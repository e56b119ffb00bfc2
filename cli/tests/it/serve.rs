//! `prisma server`

#![cfg(unix)]

use crate::program::{Folder, port, request};

#[test]
fn it_serves_until_it_is_asked_to_stop() {
    let folder = Folder::new();
    let running = folder.start(&["server", "--port", "0", "--host", "127.0.0.1"]);
    let port = port(&running.wait_for("Server running on :"));
    assert_eq!(request(port, "GET", "/status", ""), "\"OK\"");
    let answer = request(
        port,
        "POST",
        "/management",
        r#"{"query":"{ listProjects { name } }"}"#,
    );
    assert_eq!(answer, r#"{"data":{"listProjects":[]}}"#);
    assert_eq!(running.terminate(), 0);
    assert!(folder.path().join("prisma-data").is_dir());
}

#[test]
fn bad_configurations_stop_it_at_the_start() {
    let folder = Folder::new();
    let failing = |text: &str, arguments: &[&str]| {
        let output = folder
            .command(arguments)
            .env("PRISMA_CONFIG", text)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1), "{text}");
        assert_eq!(output.stdout, b"");
        String::from_utf8(output.stderr).unwrap()
    };
    assert_eq!(
        failing("port: 1", &["server"]),
        "error: Unable to load Prisma config: Expected hash under 'databases' to be non-empty\n"
    );
    assert_eq!(
        failing("databases: { default: { connector: oracle } }", &["server"]),
        "error: Unknown connector oracle\n"
    );
    assert_eq!(
        failing("", &["server", "--database", "mongodb://localhost/x"]),
        "error: The connector mongo is not supported; there are `sqlite`, `postgres` and `mysql`\n"
    );
    // A server that is not there is named, without the password.
    for (uri, named) in [
        (
            "postgres://me:hunter2@127.0.0.1:1/x",
            "cannot open the database: PostgreSQL at 127.0.0.1:1, database `x`, user `me`",
        ),
        (
            "mysql://me:hunter2@127.0.0.1:1",
            "cannot open the database: MySQL at 127.0.0.1:1, user `me`",
        ),
    ] {
        let words = failing("", &["server", "--database", uri]);
        assert!(
            words.contains(named) && !words.contains("hunter2"),
            "{words}"
        );
    }
    assert!(failing("", &["dev", "none.prisma"]).contains("none.prisma"));
}

#[test]
fn log_lines_can_be_json() {
    let folder = Folder::new();
    let running = folder.start(&["server", "--port", "0", "--log", "json"]);
    let line = running.wait_for("Management authentication is disabled");
    let line: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!(line["level"], "WARN");
    assert_eq!(running.terminate(), 0);
}
