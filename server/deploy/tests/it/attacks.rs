//! Names of services and stages that mean harm: they become names of files, schemas and databases.

use std::{fs, path::Path};

use prisma_connector::{ServiceName, ServiceRecord};
use prisma_deploy::DeployRequest;
use prisma_engine::GraphqlRequest;

use crate::home::{Home, Place, Server};

on_every_store! {
    a17_names_of_services_are_checked
    a17_names_of_services_are_quoted
    a17_long_names_of_services_are_refused_or_kept_apart
}

const NOTE: &str =
    "type Note { id: ID! @id text: String @unique tags: [String] @scalarList(strategy: RELATION) }";

/// Ways out of folders, out of quotes, and around checks.
const BAD: [&str; 22] = [
    "",
    ".",
    "..",
    "../outside",
    "..\\outside",
    "/outside",
    "a/../../outside",
    "%2e%2e%2foutside",
    "a\0b",
    "a\nb",
    "a b",
    "a\"; DROP SCHEMA public; --",
    "a`; DROP DATABASE mysql; --",
    "a'; SELECT 1; --",
    "a$b",
    "a@b",
    "a.b",
    "\u{e4}",
    "a\u{202e}b",
    "\u{ff41}bc",
    "a\u{1F468}\u{200D}\u{1F469}",
    "-rf",
];

/// What is in and beside the folder of a test, sizes left out.
fn files(home: &Home) -> Vec<String> {
    let Place::Folder(folder) = &home.place else {
        return Vec::new();
    };
    let list = |folder: &Path| -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        entries
            .map(|entry| entry.unwrap().path().display().to_string())
            .collect()
    };
    let mut files = list(folder.path());
    files.extend(
        list(folder.path().parent().unwrap())
            .into_iter()
            .filter(|name| name.contains("outside")),
    );
    files.sort();
    files
}

/// A service with a bad name is neither made nor found.
async fn a17_names_of_services_are_checked(home: Home) {
    let server = Server::fresh(&home).await;
    server.accept(NOTE).await;
    let (services, files_before) = (server.deployer.services().await.unwrap(), files(&home));
    for bad in BAD {
        for (name, stage) in [(bad, "dev"), ("good", bad)] {
            let added = server.deployer.add_service(name, stage, Vec::new()).await;
            let code = added.unwrap_err().code();
            assert!(matches!(code, Some(4001 | 4002)), "{name:?} {stage:?}");

            let service = ServiceName::new(name, stage);
            let request = DeployRequest {
                service: service.clone(),
                types: NOTE.to_owned(),
                ..DeployRequest::default()
            };
            let deployer = &server.deployer;
            for refused in [
                deployer.deploy(request).await.unwrap_err(),
                deployer.delete_service(&service).await.unwrap_err(),
                deployer.service(&service).await.unwrap_err(),
                deployer.migration_status(&service).await.unwrap_err(),
            ] {
                assert_eq!(refused.code(), Some(4000), "{name:?} {stage:?} {refused}");
            }
            let request = GraphqlRequest {
                query: "{ notes { id } }".to_owned(),
                ..GraphqlRequest::default()
            };
            let answer = server.engine.execute(&service, request, "test").await;
            let answer = String::from_utf8(answer.bytes).unwrap();
            assert!(answer.contains("\"code\":3016"), "{answer}");
        }
    }
    assert_eq!(server.deployer.services().await.unwrap(), services);
    assert_eq!(files(&home), files_before);
    assert_eq!(
        server.ask("{ notes { id } }").await,
        r#"{"data":{"notes":[]}}"#
    );
}

/// Names that were not checked, because they stand in a management store that somebody else has written.
async fn a17_names_of_services_are_quoted(mut home: Home) {
    let first = Server::fresh(&home).await.newest().await;
    let unique = home.service.name.clone();
    // No name has NUL, and the parts of an id stand around `$` or `@`.
    for bad in BAD
        .iter()
        .filter(|bad| !bad.is_empty() && !bad.contains(['\0', '$', '@']))
    {
        home.service.name = format!("{unique}{bad}");
        let server = Server::start(&home).await;
        if let Err(refused) = server.database.create_container(&home.service).await {
            // Names of MySQL have no characters beyond U+FFFF.
            assert!(bad.contains('\u{1F468}'), "{bad:?} {refused:?}");
            continue;
        }
        let record = ServiceRecord {
            name: home.service.clone(),
            secrets: Vec::new(),
        };
        let store = server.database.store();
        store.create_service(record, first.clone()).await.unwrap();
        drop(server);

        let server = Server::start(&home).await;
        server.accept(NOTE).await;
        let create =
            "mutation { createNote(data: { text: \"a\", tags: { set: [\"b\"] } }) { text tags } }";
        assert_eq!(
            server.ask(create).await,
            r#"{"data":{"createNote":{"text":"a","tags":["b"]}}}"#,
            "{bad:?}"
        );
        if let Place::Folder(folder) = &home.place {
            let inside = folder.path().display().to_string();
            let there = files(&home);
            assert!(
                there.iter().all(|file| file.starts_with(&inside)),
                "{there:?}"
            );
        }
        server.deployer.delete_service(&home.service).await.unwrap();
        assert_eq!(
            server.deployer.services().await.unwrap().len(),
            1,
            "{bad:?}"
        );
    }
}

/// Databases have longest names of their own, and some cut off what is longer.
async fn a17_long_names_of_services_are_refused_or_kept_apart(home: Home) {
    let mut server = Server::start(&home).await;
    let (unique, stage) = (&home.service.name, "s".repeat(30));
    let is_folder = matches!(home.place, Place::Folder(_));
    for last in ["x", "y"] {
        let name = format!("{unique:a<139}{last}");
        let added = server.deployer.add_service(&name, &stage, Vec::new()).await;
        if is_folder {
            server.service = added.unwrap();
            server.accept(NOTE).await;
            assert_eq!(
                server.ask("{ notes { id } }").await,
                r#"{"data":{"notes":[]}}"#
            );
            server
                .ask("mutation { createNote(data: { text: \"a\" }) { id } }")
                .await;
        } else {
            assert_eq!(added.unwrap_err().code(), Some(4001));
        }
    }
    let services = server.deployer.services().await.unwrap();
    assert_eq!(services.len(), if is_folder { 2 } else { 0 });
}
