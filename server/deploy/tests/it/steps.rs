//! Which steps lead from one datamodel to another, and how they are shown.

use prisma_deploy::MigrationStep;

use crate::fake::World;

/// The steps of a dry run.
async fn steps(previous: &str, next: &str) -> Vec<MigrationStep> {
    let world = World::new().await;
    world.start(previous).await;
    let mut request = world.request(next);
    request.dry_run = true;
    world.deployer.deploy(request).await.unwrap().steps
}

#[tokio::test]
async fn all_kinds_in_their_order() {
    let steps = steps(
        "type A { id: ID! @id gone: Int changed: Int b: [B] c: C }
         type B { id: ID! @id }
         type C { id: ID! @id }
         type Gone { id: ID! @id a: A }
         enum Kept { X Y }
         enum Old { X }
         enum Lost { X }",
        "type A { id: ID! @id changed: String! @unique @default(value: \"x\") @rename(oldName: \"changed\") b: [B] @relation(name: \"New\") c: Z fresh: New d: D! }
         type B { id: ID! @id }
         type Z @rename(oldName: \"C\") { id: ID! @id }
         type D { id: Int! @id list: [Kept] @scalarList(strategy: RELATION) at: DateTime @default(value: \"2018-01-26\") }
         enum Kept { X Y Z }
         enum New @rename(oldName: \"Old\") { X }
         enum Made { A }",
    )
    .await;
    insta::assert_debug_snapshot!(steps);
}

/// (previous, next, names of the steps)
#[tokio::test]
async fn relations_are_matched_by_name_then_by_number() {
    const NO_NAME: &str = "type A { id: ID! @id b: B } type B { id: ID! @id a: [A] }";
    const ONE: &str = "type A { id: ID! @id b: B @relation(name: \"One\") } type B { id: ID! @id a: [A] @relation(name: \"One\") }";
    const TWO: &str = "type A { id: ID! @id b: B @relation(name: \"One\") c: B @relation(name: \"Two\") }
                       type B { id: ID! @id a: [A] @relation(name: \"One\") c: [A] @relation(name: \"Two\") }";
    const OTHER: &str = "type A { id: ID! @id b: B @relation(name: \"Other\") } type B { id: ID! @id a: [A] @relation(name: \"Other\") }";
    const RENAMED: &str = "type A { id: ID! @id b: B @relation(name: \"Other\", oldName: \"One\") } type B { id: ID! @id a: [A] @relation(name: \"Other\") }";
    for (previous, next, relations) in [
        (NO_NAME, ONE, &["UpdateRelation"][..]),
        (ONE, NO_NAME, &["UpdateRelation"]),
        (ONE, TWO, &["CreateRelation"]),
        (TWO, ONE, &["DeleteRelation"]),
        (ONE, OTHER, &["DeleteRelation", "CreateRelation"]),
        (ONE, RENAMED, &["UpdateRelation"]),
        // A hint that was left over.
        (OTHER, RENAMED, &[]),
    ] {
        let steps = steps(previous, next).await;
        let of_relations: Vec<&str> = steps
            .iter()
            .map(MigrationStep::type_name)
            .filter(|name| name.ends_with("Relation"))
            .collect();
        assert_eq!(of_relations, relations, "{previous} {next}");
    }
}

/// A rename that is still in the text after it was deployed changes nothing, nor does one of something that never was.
#[tokio::test]
async fn old_rename_hints_do_no_harm() {
    let next = "type B @rename(oldName: \"A\") { id: ID! @id n: Int @rename(oldName: \"m\") } enum F @rename(oldName: \"E\") { X }";
    let renamed = steps("type A { id: ID! @id m: Int } enum E { X }", next).await;
    let names: Vec<&str> = renamed.iter().map(MigrationStep::type_name).collect();
    assert_eq!(names, ["UpdateEnum", "UpdateField", "UpdateModel"]);
    assert_eq!(
        steps("type B { id: ID! @id n: Int } enum F { X }", next).await,
        []
    );
    let both = "type A { id: ID! @id } type B @rename(oldName: \"A\") { id: ID! @id }";
    assert_eq!(
        steps("type A { id: ID! @id } type B { id: ID! @id }", both).await,
        []
    );
}

/// A type renamed after a relation was made: the sides stay, so that stored links keep their meaning.
#[tokio::test]
async fn sides_survive_renames() {
    let world = World::new().await;
    world
        .start("type A { id: ID! @id bs: [B] } type B { id: ID! @id as: [A] }")
        .await;
    let mut request = world.request(
        "type Z @rename(oldName: \"A\") @db(name: \"A\") { id: ID! @id bs: [B] @relation(name: \"AToB\") }
         type B { id: ID! @id as: [Z] @relation(name: \"AToB\") }",
    );
    let outcome = world.deployer.deploy(request.clone()).await.unwrap();
    assert_eq!(outcome.errors, []);
    assert!(outcome.migration.is_some());
    // Later deploys have no hint any more.
    request.types = request.types.replace("@rename(oldName: \"A\")", "");
    assert!(
        world
            .deployer
            .deploy(request)
            .await
            .unwrap()
            .migration
            .is_none()
    );
    let served = world.engine.service(&world.service).unwrap();
    let datamodel = served.datamodel();
    assert_eq!(datamodel[datamodel.relations[0].a.model].name, "Z");
}

/// Fields of an id, of lists and of both ends of a relation are shown like all others; hidden ends are not.
#[tokio::test]
async fn history_shows_what_was_answered() {
    let world = World::new().await;
    let mut answered = vec![Vec::new()];
    for types in [
        "type A { id: ID! @id b: B } type B { id: ID! @id }",
        "type A { id: ID! @id b: B n: Float @default(value: 1) } type B { id: ID! @id }",
        "type A { id: ID! @id b: B @relation(name: \"AB\") n: Float @default(value: 2) } type B { id: ID! @id as: [A] @relation(name: \"AB\") }",
    ] {
        answered.push(world.deploy(types).await.steps);
    }
    let history = world.deployer.migrations(&world.service).await.unwrap();
    let shown: Vec<_> = history.into_iter().rev().map(|it| it.steps).collect();
    assert_eq!(shown, answered);
}
