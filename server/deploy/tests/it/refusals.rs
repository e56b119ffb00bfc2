//! Deploys that are answered with no: nothing is written.

use prisma_deploy::DeployError;

use crate::fake::{World, issues};

const USER: &str = "type User { id: ID! @id name: String }";

#[tokio::test]
async fn texts_that_do_not_parse_are_errors_of_the_operation() {
    let world = World::new().await;
    let code = async |types: &str| {
        let error = world
            .deployer
            .deploy(world.request(types))
            .await
            .unwrap_err();
        (error.code(), error.to_string())
    };
    for text in [
        "",
        "  # nothing",
        "{ id: ID! @id }",
        "type A {}",
        "query { a }",
    ] {
        let (code, message) = code(text).await;
        assert_eq!(code, Some(3017), "{text}");
        assert!(
            message.starts_with("Syntax error while parsing GraphQL query. "),
            "{message}"
        );
    }
    let (number, message) = code("type A { id: ID! @id b: BToC } type BToC { id: ID! @id } type AToB { id: ID! @id c: C } type C { id: ID! @id }").await;
    assert_eq!(number, Some(4004));
    assert!(
        message.contains("Prisma generated the name AToBToC twice"),
        "{message}"
    );
    assert_eq!(
        world
            .deployer
            .migrations(&world.service)
            .await
            .unwrap()
            .len(),
        1
    );

    let mut unknown = world.request(USER);
    unknown.service.stage = "prod".to_owned();
    let error = world.deployer.deploy(unknown).await.unwrap_err();
    assert_eq!(error.code(), Some(4000));
    assert_eq!(
        error.to_string(),
        "No service with name 'blog' and stage 'prod' found"
    );
}

#[tokio::test]
async fn what_is_wrong_with_a_datamodel_is_the_answer() {
    let world = World::new().await;
    for (text, errors) in [
        (
            "type A { a: Int } type Query { id: ID! @id }",
            "A.-: One field of the type `A` must be marked as the id field with the `@id` directive.\n",
        ),
        (
            "enum A { b }",
            "A.-: The enum type `A` contains invalid enum values. The first character of each value must be an uppercase letter.\n",
        ),
    ] {
        let mut request = world.request(text);
        request.force = true;
        request.secrets = Some(vec!["s".to_owned()]);
        let outcome = world.deployer.deploy(request).await.unwrap();
        assert!(
            issues(&outcome.errors).starts_with(errors),
            "{}",
            issues(&outcome.errors)
        );
        assert!(outcome.migration.is_none() && outcome.steps.is_empty());
    }
    // Names of the API that would stand for two things.
    let outcome = world
        .deploy("type User { id: ID! @id } type UserConnection { id: ID! @id }")
        .await;
    assert_eq!(
        outcome.errors[0].type_name,
        "User",
        "{}",
        issues(&outcome.errors)
    );
    assert_eq!(
        world.state(|it| it.services[&world.service].secrets.clone()),
        Vec::<String>::new()
    );
    assert_eq!(
        world
            .deployer
            .migrations(&world.service)
            .await
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn warnings_want_force() {
    let world = World::new().await;
    world.start(USER).await;
    world.state(|it| it.yes = true);
    let mut request = world.request("type User { id: ID! @id name: String age: Int! }");
    request.secrets = Some(vec!["s".to_owned()]);
    let outcome = world.deployer.deploy(request.clone()).await.unwrap();
    assert_eq!((outcome.warnings.len(), outcome.steps.len()), (1, 2));
    assert!(outcome.migration.is_none());
    assert_eq!(
        world.state(|it| it.services[&world.service].secrets.clone()),
        Vec::<String>::new()
    );

    request.force = true;
    let outcome = world.deployer.deploy(request).await.unwrap();
    assert_eq!((outcome.warnings.len(), outcome.steps.len()), (1, 2));
    assert_eq!(outcome.migration.unwrap().steps.len(), 3);
}

/// Every change that storage cannot make yet is told at once, and nothing is written.
#[tokio::test]
async fn changes_of_what_is_stored_are_refused() {
    let world = World::new().await;
    world
        .start(
            "type A { id: ID! @id gone: Int type: Int column: Int required: Int unique: Int @unique list: [Int] @scalarList(strategy: RELATION)
               b: B link: B @relation(name: \"Link\") }
             type B { id: ID! @id as: [A] number: Int! linked: [A] @relation(name: \"Link\") } type Gone { id: ID! @id a: A } type Old { id: ID! @id }"
                .replace("b: B link", "b: B @relation(name: \"AB\") link")
                .replace("as: [A] number", "as: [A] @relation(name: \"AB\") number")
                .as_str(),
        )
        .await;
    world.state(|it| it.applied.clear());
    let mut request = world.request(
        "type A { id: ID! @id type: String column: Int @db(name: \"c\") required: Int! unique: Int list: [String] @scalarList(strategy: RELATION)
           more: Int b: [B] @relation(name: \"AB\") link: B @relation(name: \"Link\") @db(name: \"other\") }
         type B { id: UUID! @id as: [A] @relation(name: \"AB\") number: Int @unique linked: [A] @relation(name: \"Link\") }
         type New @rename(oldName: \"Old\") { id: ID! @id }",
    );
    request.force = true;
    request.secrets = Some(vec!["s".to_owned()]);
    let outcome = world.deployer.deploy(request).await.unwrap();
    insta::assert_snapshot!(issues(&outcome.errors));
    assert_eq!(world.state(|it| it.applied.clone()), Vec::<String>::new());
    assert_eq!(
        world.state(|it| it.services[&world.service].secrets.clone()),
        Vec::<String>::new()
    );
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
async fn errors_have_the_codes_of_the_contract() {
    let world = World::new().await;
    world
        .start("type Note { id: ID! @id members: [User] } type User { id: ID! @id }")
        .await;
    let two = "type Note { id: ID! @id creator: User! @relation(name: \"Creator\") members: [User] @relation(name: \"MemberOf\") }
               type User { id: ID! @id notes: [Note] @relation(name: \"Creator\") memberOf: [Note] @relation(name: \"MemberOf\") }";
    let error = world.deployer.deploy(world.request(two)).await.unwrap_err();
    assert_eq!(error.code(), Some(3018));
    assert_eq!(
        error.to_string(),
        "There is a relation ambiguity during the migration. Please first name the old relation on your schema. \
         The ambiguity is on a relation between Note and User. Please name relations or change the schema in steps."
    );
    assert!(matches!(error, DeployError::AmbiguousRelation(_)));
}
