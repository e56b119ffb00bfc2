//! Services come, go, and are there again after a restart.

use prisma_connector::{MigrationStatus, ServiceName};
use prisma_deploy::MigrationStep;

use crate::fake::World;

#[tokio::test]
async fn names_are_taken_once() {
    let world = World::new().await;
    let add = async |name: &str, stage: &str| {
        let added = world.deployer.add_service(name, stage, Vec::new()).await;
        added.err().and_then(|error| error.code())
    };
    assert_eq!(add("blog", "dev").await, Some(4005));
    assert_eq!(add("Blog", "dev").await, None);
    assert_eq!(add("blog", "import").await, Some(4007));
    let names: Vec<String> = world
        .deployer
        .services()
        .await
        .unwrap()
        .iter()
        .map(|service| service.name.to_string())
        .collect();
    assert_eq!(names, ["Blog$dev", "blog$dev"]);
}

#[tokio::test]
async fn adding_makes_revision_one_and_a_service_without_models() {
    let world = World::new().await;
    let history = world.deployer.migrations(&world.service).await.unwrap();
    assert_eq!(history.len(), 1);
    assert_eq!(
        (history[0].revision, history[0].status),
        (1, MigrationStatus::Success)
    );
    assert_eq!((history[0].started_at, history[0].steps.len()), (None, 0));
    assert!(
        world
            .engine
            .service(&world.service)
            .unwrap()
            .datamodel()
            .models
            .is_empty()
    );
    assert_eq!(
        world.state(|it| it.containers.clone()),
        std::slice::from_ref(&world.service)
    );
}

#[tokio::test]
async fn deleting_leaves_nothing() {
    let world = World::new().await;
    world.start("type A { id: ID! @id }").await;
    let deleted = world.deployer.delete_service(&world.service).await.unwrap();
    assert_eq!(deleted.datamodel, "type A { id: ID! @id }");
    assert!(world.engine.service(&world.service).is_none());
    assert!(world.state(|it| it.containers.is_empty()));
    assert_eq!(world.deployer.migrations(&world.service).await.unwrap(), []);
    for error in [
        world
            .deployer
            .delete_service(&world.service)
            .await
            .unwrap_err(),
        world.deployer.service(&world.service).await.unwrap_err(),
        world
            .deployer
            .migration_status(&world.service)
            .await
            .unwrap_err(),
    ] {
        assert_eq!(error.code(), Some(4000));
    }
    world
        .deployer
        .add_service("blog", "dev", Vec::new())
        .await
        .unwrap();
}

#[tokio::test]
async fn a_restart_serves_what_was_served() {
    let first = World::new().await;
    let text = "type A { id: ID! @id b: [B] } type B { id: ID! @id }";
    first.start(text).await;
    let mut request = first.request(text);
    request.secrets = Some(vec!["s".to_owned()]);
    first.deployer.deploy(request).await.unwrap();
    // One that cannot be served does not keep the others from it.
    first
        .deployer
        .add_service("broken", "dev", Vec::new())
        .await
        .unwrap();
    let broken = ServiceName::new("broken", "dev");
    first.state(|it| it.migrations.get_mut(&broken).unwrap()[0].schema = "{".to_owned());

    let second = World::over(first.fake.clone());
    second.deployer.load().await.unwrap();
    let served = second.engine.service(&second.service).unwrap();
    let names: Vec<&str> = served
        .datamodel()
        .models
        .iter()
        .map(|model| &*model.name)
        .collect();
    // B got a hidden field and is the last one anyway.
    assert_eq!(names, ["A", "B"]);
    assert_eq!(served.secrets(), ["s"]);
    assert!(second.engine.service(&broken).is_none());
    assert!(second.deploy(text).await.migration.is_none());
}

#[tokio::test]
async fn an_interrupted_migration_is_made_at_the_next_start() {
    let first = World::new().await;
    let mut request = first.request("type A { id: ID! @id n: Int }");
    request.secrets = Some(vec!["s".to_owned()]);
    first.deployer.deploy(request).await.unwrap();
    // As if the server had stopped before the end was on record.
    first.state(|it| {
        let record = it
            .migrations
            .get_mut(&first.service)
            .unwrap()
            .last_mut()
            .unwrap();
        record.status = MigrationStatus::InProgress;
        record.applied = 0;
        it.services.get_mut(&first.service).unwrap().secrets.clear();
        it.applied.clear();
    });

    let second = World::over(first.fake.clone());
    let open = second
        .deployer
        .deploy(second.request("type A { id: ID! @id }"))
        .await
        .unwrap_err();
    assert_eq!(open.code(), Some(4008));
    second.deployer.load().await.unwrap();
    assert_eq!(
        second.state(|it| it.applied.clone()),
        ["model A", "column A.n"]
    );
    let status = second
        .deployer
        .migration_status(&second.service)
        .await
        .unwrap();
    assert_eq!(
        (status.revision, status.status, status.applied),
        (2, MigrationStatus::Success, 4)
    );
    assert_eq!(status.steps.last(), Some(&MigrationStep::UpdateSecrets));
    let served = second.engine.service(&second.service).unwrap();
    assert_eq!(
        (served.datamodel().models.len(), served.secrets().len()),
        (1, 1)
    );
}
