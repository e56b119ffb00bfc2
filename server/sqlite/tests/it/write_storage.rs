//! The management store, containers, and deploys to real files.

use std::sync::Arc;

use prisma_connector::{
    ConnectorError, Database, MigrationRecord, MigrationStatus, Probe, ServiceName, ServiceRecord,
    StorageAction,
};
use prisma_datamodel::Source;
use prisma_sql::SqlDatabase;
use prisma_sqlite::{SqliteHost, SqliteOptions};

use crate::write_world::{World, all_actions, at_once};

fn memory() -> SqlDatabase<SqliteHost> {
    at_once(SqlDatabase::open(SqliteHost::memory())).unwrap()
}

fn migration(revision: i32, status: MigrationStatus) -> MigrationRecord {
    MigrationRecord {
        revision,
        schema: r#"{"models":[]}"#.to_owned(),
        functions: "[]".to_owned(),
        status,
        applied: 1,
        rolled_back: 0,
        steps: "[]".to_owned(),
        errors: "[]".to_owned(),
        started_at: Some(1_500_000_000_123),
        finished_at: None,
        datamodel: format!("type A {{ id: ID! @id }} # {revision}"),
    }
}

fn record(name: &str, stage: &str) -> ServiceRecord {
    ServiceRecord {
        name: ServiceName::new(name, stage),
        secrets: vec!["one".to_owned(), "tw\"o".to_owned()],
    }
}

#[test]
fn services_come_and_go() {
    let database = memory();
    let store = database.store();
    let first = || migration(1, MigrationStatus::Success);
    let services = [
        record("b", "dev"),
        record("a", "prod"),
        record("a", "dev_2"),
        record("a_dev", "2"),
    ];
    for service in &services {
        at_once(store.create_service(service.clone(), first())).unwrap();
    }
    let names = || -> Vec<String> {
        let services = at_once(store.services()).unwrap();
        services
            .iter()
            .map(|service| service.name.to_string())
            .collect()
    };
    assert_eq!(names(), ["a$dev_2", "a$prod", "a_dev$2", "b$dev"]);
    for service in services {
        let found = at_once(store.service(&service.name)).unwrap();
        assert_eq!(found, Some(service));
    }
    let again = at_once(store.create_service(record("b", "dev"), first()));
    assert!(matches!(again, Err(ConnectorError::Internal(_))));

    let name = ServiceName::new("a", "prod");
    at_once(store.set_secrets(&name, Vec::new())).unwrap();
    let open = at_once(store.service(&name)).unwrap().unwrap();
    assert!(open.secrets.is_empty());

    at_once(store.delete_service(&name)).unwrap();
    at_once(store.delete_service(&name)).unwrap();
    assert_eq!(names(), ["a$dev_2", "a_dev$2", "b$dev"]);
    assert_eq!(at_once(store.service(&name)).unwrap(), None);
    assert!(at_once(store.migrations(&name)).unwrap().is_empty());
}

#[test]
fn the_newest_success_is_live() {
    let database = memory();
    let store = database.store();
    let service = record("a", "dev");
    let name = service.name.clone();
    let first = migration(1, MigrationStatus::Success);
    at_once(store.create_service(service, first.clone())).unwrap();
    let second = migration(2, MigrationStatus::Success);
    let third = migration(3, MigrationStatus::Pending);
    for migration in [&third, &second] {
        at_once(store.put_migration(&name, migration.clone())).unwrap();
    }
    assert_eq!(at_once(store.live(&name)).unwrap(), Some(second.clone()));
    let failed = MigrationRecord {
        status: MigrationStatus::RollbackSuccess,
        finished_at: Some(1_500_000_000_456),
        ..third
    };
    at_once(store.put_migration(&name, failed.clone())).unwrap();
    let history = at_once(store.migrations(&name)).unwrap();
    assert_eq!(history, [failed, second, first]);
}

#[test]
fn a_folder_keeps_everything() {
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let source = Source::new("datamodel.prisma", "type A { id: ID! @id n: Int! @unique }");
    let (datamodel, _) = prisma_datamodel::parse(&source).unwrap();
    let datamodel = Arc::new(datamodel);
    let model = datamodel.model("A").unwrap();
    let name = ServiceName::new("my_blog", "dev");
    let open = || {
        let host = SqliteHost::folder(folder.path(), SqliteOptions::default()).unwrap();
        runtime.block_on(SqlDatabase::open(host)).unwrap()
    };
    let probe = |database: &SqlDatabase<SqliteHost>| {
        let storage = database.storage(&name).unwrap();
        let probes = vec![Probe::HasNodes(model)];
        runtime.block_on(storage.probe(Arc::clone(&datamodel), probes))
    };

    let database = open();
    runtime.block_on(database.create_container(&name)).unwrap();
    let storage = database.storage(&name).unwrap();
    let actions = all_actions(&datamodel);
    runtime
        .block_on(storage.apply(Arc::clone(&datamodel), actions))
        .unwrap();
    let connector = database.connector(&name, Arc::clone(&datamodel)).unwrap();
    let insert = "INSERT INTO A (id, n) VALUES ('a', 1)".to_owned();
    runtime.block_on(connector.raw(insert)).unwrap();
    drop((database, storage, connector));

    let database = open();
    assert_eq!(probe(&database).unwrap(), [true]);
    for file in ["management.db", "my_blog_dev.db"] {
        assert!(folder.path().join(file).exists(), "{file}");
    }
    runtime.block_on(database.drop_container(&name)).unwrap();
    runtime.block_on(database.drop_container(&name)).unwrap();
    assert!(!folder.path().join("my_blog_dev.db").exists());
}

/// New required columns give existing nodes the migration value; a change that fails undoes those before it.
#[test]
fn deploys_to_existing_nodes() {
    let parse = |text: &str| {
        let source = Source::new("datamodel.prisma", text);
        Arc::new(prisma_datamodel::parse(&source).unwrap().0)
    };
    let database = memory();
    let name = ServiceName::default();
    let storage = database.storage(&name).unwrap();
    let old = parse("type A { id: ID! @id }");
    at_once(storage.apply(Arc::clone(&old), all_actions(&old))).unwrap();
    let connector = database.connector(&name, old).unwrap();
    for id in ["a1", "a2"] {
        let insert = format!("INSERT INTO A (id) VALUES ('{id}')");
        at_once(connector.raw(insert)).unwrap();
    }

    let next = parse(
        "type A { id: ID! @id kind: Kind! note: String! @default(value: \"it's\") n: Int! @unique } enum Kind { ONE TWO }",
    );
    let column = |field: &str| {
        let model = next.model("A").unwrap();
        StorageAction::CreateColumn(next.field(model, field).unwrap())
    };
    let apply = |actions| at_once(storage.apply(Arc::clone(&next), actions));
    // Two nodes with the same value in a new unique column.
    assert!(apply(vec![column("kind"), column("n")]).is_err());
    apply(vec![column("kind"), column("note")]).unwrap();
    let rows = at_once(connector.raw("SELECT kind, note FROM A".to_owned())).unwrap();
    assert_eq!(
        String::from_utf8(rows).unwrap(),
        r#"[{"kind":"ONE","note":"it's"},{"kind":"ONE","note":"it's"}]"#
    );
}

#[test]
fn probes_see_the_data() {
    let world = World::new(
        "type A { id: ID! @id kind: Kind bs: [B] cs: [C] } type B { id: ID! @id a: A }
         type C { id: ID! @id as: [A] } enum Kind { ONE TWO }",
    );
    let field = |path| world.field(path);
    let relation = |name| world.datamodel.relation(name).unwrap();
    let probes = vec![
        Probe::HasNodes(world.model("A")),
        Probe::HasLinks(relation("AToB")),
        Probe::HasLinks(relation("AToC")),
        Probe::HasNulls(field("A.kind")),
        Probe::HasDuplicates(field("A.kind")),
        Probe::HasEnumValue(field("A.kind"), 0),
        Probe::HasEnumValue(field("A.kind"), 1),
        Probe::HasSeveralLinks(field("A.bs")),
        Probe::HasSeveralLinks(field("B.a")),
        Probe::HasSeveralLinks(field("C.as")),
        Probe::HasUnlinked(field("A.bs")),
        Probe::HasUnlinked(field("B.a")),
        Probe::HasUnlinked(field("C.as")),
    ];
    let ask = || {
        let answers = at_once(
            world
                .storage
                .probe(Arc::clone(&world.datamodel), probes.clone()),
        );
        let shown = answers
            .unwrap()
            .into_iter()
            .map(|yes| if yes { 'y' } else { '-' });
        shown.collect::<String>()
    };
    assert_eq!(ask(), "-------------");
    world.sql("INSERT INTO A (id) VALUES ('a1'), ('a2')");
    world.sql("INSERT INTO B (id, a) VALUES ('b1', 'a1'), ('b2', 'a1')");
    world.sql("INSERT INTO C (id) VALUES ('c1')");
    assert_eq!(ask(), "yy-y---y--y-y");
    world.sql("UPDATE A SET kind = 'TWO'");
    world.sql("UPDATE B SET a = 'a2' WHERE id = 'b2'");
    world.link("A.cs", "a1", "c1");
    assert_eq!(ask(), "yyy-y-y------");
    world.link("A.cs", "a2", "c1");
    world.sql("UPDATE A SET kind = 'ONE' WHERE id = 'a1'");
    assert_eq!(ask(), "yyy--yy--y---");
}
