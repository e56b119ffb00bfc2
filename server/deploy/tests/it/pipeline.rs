//! From a request to an answer, and what is written on the way.

use prisma_connector::MigrationStatus;
use prisma_deploy::{MigrationStep, Subscription};

use crate::fake::{World, issues};

const USER: &str = "type User { id: ID! @id name: String }";

#[tokio::test]
async fn a_first_deploy_makes_everything_in_order() {
    let world = World::new().await;
    let outcome = world
        .deploy(
            "type User { id: ID! @id name: String! email: String @unique tags: [String] @scalarList(strategy: RELATION) posts: [Post] }
             type Post { id: ID! @id author: User labels: [Label] }
             type Label { id: ID! @id posts: [Post] }
             enum Role { ADMIN USER }",
        )
        .await;
    assert_eq!((&*outcome.errors, &*outcome.warnings), (&[][..], &[][..]));
    insta::assert_debug_snapshot!(outcome.steps);
    let migration = outcome.migration.unwrap();
    assert_eq!(migration.status, MigrationStatus::Success);
    assert_eq!(migration.revision, 2);
    assert_eq!(
        migration.applied,
        i32::try_from(migration.steps.len()).unwrap()
    );
    assert_eq!(migration.steps, outcome.steps);
    assert!(migration.started_at <= migration.finished_at && migration.started_at.is_some());
    insta::assert_snapshot!(world.state(|it| it.applied.join("\n")));
    let served = world.engine.service(&world.service).unwrap();
    assert_eq!(served.datamodel().models.len(), 3);
    // Nothing is stored yet that a first deploy could harm.
    assert_eq!(world.state(|it| it.asked.len()), 0);
}

#[tokio::test]
async fn the_same_text_again_is_up_to_date() {
    let world = World::new().await;
    world.start(USER).await;
    let outcome = world.deploy(&format!("# again\n{USER}")).await;
    assert_eq!(outcome, Default::default());
    assert_eq!(
        world
            .deployer
            .migrations(&world.service)
            .await
            .unwrap()
            .len(),
        2
    );
    // The text on record is the one that made the revision.
    assert_eq!(
        world
            .deployer
            .service(&world.service)
            .await
            .unwrap()
            .datamodel,
        USER
    );
}

/// (next datamodel, steps, changes of the storage)
#[tokio::test]
async fn changes_of_meaning_alone_make_revisions() {
    const START: &str = "type A { id: ID! @id e: E b: B @relation(onDelete: SET_NULL) n: Int } type B { id: ID! @id as: [A] } enum E { X Y }";
    for (next, steps) in [
        // the order of types, and what happens to related nodes
        (
            "type B { id: ID! @id as: [A] } type A { id: ID! @id e: E b: B n: Int } enum E { X Y }",
            &[][..],
        ),
        (
            "type A { id: ID! @id e: E b: B @relation(onDelete: CASCADE) n: Int } type B { id: ID! @id as: [A] } enum E { X Y }",
            &[],
        ),
        // a default, another order of fields
        (
            "type A { id: ID! @id e: E b: B n: Int @default(value: 3) } type B { id: ID! @id as: [A] } enum E { X Y }",
            &["UpdateModel"],
        ),
        (
            "type A { id: ID! @id b: B e: E n: Int } type B { id: ID! @id as: [A] } enum E { X Y }",
            &["UpdateModel"],
        ),
        // a value more, an enum more
        (
            "type A { id: ID! @id e: E b: B n: Int } type B { id: ID! @id as: [A] } enum E { X Y Z }",
            &["UpdateEnum", "UpdateModel"],
        ),
        (
            "type A { id: ID! @id e: E b: B n: Int } type B { id: ID! @id as: [A] } enum E { X Y } enum F { Z }",
            &["CreateEnum"],
        ),
        (
            "type A { id: ID! @id e: F b: B n: Int } type B { id: ID! @id as: [A] } enum F @rename(oldName: \"E\") { X Y }",
            &["UpdateEnum", "UpdateModel"],
        ),
        // names that have no place in the storage
        (
            "type C @rename(oldName: \"A\") @db(name: \"A\") { id: ID! @id e: E b: B n: Int } type B { id: ID! @id as: [C] } enum E { X Y }",
            &["UpdateModel", "UpdateModel", "UpdateRelation"],
        ),
        (
            "type A { id: ID! @id e: E b: B m: Int @db(name: \"n\") @rename(oldName: \"n\") } type B { id: ID! @id as: [A] } enum E { X Y }",
            &["UpdateField", "UpdateModel"],
        ),
        (
            "type A { id: ID! @id e: E b: B @relation(name: \"Named\") n: Int } type B { id: ID! @id as: [A] @relation(name: \"Named\") } enum E { X Y }",
            &["UpdateModel", "UpdateModel", "UpdateRelation"],
        ),
        // the silent end of a relation
        (
            "type A { id: ID! @id e: E b: B n: Int } type B { id: ID! @id } enum E { X Y }",
            &["DeleteField", "UpdateModel"],
        ),
        (
            "type A { id: ID! @id e: E b: B! n: Int } type B { id: ID! @id as: [A] } enum E { X Y }",
            &["UpdateField", "UpdateModel"],
        ),
        (
            "type A { id: ID! @id(strategy: NONE) e: E b: B n: Int } type B { id: ID! @id as: [A] } enum E { X Y }",
            &["UpdateField", "UpdateModel"],
        ),
    ] {
        let world = World::new().await;
        world.start(START).await;
        world.state(|it| it.applied.clear());
        let outcome = world.deploy(next).await;
        assert_eq!(
            issues(&outcome.errors) + &issues(&outcome.warnings),
            "",
            "{next}"
        );
        let names: Vec<&str> = outcome.steps.iter().map(MigrationStep::type_name).collect();
        assert_eq!(names, steps, "{next}");
        let migration = outcome.migration.unwrap();
        assert_eq!(
            (migration.revision, migration.status),
            (3, MigrationStatus::Success),
            "{next}"
        );
        assert_eq!(
            world.state(|it| it.applied.clone()),
            Vec::<String>::new(),
            "{next}"
        );
        // What was deployed is now what is compared with.
        assert!(
            world
                .deploy(
                    next.replace("@rename(oldName: \"A\")", "")
                        .replace("@rename(oldName: \"E\")", "")
                        .as_str()
                )
                .await
                .migration
                .is_none(),
            "{next}"
        );
    }
}

#[tokio::test]
async fn storage_grows() {
    let world = World::new().await;
    world.start(USER).await;
    world.state(|it| it.applied.clear());
    world
        .start(
            "type User { id: ID! @id name: String age: Int! tags: [Role] @scalarList(strategy: RELATION) friends: [User] home: Place! }
             type Place { id: Int! @id users: [User] } enum Role { A B }",
        )
        .await;
    insta::assert_snapshot!(world.state(|it| it.applied.join("\n")));
}

#[tokio::test]
async fn secrets_are_a_step_of_their_own() {
    let world = World::new().await;
    world.start(USER).await;
    let deploy = async |secrets: Option<&[&str]>, dry_run| {
        let mut request = world.request(USER);
        request.secrets = secrets.map(|all| all.iter().map(|&it| it.to_owned()).collect());
        request.dry_run = dry_run;
        world.deployer.deploy(request).await.unwrap()
    };
    let secrets = || {
        world
            .engine
            .service(&world.service)
            .unwrap()
            .secrets()
            .to_vec()
    };

    assert!(deploy(Some(&["a", "b"]), true).await.migration.is_none());
    assert_eq!(secrets().len(), 0);

    let outcome = deploy(Some(&["a", "b"]), false).await;
    assert_eq!(outcome.steps, []);
    let migration = outcome.migration.unwrap();
    assert_eq!(migration.steps, [MigrationStep::UpdateSecrets]);
    assert_eq!((migration.revision, migration.applied), (3, 1));
    assert_eq!(secrets(), ["a", "b"]);
    assert_eq!(
        world.state(|it| it.services[&world.service].secrets.clone()),
        ["a", "b"]
    );

    assert!(deploy(Some(&["a", "b"]), false).await.migration.is_none());
    assert!(deploy(None, false).await.migration.is_none());
    // The order counts: the first one signs.
    assert!(deploy(Some(&["b", "a"]), false).await.migration.is_some());
    assert!(deploy(Some(&[]), false).await.migration.is_some());
    assert_eq!(secrets().len(), 0);

    let history = world.deployer.migrations(&world.service).await.unwrap();
    assert_eq!(history[0].steps, [MigrationStep::UpdateSecrets]);
}

#[tokio::test]
async fn a_dry_run_tells_everything_and_writes_nothing() {
    let world = World::new().await;
    world.start(USER).await;
    let mut request = world.request("type User { id: ID! @id } type Post { id: ID! @id }");
    request.dry_run = true;
    let outcome = world.deployer.deploy(request.clone()).await.unwrap();
    let names: Vec<&str> = outcome.steps.iter().map(MigrationStep::type_name).collect();
    assert_eq!(
        names,
        ["DeleteField", "UpdateModel", "CreateModel", "CreateField"]
    );
    // No data speaks against it, but it would be refused.
    assert_eq!(outcome.errors.len(), 1);
    assert_eq!(outcome.warnings, []);

    world.state(|it| it.yes = true);
    let outcome = world.deployer.deploy(request.clone()).await.unwrap();
    assert_eq!((outcome.errors.len(), outcome.warnings.len()), (0, 1));
    request.force = true;
    let outcome = world.deployer.deploy(request).await.unwrap();
    assert_eq!((outcome.errors.len(), outcome.warnings.len()), (1, 1));
    assert!(outcome.migration.is_none());
    assert_eq!(
        world
            .deployer
            .migrations(&world.service)
            .await
            .unwrap()
            .len(),
        2
    );
}

#[tokio::test]
async fn subscriptions_make_revisions() {
    let world = World::new().await;
    world.start(USER).await;
    let deploy = async |query: Option<&str>| {
        let mut request = world.request(USER);
        request
            .subscriptions
            .extend(query.map(|query| Subscription {
                name: "changes".to_owned(),
                query: query.to_owned(),
                url: "http://127.0.0.1/hook".to_owned(),
                headers: Vec::new(),
            }));
        world.deployer.deploy(request).await.unwrap()
    };
    assert_eq!(
        issues(
            &deploy(Some("subscription { users { mutation } }"))
                .await
                .errors
        ),
        "Subscription.changes: The provided query doesn't include any known model name. Please check for the latest subscriptions API.\n"
    );
    for _ in 0..2 {
        let migration = deploy(Some("subscription { user { mutation } }"))
            .await
            .migration
            .unwrap();
        assert_eq!(
            (migration.steps.len(), migration.status),
            (0, MigrationStatus::Success)
        );
    }
    // Taking the last one away is a change as well.
    assert_eq!(deploy(None).await.migration.unwrap().revision, 5);
    assert!(deploy(None).await.migration.is_none());
}

#[tokio::test]
async fn without_a_migration_only_the_meaning_may_change() {
    let world = World::new().await;
    world.start(USER).await;
    let mut request =
        world.request("type User { id: ID! @id name: String @default(value: \"x\") }");
    request.no_migration = true;
    let outcome = world.deployer.deploy(request).await.unwrap();
    let migration = outcome.migration.unwrap();
    assert_eq!(
        (
            outcome.steps.len(),
            migration.steps.len(),
            migration.revision
        ),
        (0, 0, 3)
    );

    let mut request = world.request("type User { id: ID! @id name: String age: Int }");
    request.no_migration = true;
    let outcome = world.deployer.deploy(request).await.unwrap();
    assert_eq!(outcome.errors.len(), 1);
    assert!(outcome.migration.is_none());
}
