//! Migrations while they run, and those that fail.

use std::time::Duration;

use prisma_connector::MigrationStatus;

use crate::fake::{World, issues};

const USER: &str = "type User { id: ID! @id name: String }";

#[tokio::test]
async fn a_failed_migration_is_on_record_and_the_old_revision_stays() {
    let world = World::new().await;
    world.start(USER).await;
    world.state(|it| it.fail = true);
    let mut request = world.request("type User { id: ID! @id name: String age: Int }");
    request.secrets = Some(vec!["s".to_owned()]);
    let outcome = world.deployer.deploy(request.clone()).await.unwrap();
    assert_eq!(
        issues(&outcome.errors),
        "Global.-: The migration failed and was undone: the database failed: no space left\n"
    );
    let failed = outcome.migration.unwrap();
    assert_eq!(
        (failed.revision, failed.status, failed.applied),
        (3, MigrationStatus::RollbackSuccess, 0)
    );
    assert_eq!(failed.errors, ["the database failed: no space left"]);
    let served = world.engine.service(&world.service).unwrap();
    assert_eq!(
        (served.datamodel().fields.len(), served.secrets().len()),
        (2, 0)
    );

    let status = world
        .deployer
        .migration_status(&world.service)
        .await
        .unwrap();
    assert_eq!(
        (status.revision, status.status),
        (2, MigrationStatus::Success)
    );
    let history = world.deployer.migrations(&world.service).await.unwrap();
    assert_eq!(history[0], failed);

    // The number is used up; the next deploy starts from what is live.
    let again = world
        .deployer
        .deploy(request)
        .await
        .unwrap()
        .migration
        .unwrap();
    assert_eq!(
        (again.revision, again.status, again.steps.len()),
        (4, MigrationStatus::Success, 3)
    );
}

#[tokio::test]
async fn one_deploy_at_a_time() {
    let world = World::new().await;
    let permits = world.fake.permits.clone();
    let all = permits.available_permits();
    permits.forget_permits(all);
    let (deployer, request) = (world.deployer.clone(), world.request(USER));
    let first = tokio::spawn(async move { deployer.deploy(request).await });
    while world
        .deployer
        .migration_status(&world.service)
        .await
        .unwrap()
        .revision
        != 2
    {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let status = world
        .deployer
        .migration_status(&world.service)
        .await
        .unwrap();
    assert_eq!(status.status, MigrationStatus::InProgress);
    let error = world
        .deployer
        .deploy(world.request("type B { id: ID! @id }"))
        .await
        .unwrap_err();
    assert_eq!(error.code(), Some(4008));
    // A question is no deploy.
    let mut question = world.request("type B { id: ID! @id }");
    question.dry_run = true;
    assert_eq!(
        world.deployer.deploy(question).await.unwrap().steps.len(),
        2
    );

    permits.add_permits(10);
    first.await.unwrap().unwrap().migration.unwrap();
    world
        .start("type User { id: ID! @id name: String } type B { id: ID! @id }")
        .await;
}

/// The caller goes away, as a closed connection does.
#[tokio::test]
async fn a_migration_that_began_comes_to_its_end() {
    let world = World::new().await;
    let permits = world.fake.permits.clone();
    let all = permits.available_permits();
    permits.forget_permits(all);
    let deploy = world.deployer.deploy(world.request(USER));
    assert!(
        tokio::time::timeout(Duration::from_millis(50), deploy)
            .await
            .is_err()
    );
    permits.add_permits(1);
    for _ in 0..1_000 {
        let status = world
            .deployer
            .migration_status(&world.service)
            .await
            .unwrap();
        if status.status == MigrationStatus::Success && status.revision == 2 {
            assert_eq!(
                world
                    .engine
                    .service(&world.service)
                    .unwrap()
                    .datamodel()
                    .models
                    .len(),
                1
            );
            return;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    panic!("the migration was left alone");
}
