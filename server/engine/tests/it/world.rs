//! A service over a real database, in memory: request text in, JSON out.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use prisma_connector::{Database, ServiceName, StorageAction};
use prisma_datamodel::{Datamodel, Source};
use prisma_engine::{Engine, GraphqlRequest, Service, ServiceOptions};
use prisma_sql::SqlDatabase;
use prisma_sqlite::SqliteHost;
use serde_json::{Value, value::RawValue};

pub(crate) struct World {
    engine: Engine,
    name: ServiceName,
}

impl World {
    pub(crate) fn new(datamodel: &str) -> Self {
        let datamodel = match prisma_datamodel::parse(&Source::new("d", datamodel)) {
            Ok((datamodel, _)) => Arc::new(datamodel),
            Err(errors) => panic!("{datamodel}: {errors:?}"),
        };
        let name = ServiceName::default();
        let database = at_once(SqlDatabase::open(SqliteHost::memory())).unwrap();
        at_once(database.create_container(&name)).unwrap();
        let storage = database.storage(&name).unwrap();
        at_once(storage.apply(Arc::clone(&datamodel), everything(&datamodel))).unwrap();
        let connector = database.connector(&name, Arc::clone(&datamodel)).unwrap();
        let options = ServiceOptions {
            raw_access: true,
            databases: vec!["default".to_owned()],
            secrets: Vec::new(),
        };
        let service = Service::new(name.clone(), datamodel, connector, options).unwrap();
        let engine = Engine::new();
        engine.swap(Arc::new(service));
        Self { engine, name }
    }

    /// The answer to a document.
    pub(crate) fn run(&self, query: &str) -> Value {
        let request = GraphqlRequest {
            query: query.to_owned(),
            ..GraphqlRequest::default()
        };
        self.send(request)
    }

    fn send(&self, request: GraphqlRequest) -> Value {
        let body = at_once(self.engine.execute(&self.name, request, "r1"));
        serde_json::from_slice(&body.bytes).unwrap()
    }

    /// The answer to a document with variables, as JSON text.
    pub(crate) fn run_with(&self, query: &str, variables: &str) -> Value {
        let request = GraphqlRequest {
            query: query.to_owned(),
            variables: Some(RawValue::from_string(variables.to_owned()).unwrap()),
            ..GraphqlRequest::default()
        };
        self.send(request)
    }

    /// The data that answers a document without errors.
    pub(crate) fn data(&self, query: &str) -> Value {
        let mut answer = self.run(query);
        assert_eq!(answer.get("errors"), None, "{query}: {answer}");
        answer["data"].take()
    }

    /// The one error of a document: `code message`.
    pub(crate) fn error(&self, query: &str) -> String {
        match errors(&self.run(query)).as_slice() {
            [error] => error.clone(),
            errors => panic!("{query}: {errors:?}"),
        }
    }
}

/// All errors of an answer: `code message`.
pub(crate) fn errors(answer: &Value) -> Vec<String> {
    let errors = answer["errors"].as_array();
    let line = |error: &Value| format!("{} {}", error["code"], error["message"].as_str().unwrap());
    errors.into_iter().flatten().map(line).collect()
}

/// What a first deploy stores.
fn everything(datamodel: &Datamodel) -> Vec<StorageAction> {
    let models = datamodel.models();
    let mut actions: Vec<_> = models
        .map(|(id, _)| StorageAction::CreateModel(id))
        .collect();
    for (model, definition) in datamodel.models() {
        for (id, field) in datamodel.fields_of(model) {
            if field.is_scalar_list() {
                actions.push(StorageAction::CreateList(id));
            } else if field.is_column() && id != definition.id {
                actions.push(StorageAction::CreateColumn(id));
            }
        }
    }
    let relations = datamodel.relations();
    actions.extend(relations.map(|(id, _)| StorageAction::CreateLink(id)));
    actions
}

/// The output of a future that never waits, as those of a database in memory.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("a database in memory never waits"),
    }
}
