//! A store that answers nothing but remembers what it was asked.

use std::any::Any;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use prisma_connector::{
    Answer, BoxFuture, Capabilities, Connector, ConnectorError, Format, Prepared, ReadPlan,
    ServiceName, Value, WriteOutcome, WriteRequest,
};
use prisma_datamodel::{Datamodel, Source};
use prisma_engine::{
    Counters, Engine, GraphqlRequest, Limits, ResponseBody, Service, ServiceOptions,
};
use serde_json::value::RawValue;

pub(crate) const BLOG: &str = r#"
    enum Role { ADMIN USER }
    type User {
      id: ID! @id
      email: String! @unique
      age: Int
      score: Float
      role: Role
      born: DateTime
      extra: Json
      tags: [String] @scalarList(strategy: RELATION)
      posts: [Post]
      boss: User @relation(name: "Boss", link: INLINE)
    }
    type Post {
      id: ID! @id
      title: String!
      author: User! @relation(link: INLINE)
    }
    type Counter { id: Int! @id  name: String }
    type Item { id: UUID! @id  name: String }
"#;

/// A service over a store that remembers.
pub(crate) struct Fake {
    engine: Engine,
    name: ServiceName,
    store: Arc<Store>,
    datamodel: Arc<Datamodel>,
}

impl Fake {
    pub(crate) fn new(datamodel: &str) -> Self {
        Self::with(datamodel, false)
    }

    pub(crate) fn with(datamodel: &str, raw_access: bool) -> Self {
        let (datamodel, _) = prisma_datamodel::parse(&Source::new("d", datamodel)).unwrap();
        let datamodel = Arc::new(datamodel);
        let store = Arc::new(Store::default());
        let name = ServiceName::new("blog", "test");
        let options = ServiceOptions {
            raw_access,
            databases: vec!["default".to_owned()],
            secrets: Vec::new(),
        };
        let connector = Remembering(Arc::clone(&store));
        let service = Service::new(
            name.clone(),
            Arc::clone(&datamodel),
            Arc::new(connector),
            options,
        );
        let engine = Engine::new();
        engine.swap(Arc::new(service.unwrap()));
        Self {
            engine,
            name,
            store,
            datamodel,
        }
    }

    /// The same with other limits.
    pub(crate) fn limited(self, limits: Limits) -> Self {
        let engine = Engine::with_limits(limits);
        engine.swap(self.engine.service(&self.name).unwrap());
        Self { engine, ..self }
    }

    pub(crate) fn datamodel(&self) -> &Datamodel {
        &self.datamodel
    }

    pub(crate) fn counters(&self) -> Counters {
        self.engine.service(&self.name).unwrap().counters()
    }

    pub(crate) fn api(&self) -> prisma_api::ApiSchema {
        self.engine.service(&self.name).unwrap().api().clone()
    }

    pub(crate) fn send(&self, request: GraphqlRequest) -> ResponseBody {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        runtime
            .unwrap()
            .block_on(self.engine.execute(&self.name, request, "r1"))
    }

    /// The body that answers a document.
    pub(crate) fn ask(&self, query: &str) -> String {
        self.ask_with(query, "null")
    }

    /// The body that answers a document with variables.
    pub(crate) fn ask_with(&self, query: &str, variables: &str) -> String {
        let variables =
            (variables != "null").then(|| RawValue::from_string(variables.to_owned()).unwrap());
        let body = self.send(GraphqlRequest {
            query: query.to_owned(),
            variables,
            ..GraphqlRequest::default()
        });
        String::from_utf8(body.bytes).unwrap()
    }

    /// The messages of all errors.
    pub(crate) fn messages(&self, query: &str, variables: &str) -> Vec<String> {
        let body: serde_json::Value =
            serde_json::from_str(&self.ask_with(query, variables)).unwrap();
        let errors = body["errors"].as_array().cloned().unwrap_or_default();
        let message = |error: &serde_json::Value| error["message"].as_str().unwrap().to_owned();
        errors.iter().map(message).collect()
    }

    /// The plans that were read since the last call, with their values.
    pub(crate) fn asked(&self) -> Vec<(ReadPlan, Vec<Value>)> {
        std::mem::take(&mut self.store.asked.lock().unwrap())
    }

    /// The next read or write fails.
    pub(crate) fn fail_next(&self, error: ConnectorError) {
        *self.store.fails.lock().unwrap() = Some(error);
    }
}

#[derive(Debug, Default)]
struct Store {
    asked: Mutex<Vec<(ReadPlan, Vec<Value>)>>,
    fails: Mutex<Option<ConnectorError>>,
}

impl Store {
    fn ask(&self, query: &dyn Prepared, values: Vec<Value>) -> Result<(), ConnectorError> {
        if let Some(error) = self.fails.lock().unwrap().take() {
            return Err(error);
        }
        let plan: &Plan = query.as_any().downcast_ref().unwrap();
        self.asked.lock().unwrap().push((plan.0.clone(), values));
        Ok(())
    }
}

#[derive(Debug)]
struct Plan(ReadPlan);

impl Prepared for Plan {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn statements(&self) -> Vec<String> {
        Vec::new()
    }
}

#[derive(Debug)]
struct Remembering(Arc<Store>);

impl Connector for Remembering {
    fn capabilities(&self) -> &Capabilities {
        &Capabilities {
            connector: "fake",
            transactional_ddl: true,
            case_sensitive_equality: true,
            case_sensitive_search: true,
            nulls_last: false,
        }
    }

    fn prepare(&self, plan: &ReadPlan, _: Format) -> Result<Arc<dyn Prepared>, ConnectorError> {
        Ok(Arc::new(Plan(plan.clone())))
    }

    /// Answers the number of values.
    fn read(
        &self,
        query: Arc<dyn Prepared>,
        values: Vec<Value>,
        buffer: Vec<u8>,
    ) -> BoxFuture<'_, Result<Answer, ConnectorError>> {
        Box::pin(async move {
            let mut text = String::from_utf8(buffer).unwrap();
            write!(text, "{}", values.len()).unwrap();
            self.0.ask(&*query, values)?;
            Ok(Answer {
                buffer: text.into_bytes(),
                ..Answer::default()
            })
        })
    }

    fn write(&self, request: WriteRequest) -> BoxFuture<'_, Result<WriteOutcome, ConnectorError>> {
        Box::pin(async move {
            let answer = match request.answer {
                Some(answer) => {
                    self.read(answer.query, answer.values, request.buffer)
                        .await?
                }
                None => Answer {
                    buffer: request.buffer,
                    ..Answer::default()
                },
            };
            Ok(WriteOutcome { count: 3, answer })
        })
    }

    fn raw(&self, text: String) -> BoxFuture<'_, Result<Vec<u8>, ConnectorError>> {
        Box::pin(async move { Ok(serde_json::to_vec(&text).unwrap()) })
    }
}
