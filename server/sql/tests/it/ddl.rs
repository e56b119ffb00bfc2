//! The layout of fixtures, and questions about their data.

use std::sync::Arc;

use prisma_connector::{ConnectorError, Database, Probe, ServiceName, Storage, StorageAction};
use prisma_datamodel::{Datamodel, ModelId};
use prisma_sql::dialect::SQLITE;
use prisma_sql::{Dialect, SqlDatabase};

use crate::fixtures::{all_actions, parse, read};
use crate::recorder::{Recorder, at_once, everywhere};

fn storage(dialect: &'static Dialect) -> (Recorder, Arc<dyn Storage>) {
    let recorder = Recorder::of(dialect);
    let database = at_once(SqlDatabase::open(recorder.clone())).unwrap();
    let storage = database.storage(&ServiceName::default()).unwrap();
    recorder.take();
    (recorder, storage)
}

fn layout(dialect: &'static Dialect, datamodel: Arc<Datamodel>) -> String {
    let (recorder, storage) = storage(dialect);
    let actions = all_actions(&datamodel);
    at_once(storage.apply(datamodel, actions)).unwrap();
    recorder.take()
}

#[test]
fn fixtures() {
    for name in [
        "0001_blog",
        "0002_one_to_one_inline",
        "0004_many_to_many",
        "0009_self_one_to_one",
        "0014_relation_table_with_id",
        "0017_scalar_lists",
        "0018_all_scalars",
        "0019_defaults",
        "0020_int_ids",
        "0021_uuid_ids",
        "0022_database_names",
        "0031_odd_names",
        "0037_v1_relations",
    ] {
        insta::with_settings!({ snapshot_suffix => name, omit_expression => true }, {
            insta::assert_snapshot!(everywhere(|dialect| layout(dialect, read(name))));
        });
    }
}

/// In SQLite index names are global, so equal field names must not meet.
#[test]
fn equal_unique_fields_of_two_models_have_two_indexes() {
    let layout = layout(
        &SQLITE,
        parse(
            "type A { id: ID! @id name: String @unique } type B { id: ID! @id name: String @unique }",
        ),
    );
    assert!(layout.contains(r#"CREATE UNIQUE INDEX "A.name._UNIQUE" ON "A""#));
    assert!(layout.contains(r#"CREATE UNIQUE INDEX "B.name._UNIQUE" ON "B""#));
}

#[test]
fn texts_in_defaults_are_quoted() {
    let layout = layout(
        &SQLITE,
        parse(r#"type A { id: ID! @id name: String! @default(value: "it's") }"#),
    );
    assert!(layout.contains("NOT NULL DEFAULT 'it''s'"), "{layout}");
}

#[test]
fn probes() {
    let datamodel = parse(
        "type A { id: ID! @id kind: Kind kinds: [Kind] @scalarList(strategy: RELATION) bs: [B] cs: [C] }
         type B { id: ID! @id a: A } type C { id: ID! @id as: [A] } enum Kind { ONE TWO }",
    );
    let field = |model, name| {
        let model = datamodel.model(model).unwrap();
        datamodel.field(model, name).unwrap()
    };
    let relation = |name| datamodel.relation(name).unwrap();
    let probes = vec![
        Probe::HasNodes(ModelId(0)),
        Probe::HasLinks(relation("AToB")),
        Probe::HasLinks(relation("AToC")),
        Probe::HasNulls(field("A", "kind")),
        Probe::HasDuplicates(field("A", "kind")),
        Probe::HasEnumValue(field("A", "kind"), 0),
        Probe::HasEnumValue(field("A", "kinds"), 1),
        Probe::HasSeveralLinks(field("A", "bs")),
        Probe::HasSeveralLinks(field("B", "a")),
        Probe::HasSeveralLinks(field("C", "as")),
        Probe::HasUnlinked(field("A", "bs")),
        Probe::HasUnlinked(field("B", "a")),
        Probe::HasUnlinked(field("C", "as")),
    ];
    insta::assert_snapshot!(everywhere(|dialect| {
        let (recorder, storage) = storage(dialect);
        at_once(storage.probe(Arc::clone(&datamodel), probes.clone())).unwrap();
        recorder.take()
    }));
}

#[test]
fn actions_of_other_fields_are_refused_before_a_statement_runs() {
    let datamodel = parse("type A { id: ID! @id b: B } type B { id: ID! @id }");
    let model = datamodel.model("A").unwrap();
    let link = datamodel.field(model, "b").unwrap();
    let (recorder, storage) = storage(&SQLITE);
    let actions = vec![
        StorageAction::CreateModel(model),
        StorageAction::CreateColumn(link),
    ];
    let refused = at_once(storage.apply(datamodel, actions)).unwrap_err();
    assert!(matches!(refused, ConnectorError::Plan(_)));
    assert_eq!(recorder.take(), "\n");
}
