//! A service with a datamodel, and rows put there by hand.

use std::future::Future;
use std::sync::Arc;

use prisma_connector::{
    Answer, Connector, Database as _, Format, Problem, ReadPlan, ServiceName, StorageAction, Value,
};
use prisma_datamodel::{Datamodel, FieldId, ModelId, Source};
use prisma_sql::{Options, SqlDatabase, Strategy};
use prisma_sqlite::SqliteHost;

pub(crate) struct World {
    pub(crate) datamodel: Arc<Datamodel>,
    pub(crate) connector: Arc<dyn Connector>,
    /// The same data, read level by level.
    levels: Arc<dyn Connector>,
}

impl World {
    /// A service in memory.
    pub(crate) fn new(datamodel: &str) -> Self {
        Self::on(SqliteHost::memory(), datamodel)
    }

    pub(crate) fn on(host: SqliteHost, datamodel: &str) -> Self {
        let source = Source::new("datamodel.prisma", datamodel);
        let (datamodel, _) = prisma_datamodel::parse(&source).unwrap();
        let datamodel = Arc::new(datamodel);
        let service = ServiceName::default();
        let host = Arc::new(host);
        let (connector, levels) = wait(async {
            let database = SqlDatabase::open(Arc::clone(&host)).await.unwrap();
            database.create_container(&service).await.unwrap();
            let storage = database.storage(&service).unwrap();
            let actions = everything(&datamodel);
            storage
                .apply(Arc::clone(&datamodel), actions)
                .await
                .unwrap();
            let options = Options {
                strategy: Some(Strategy::Levels),
                ..Options::default()
            };
            let levels = SqlDatabase::open_with(host, options).await.unwrap();
            let [connector, levels] = [&database, &levels].map(|database| {
                database
                    .connector(&service, Arc::clone(&datamodel))
                    .unwrap()
            });
            (connector, levels)
        });
        Self {
            datamodel,
            connector,
            levels,
        }
    }

    /// Runs statements, one per line.
    pub(crate) fn rows(&self, statements: &str) {
        for statement in statements.lines().filter(|line| !line.trim().is_empty()) {
            self.raw(statement).unwrap();
        }
    }

    pub(crate) fn raw(&self, text: &str) -> Result<String, prisma_connector::ConnectorError> {
        let bytes = wait(self.connector.raw(text.to_owned()))?;
        Ok(String::from_utf8(bytes).unwrap())
    }

    pub(crate) fn model(&self, name: &str) -> ModelId {
        self.datamodel.model(name).unwrap()
    }

    /// A field by model and name: `User.name`.
    pub(crate) fn field(&self, name: &str) -> FieldId {
        let (model, field) = name.split_once('.').unwrap();
        self.datamodel.field(self.model(model), field).unwrap()
    }

    pub(crate) fn read(&self, plan: &ReadPlan, values: &[Value]) -> Answer {
        let read = |connector: &Arc<dyn Connector>| {
            let query = connector.prepare(plan, Format::Json).unwrap();
            wait(connector.read(query, values.to_vec(), Vec::new())).unwrap()
        };
        let answer = read(&self.connector);
        assert_eq!(answer, read(&self.levels), "level by level");
        serde_json::from_slice::<serde_json::Value>(&answer.buffer)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&answer.buffer)));
        answer
    }

    /// The answer of a read without problems.
    pub(crate) fn json(&self, plan: &ReadPlan, values: &[Value]) -> String {
        let (json, problems) = self.json_and_problems(plan, values);
        assert_eq!(problems, []);
        json
    }

    pub(crate) fn json_and_problems(
        &self,
        plan: &ReadPlan,
        values: &[Value],
    ) -> (String, Vec<Problem>) {
        let answer = self.read(plan, values);
        (String::from_utf8(answer.buffer).unwrap(), answer.problems)
    }
}

pub(crate) fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(future)
}

/// What a first deploy does.
fn everything(datamodel: &Datamodel) -> Vec<StorageAction> {
    let mut actions = Vec::new();
    for (model, _) in datamodel.models() {
        actions.push(StorageAction::CreateModel(model));
    }
    for (model, _) in datamodel.models() {
        for (id, field) in datamodel.fields_of(model) {
            if field.is_scalar_list() {
                actions.push(StorageAction::CreateList(id));
            } else if field.is_column() && id != datamodel[model].id {
                actions.push(StorageAction::CreateColumn(id));
            }
        }
    }
    let relations = datamodel.relations();
    actions.extend(relations.map(|(id, _)| StorageAction::CreateLink(id)));
    actions
}
