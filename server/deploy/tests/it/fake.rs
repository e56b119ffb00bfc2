//! A database of records and answers: remembers what it was told to do, and says what a test wants it to say.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    sync::{Arc, Mutex},
    time::Duration,
};

use prisma_connector::{
    Answer, BoxFuture, Capabilities, Connector, ConnectorError, Database, Format, Lock,
    MigrationRecord, MigrationStatus, Prepared, Probe, ReadPlan, ServiceName, ServiceRecord,
    Storage, StorageAction, Store, Value, WriteOutcome, WriteRequest,
};
use prisma_datamodel::Datamodel;
use prisma_deploy::{DeployOutcome, DeployRequest, Deployer, DeployerOptions, Issue};
use prisma_engine::Engine;
use tokio::sync::Semaphore;

static CAPABILITIES: Capabilities = Capabilities {
    connector: "fake",
    transactional_ddl: true,
    case_sensitive_equality: true,
    case_sensitive_search: true,
    nulls_last: true,
};

#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) services: BTreeMap<ServiceName, ServiceRecord>,
    pub(crate) migrations: BTreeMap<ServiceName, Vec<MigrationRecord>>,
    pub(crate) containers: Vec<ServiceName>,
    /// Every question that was asked, in words.
    pub(crate) asked: Vec<String>,
    /// Whether all questions are answered with yes.
    pub(crate) yes: bool,
    /// Every change of a storage, in words.
    pub(crate) applied: Vec<String>,
    /// If the next change fails.
    pub(crate) fail: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Fake {
    pub(crate) state: Arc<Mutex<State>>,
    /// Changes wait for one of these.
    pub(crate) permits: Arc<Semaphore>,
}

impl Default for Fake {
    fn default() -> Self {
        Self {
            state: Arc::default(),
            permits: Arc::new(Semaphore::new(1_000)),
        }
    }
}

/// A deployer over a fake, with its engine.
pub(crate) struct World {
    pub(crate) fake: Fake,
    pub(crate) engine: Arc<Engine>,
    pub(crate) deployer: Deployer,
    pub(crate) service: ServiceName,
}

impl World {
    pub(crate) async fn new() -> Self {
        let world = Self::over(Fake::default());
        let deployer = &world.deployer;
        deployer
            .add_service("blog", "dev", Vec::new())
            .await
            .unwrap();
        world
    }

    pub(crate) fn over(fake: Fake) -> Self {
        let engine = Arc::new(Engine::new());
        let deployer = Deployer::new(
            Arc::new(fake.clone()),
            Arc::clone(&engine),
            DeployerOptions::default(),
        );
        Self {
            fake,
            engine,
            deployer,
            service: ServiceName::new("blog", "dev"),
        }
    }

    pub(crate) fn request(&self, types: &str) -> DeployRequest {
        DeployRequest {
            service: self.service.clone(),
            types: types.to_owned(),
            ..DeployRequest::default()
        }
    }

    /// Deploys without force.
    pub(crate) async fn deploy(&self, types: &str) -> DeployOutcome {
        self.deployer.deploy(self.request(types)).await.unwrap()
    }

    /// Deploys a datamodel that has to be accepted.
    pub(crate) async fn start(&self, types: &str) {
        let mut request = self.request(types);
        request.force = true;
        let outcome = self.deployer.deploy(request).await.unwrap();
        assert_eq!(outcome.errors, []);
    }

    pub(crate) fn state<T>(&self, look: impl FnOnce(&mut State) -> T) -> T {
        look(&mut self.fake.state.lock().unwrap())
    }
}

/// One line per issue.
pub(crate) fn issues(issues: &[Issue]) -> String {
    let mut text = String::new();
    for issue in issues {
        let field = issue.field.as_deref().unwrap_or("-");
        writeln!(text, "{}.{field}: {}", issue.type_name, issue.description).unwrap();
    }
    text
}

impl Fake {
    fn with<T>(&self, look: impl FnOnce(&mut State) -> T) -> T {
        look(&mut self.state.lock().unwrap())
    }
}

fn ready<'a, T: Send + 'a>(value: T) -> BoxFuture<'a, Result<T, ConnectorError>> {
    Box::pin(std::future::ready(Ok(value)))
}

impl Database for Fake {
    fn capabilities(&self) -> &Capabilities {
        &CAPABILITIES
    }

    fn store(&self) -> Arc<dyn Store> {
        Arc::new(self.clone())
    }

    fn lock(
        &self,
        _name: &ServiceName,
        _patience: Duration,
    ) -> BoxFuture<'_, Result<Option<Lock>, ConnectorError>> {
        ready(Some(Lock::new(())))
    }

    fn create_container(&self, name: &ServiceName) -> BoxFuture<'_, Result<(), ConnectorError>> {
        self.with(|state| state.containers.push(name.clone()));
        ready(())
    }

    fn drop_container(&self, name: &ServiceName) -> BoxFuture<'_, Result<(), ConnectorError>> {
        self.with(|state| state.containers.retain(|it| it != name));
        ready(())
    }

    fn storage(&self, _name: &ServiceName) -> Result<Arc<dyn Storage>, ConnectorError> {
        Ok(Arc::new(self.clone()))
    }

    fn connector(
        &self,
        _name: &ServiceName,
        _datamodel: Arc<Datamodel>,
    ) -> Result<Arc<dyn Connector>, ConnectorError> {
        Ok(Arc::new(self.clone()))
    }
}

impl Storage for Fake {
    fn probe(
        &self,
        live: Arc<Datamodel>,
        probes: Vec<Probe>,
    ) -> BoxFuture<'_, Result<Vec<bool>, ConnectorError>> {
        let answers = self.with(|state| {
            let words = probes.iter().map(|&probe| probe_words(&live, probe));
            state.asked.extend(words);
            vec![state.yes; probes.len()]
        });
        ready(answers)
    }

    fn apply(
        &self,
        next: Arc<Datamodel>,
        actions: Vec<StorageAction>,
    ) -> BoxFuture<'_, Result<(), ConnectorError>> {
        Box::pin(async move {
            self.permits.acquire().await.unwrap().forget();
            self.with(|state| {
                if std::mem::take(&mut state.fail) {
                    return Err(ConnectorError::Internal("no space left".into()));
                }
                let words = actions.iter().map(|&action| action_words(&next, action));
                state.applied.extend(words);
                Ok(())
            })
        })
    }
}

fn field_words(datamodel: &Datamodel, id: prisma_datamodel::FieldId) -> String {
    let field = &datamodel[id];
    format!("{}.{}", datamodel[field.model].name, field.name)
}

fn probe_words(live: &Datamodel, probe: Probe) -> String {
    match probe {
        Probe::HasNodes(id) => format!("{} has nodes", live[id].name),
        Probe::HasLinks(id) => format!("{} has links", live[id].name),
        Probe::HasNulls(id) => format!("{} has nulls", field_words(live, id)),
        Probe::HasDuplicates(id) => format!("{} has duplicates", field_words(live, id)),
        Probe::HasSeveralLinks(id) => format!("{} has several links", field_words(live, id)),
        Probe::HasUnlinked(id) => format!("{} has unlinked", field_words(live, id)),
        Probe::HasEnumValue(id, value) => format!("{} has value {value}", field_words(live, id)),
    }
}

fn action_words(next: &Datamodel, action: StorageAction) -> String {
    match action {
        StorageAction::CreateModel(id) => format!("model {}", next[id].name),
        StorageAction::CreateColumn(id) => format!("column {}", field_words(next, id)),
        StorageAction::CreateList(id) => format!("list {}", field_words(next, id)),
        StorageAction::CreateLink(id) => format!("link {}", next[id].name),
    }
}

impl Store for Fake {
    fn services(&self) -> BoxFuture<'_, Result<Vec<ServiceRecord>, ConnectorError>> {
        ready(self.with(|state| state.services.values().cloned().collect()))
    }

    fn service(
        &self,
        name: &ServiceName,
    ) -> BoxFuture<'_, Result<Option<ServiceRecord>, ConnectorError>> {
        ready(self.with(|state| state.services.get(name).cloned()))
    }

    fn create_service(
        &self,
        service: ServiceRecord,
        first: MigrationRecord,
    ) -> BoxFuture<'_, Result<(), ConnectorError>> {
        self.with(|state| {
            state.migrations.insert(service.name.clone(), vec![first]);
            state.services.insert(service.name.clone(), service);
        });
        ready(())
    }

    fn delete_service(&self, name: &ServiceName) -> BoxFuture<'_, Result<(), ConnectorError>> {
        self.with(|state| {
            state.services.remove(name);
            state.migrations.remove(name);
        });
        ready(())
    }

    fn set_secrets(
        &self,
        name: &ServiceName,
        secrets: Vec<String>,
    ) -> BoxFuture<'_, Result<(), ConnectorError>> {
        self.with(|state| state.services.get_mut(name).unwrap().secrets = secrets);
        ready(())
    }

    fn migrations(
        &self,
        name: &ServiceName,
    ) -> BoxFuture<'_, Result<Vec<MigrationRecord>, ConnectorError>> {
        ready(self.with(|state| {
            let mut all = state.migrations.get(name).cloned().unwrap_or_default();
            all.reverse();
            all
        }))
    }

    fn live(
        &self,
        name: &ServiceName,
    ) -> BoxFuture<'_, Result<Option<MigrationRecord>, ConnectorError>> {
        ready(self.with(|state| {
            let mut all = state.migrations.get(name).into_iter().flatten();
            all.rfind(|it| it.status == MigrationStatus::Success)
                .cloned()
        }))
    }

    fn put_migration(
        &self,
        name: &ServiceName,
        migration: MigrationRecord,
    ) -> BoxFuture<'_, Result<(), ConnectorError>> {
        self.with(|state| {
            let all = state.migrations.get_mut(name).unwrap();
            all.retain(|it| it.revision != migration.revision);
            all.push(migration);
        });
        ready(())
    }
}

impl Connector for Fake {
    fn capabilities(&self) -> &Capabilities {
        &CAPABILITIES
    }

    fn prepare(&self, _plan: &ReadPlan, _: Format) -> Result<Arc<dyn Prepared>, ConnectorError> {
        Err(ConnectorError::Plan("a fake reads nothing"))
    }

    fn read(
        &self,
        _query: Arc<dyn Prepared>,
        _values: Vec<Value>,
        _buffer: Vec<u8>,
    ) -> BoxFuture<'_, Result<Answer, ConnectorError>> {
        Box::pin(async { Err(ConnectorError::Plan("a fake reads nothing")) })
    }

    fn write(&self, _request: WriteRequest) -> BoxFuture<'_, Result<WriteOutcome, ConnectorError>> {
        Box::pin(async { Err(ConnectorError::Plan("a fake writes nothing")) })
    }

    fn raw(&self, _text: String) -> BoxFuture<'_, Result<Vec<u8>, ConnectorError>> {
        Box::pin(async { Err(ConnectorError::Plan("a fake runs nothing")) })
    }
}
