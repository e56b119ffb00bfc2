//! Two servers on one database change the same service: one after the other, or one of them is told to wait (deploy.md
//! §3.7).

use std::{sync::Arc, time::Duration};

use prisma_connector::MigrationStatus;
use prisma_deploy::{DeployError, DeployRequest, Deployer, DeployerOptions};

use crate::home::{Home, Server};

on_every_store! {
    both_start_at_once
    deploys_at_once_follow_each_other_or_are_refused
    a_deploy_waits_for_another_server
    a_migration_that_runs_elsewhere_is_not_made_again
}

const USER: &str = "type User { id: ID! @id name: String }";

async fn both_start_at_once(home: Home) {
    let (first, second) = tokio::join!(Server::start(&home), Server::start(&home));
    assert_eq!(first.deployer.services().await.unwrap(), []);
    assert_eq!(second.deployer.services().await.unwrap(), []);
}

async fn deploys_at_once_follow_each_other_or_are_refused(home: Home) {
    let first = Server::fresh(&home).await;
    let second = Server::start(&home).await;
    let deploy = |server: &Server, field: &str| {
        let deployer = server.deployer.clone();
        let request = DeployRequest {
            service: home.service.clone(),
            types: format!("type User {{ id: ID! @id {field}: Int }}"),
            ..DeployRequest::default()
        };
        async move { deployer.deploy(request).await }
    };
    let mut done = 0;
    for answer in [
        tokio::join!(deploy(&first, "a"), deploy(&second, "b")),
        tokio::join!(deploy(&second, "c"), deploy(&first, "d")),
    ]
    .into_iter()
    .flat_map(|(one, other)| [one, other])
    {
        match answer {
            // The second may also come to a deletion of what the first has made.
            Ok(outcome) => done += usize::from(outcome.migration.is_some()),
            Err(error) => assert!(matches!(error, DeployError::InProgress), "{error:?}"),
        }
    }
    assert!(done >= 1);
    let migrations = first.deployer.migrations(&home.service).await.unwrap();
    assert_eq!(migrations.len(), done + 1);
    assert!(
        migrations
            .iter()
            .all(|migration| migration.status == MigrationStatus::Success)
    );
}

async fn a_deploy_waits_for_another_server(home: Home) {
    let first = Server::fresh(&home).await;
    let second = Server::start(&home).await;
    let lock = first.database.lock(&home.service, Duration::ZERO).await;
    let lock = lock.unwrap().unwrap();

    let options = DeployerOptions {
        patience: Duration::ZERO,
        ..DeployerOptions::default()
    };
    let impatient = Deployer::new(
        Arc::clone(&second.database),
        Arc::clone(&second.engine),
        options,
    );
    let request = DeployRequest {
        service: home.service.clone(),
        types: USER.to_owned(),
        ..DeployRequest::default()
    };
    let refused = impatient.deploy(request).await.unwrap_err();
    assert_eq!(refused.code(), Some(4008));
    let refused = impatient.delete_service(&home.service).await.unwrap_err();
    assert_eq!(refused.code(), Some(4008));

    let waiting = second.accept(USER);
    let letting_go = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        drop(lock);
    };
    tokio::join!(waiting, letting_go);
}

async fn a_migration_that_runs_elsewhere_is_not_made_again(home: Home) {
    let first = Server::fresh(&home).await;
    first.accept(USER).await;
    let ended = first.newest().await;
    let lock = first.database.lock(&home.service, Duration::ZERO).await;
    let lock = lock.unwrap().unwrap();
    first.leave_open(ended.clone()).await;

    let ending = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        let store = first.database.store();
        let put = store.put_migration(&home.service, ended.clone());
        put.await.unwrap();
        drop(lock);
    };
    let (second, ()) = tokio::join!(Server::start(&home), ending);
    assert_eq!(second.newest().await, ended);
    assert_eq!(
        second.ask("{ users { name } }").await,
        r#"{"data":{"users":[]}}"#
    );
}
