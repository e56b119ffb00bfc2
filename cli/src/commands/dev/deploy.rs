//! Deploying a file to the server in the same process.

use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use prisma_connector::{MigrationStatus, ServiceName};
use prisma_datamodel::Source;
use prisma_deploy::{DeployError, DeployRequest, Deployer, Migration};

use crate::ui;

/// Between two looks at a migration that is being applied.
const POLL: Duration = Duration::from_millis(20);

/// A file and the service it is deployed to.
pub(super) struct Deployment {
    deployer: Arc<Deployer>,
    service: ServiceName,
    file: PathBuf,
    force: bool,
    /// What was deployed, or tried, last.
    last: Option<String>,
}

impl Deployment {
    pub(super) fn new(
        deployer: Arc<Deployer>,
        service: ServiceName,
        file: PathBuf,
        force: bool,
    ) -> Self {
        Self {
            deployer,
            service,
            file,
            force,
            last: None,
        }
    }

    /// Deploys the file if it changed, and shows what came of it. What is wrong with the datamodel is shown and is no
    /// failure: the next version of the file may be right.
    pub(super) async fn run(&mut self) -> anyhow::Result<()> {
        let name = self.file.display().to_string();
        let text = match std::fs::read_to_string(&self.file) {
            Ok(text) => text,
            Err(error) => {
                ui::error(&anyhow::Error::new(error).context(format!("cannot read `{name}`")));
                return Ok(());
            }
        };
        if self.last.as_deref() == Some(text.as_str()) {
            return Ok(());
        }
        self.last = Some(text.clone());
        let source = Source::new(name, text);
        if let Err(errors) = prisma_datamodel::parse(&source) {
            ui::diagnostics(&source, &errors);
            ui::not_deployed();
            return Ok(());
        }
        let started = Instant::now();
        match self.deploy(source.text()).await {
            Ok(migration) => {
                if let Some(migration) = migration {
                    ui::deployed(migration.revision, started.elapsed());
                }
                Ok(())
            }
            // Refused for what the text says: shown, and the next text may do better.
            Err(error) if error.code().is_some() => {
                ui::error(&error.into());
                ui::not_deployed();
                Ok(())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The migration that was applied, if there was something to apply.
    async fn deploy(&self, types: &str) -> Result<Option<Migration>, DeployError> {
        let ServiceName { name, stage } = &self.service;
        match self.deployer.add_service(name, stage, Vec::new()).await {
            Ok(_) | Err(DeployError::ServiceExists(_)) => {}
            Err(error) => return Err(error),
        }
        let outcome = self
            .deployer
            .deploy(DeployRequest {
                service: self.service.clone(),
                types: types.to_owned(),
                secrets: None,
                force: self.force,
                ..DeployRequest::default()
            })
            .await?;
        ui::issues(&outcome.errors, &outcome.warnings);
        ui::steps(&outcome.steps);
        let Some(migration) = outcome.migration else {
            if !outcome.errors.is_empty() {
                ui::not_deployed();
            } else if !outcome.warnings.is_empty() {
                ui::needs_force();
            } else {
                ui::up_to_date();
            }
            return Ok(None);
        };
        let migration = self.wait_for(migration).await?;
        if migration.status != MigrationStatus::Success {
            ui::rolled_back(&migration.errors);
            return Ok(None);
        }
        Ok(Some(migration))
    }

    /// Waits until the migration has ended, one way or the other.
    async fn wait_for(&self, mut migration: Migration) -> Result<Migration, DeployError> {
        while migration.status.is_open() {
            tokio::time::sleep(POLL).await;
            let all = self.deployer.migrations(&self.service).await?;
            let same = all
                .into_iter()
                .find(|other| other.revision == migration.revision);
            migration = same.unwrap_or(migration);
        }
        Ok(migration)
    }
}
