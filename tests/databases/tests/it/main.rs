//! Servers that start, are found again, and end.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::thread;

use prisma_tests_databases::{DatabaseError, Kind, Server, Servers};

#[test]
fn one_server_starts_for_all_who_ask_at_once() {
    for kind in Kind::ALL {
        let folder = tempfile::tempdir().unwrap();
        let servers = Servers::at(folder.path());
        assert_eq!(servers.status(kind).unwrap(), None);
        let asked: Vec<_> = (0..4)
            .map(|_| {
                let servers = servers.clone();
                thread::spawn(move || servers.up(kind))
            })
            .collect();
        let mut answers = asked.into_iter().map(|thread| thread.join().unwrap());
        let first = match answers.next().unwrap() {
            Ok(first) => first,
            Err(DatabaseError::NotInstalled { .. }) => continue,
            Err(error) => panic!("{kind}: {error:?}"),
        };
        for other in answers {
            assert_eq!(other.unwrap(), first);
        }
        assert_eq!(servers.status(kind).unwrap(), Some(first.clone()));

        assert!(servers.down(kind).unwrap());
        assert!(!first.folder.exists(), "its data is left");
        assert_eq!(servers.status(kind).unwrap(), None);
        assert!(!servers.down(kind).unwrap());
    }
}

#[test]
fn a_server_that_is_gone_is_replaced() {
    let kind = Kind::Postgres;
    let folder = tempfile::tempdir().unwrap();
    let servers = Servers::at(folder.path());
    let stranger = r#"{"url": "postgres://127.0.0.1:1", "folder": "/nowhere/at/all", "port": 1}"#;
    std::fs::write(folder.path().join("postgres.json"), stranger).unwrap();
    match servers.up(kind) {
        Ok(local) => assert_ne!(local.url, "postgres://127.0.0.1:1"),
        Err(DatabaseError::NotInstalled { .. }) => {}
        Err(error) => panic!("{error:?}"),
    }
    servers.down(kind).unwrap();
}

#[test]
fn names_are_fresh_and_short() {
    let names = [Server::fresh("a_prefix_of_20_chars"), Server::fresh("a")];
    assert_ne!(Server::fresh("a"), names[1]);
    for name in names {
        assert!(name.len() <= 40, "{name}");
        assert!(
            name.chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        );
    }
}
