//! The management API (deploy.md §3.2): the life of a service, and the shapes of answers.

use serde_json::{Value, json};

use crate::server::{BLOG, TestServer};

/// The first error of a request to the management API.
async fn refusal(server: &TestServer, query: &str) -> (Value, Value) {
    let answer = server.graphql("/management", query, json!({})).await;
    let error = &answer["errors"][0];
    (error["code"].clone(), error["message"].clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_life_of_a_service() {
    let server = TestServer::start().await;
    let added = server
        .manage(
            r#"mutation { addProject(input: { name: "blog", stage: "dev", clientMutationId: "7" }) {
                 clientMutationId project { name stage datamodel } } }"#,
            json!({}),
        )
        .await;
    assert_eq!(
        added["data"]["addProject"],
        json!({ "clientMutationId": "7", "project": { "name": "blog", "stage": "dev", "datamodel": "" } })
    );
    let status = r#"{ migrationStatus(name: "blog", stage: "dev") {
        projectId revision status applied rolledBack errors startedAt datamodel steps { type } } }"#;
    assert_eq!(
        server.manage(status, json!({})).await["data"]["migrationStatus"],
        json!({
            "projectId": "blog$dev", "revision": 1, "status": "SUCCESS", "applied": 0, "rolledBack": 0,
            "errors": [], "startedAt": null, "datamodel": "", "steps": [],
        })
    );

    let types =
        "type A { id: ID! @id  b: B }  type B { id: ID! @id  kind: Kind }  enum Kind { X Y }";
    let deployed = server
        .manage(
            "mutation ($types: String!) { deploy(input: { name: \"blog\", stage: \"dev\", types: $types }) {
               errors { type field description } warnings { type }
               migration { revision projectId datamodel }
               steps {
                 type __typename
                 ... on CreateModel { name }
                 ... on CreateEnum { name values }
                 ... on CreateField { model name cf_type: typeName isRequired isList unique enum default relation }
                 ... on CreateRelation { name leftModel rightModel after { type ... on Inline { model column } } }
               } } }",
            json!({ "types": types }),
        )
        .await;
    let deployed = &deployed["data"]["deploy"];
    assert_eq!(deployed["errors"], json!([]));
    assert_eq!(
        deployed["migration"],
        json!({ "revision": 2, "projectId": "blog$dev", "datamodel": types })
    );
    let field = |model: &str, name: &str, ty: &str, required: bool, more: Value| {
        let mut step = json!({
            "type": "CreateField", "__typename": "CreateField", "model": model, "name": name, "cf_type": ty,
            "isRequired": required, "isList": false, "unique": required, "enum": null, "default": null,
            "relation": null,
        });
        let more = more.as_object().unwrap().clone();
        step.as_object_mut().unwrap().extend(more);
        step
    };
    assert_eq!(
        deployed["steps"],
        json!([
            { "type": "CreateEnum", "__typename": "CreateEnum", "name": "Kind", "values": ["X", "Y"] },
            { "type": "CreateModel", "__typename": "CreateModel", "name": "A" },
            { "type": "CreateModel", "__typename": "CreateModel", "name": "B" },
            field("A", "id", "ID", true, json!({})),
            field("A", "b", "B", false, json!({ "relation": "AToB" })),
            field("B", "id", "ID", true, json!({})),
            field("B", "kind", "Enum", false, json!({ "enum": "Kind" })),
            { "type": "CreateRelation", "__typename": "CreateRelation", "name": "AToB", "leftModel": "A",
              "rightModel": "B", "after": { "type": "Inline", "model": "A", "column": "b" } },
        ])
    );
    server.deployed("blog", "dev").await;

    let listed = server
        .manage(
            r#"{ listMigrations(name: "blog", stage: "dev") { revision status finishedAt }
                 none: listMigrations(name: "none", stage: "dev") { revision } }"#,
            json!({}),
        )
        .await;
    let migrations = &listed["data"]["listMigrations"];
    assert_eq!(
        (&migrations[0]["revision"], &migrations[1]["revision"]),
        (&json!(2), &json!(1))
    );
    let finished = migrations[0]["finishedAt"].as_str().unwrap();
    assert!(
        finished.len() == 24 && finished.ends_with('Z'),
        "{finished}"
    );
    assert_eq!(listed["data"]["none"], json!([]));

    let projects = server
        .manage("{ listProjects { name stage datamodel } }", json!({}))
        .await;
    assert_eq!(
        projects["data"]["listProjects"],
        json!([{ "name": "blog", "stage": "dev", "datamodel": types }])
    );
    let deleted = server
        .manage(
            r#"mutation { deleteProject(input: { name: "blog", stage: "dev" }) { project { name datamodel } } }"#,
            json!({}),
        )
        .await;
    assert_eq!(
        deleted["data"]["deleteProject"]["project"],
        json!({ "name": "blog", "datamodel": types })
    );
    let gone = server
        .graphql("/blog/dev", "{ as { id } }", json!({}))
        .await;
    assert_eq!(gone["errors"][0]["code"], 3016);
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_have_codes_and_texts() {
    let server = TestServer::with_blog().await;
    let add = |name: &str, stage: &str| {
        format!(
            "mutation {{ addProject(input: {{ name: \"{name}\", stage: \"{stage}\" }}) {{ project {{ name }} }} }}"
        )
    };
    for (query, code, message) in [
        (add("blog", "dev"), 4005, "Service with name 'blog' and stage 'dev' already exists"),
        (add("management", "dev"), 4006, "Service name management is reserved. Please choose a different name."),
        (add("a", "import"), 4007, "Stage name import is reserved. Please choose a different stage name."),
        (
            r#"{ project(name: "none", stage: "dev") { name } }"#.to_owned(),
            4000,
            "No service with name 'none' and stage 'dev' found",
        ),
        (
            r#"mutation { deleteProject(input: { name: "none", stage: "dev" }) { clientMutationId } }"#.to_owned(),
            4000,
            "No service with name 'none' and stage 'dev' found",
        ),
    ] {
        assert_eq!(refusal(&server, &query).await, (json!(code), json!(message)));
    }
    let (code, _) = refusal(&server, &add("1", "dev")).await;
    assert_eq!(code, 4001);
    let deploy = |types: &str| {
        format!(
            "mutation {{ deploy(input: {{ name: \"blog\", stage: \"dev\", types: {} }}) {{ steps {{ type }} }} }}",
            json!(types)
        )
    };
    for text in ["", "{ id: ID! }", "type A {"] {
        let (code, message) = refusal(&server, &deploy(text)).await;
        assert_eq!(code, 3017, "{text}");
        let message = message.as_str().unwrap().to_owned();
        assert!(
            message.starts_with("Syntax error while parsing GraphQL query."),
            "{message}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_query_is_null_and_a_failing_mutation_too() {
    let server = TestServer::start().await;
    let query = server
        .graphql(
            "/management",
            r#"{ serverInfo { version } a: project(name: "a", stage: "b") { name } b: project(name: "c", stage: "b") { name } }"#,
            json!({}),
        )
        .await;
    assert_eq!(query["data"], Value::Null);
    assert_eq!(query["errors"][0]["path"], json!(["a"]));
    assert_eq!(query["errors"][1]["path"], json!(["b"]));
    let mutation = server
        .graphql(
            "/management",
            r#"mutation { deleteProject(input: { name: "a", stage: "b" }) { clientMutationId } }"#,
            json!({}),
        )
        .await;
    assert_eq!(mutation["data"], json!({ "deleteProject": null }));
}

#[tokio::test(flavor = "multi_thread")]
async fn datamodel_errors_are_data_and_nothing_changes() {
    let server = TestServer::with_blog().await;
    let deploy = async |types: &str, more: &str| {
        let query = format!(
            "mutation ($types: String!) {{ deploy(input: {{ name: \"blog\", stage: \"dev\", types: $types {more} }}) {{
               errors {{ type field description }} warnings {{ type field description }} migration {{ revision }}
               steps {{ type }} }} }}"
        );
        server.manage(&query, json!({ "types": types })).await["data"]["deploy"].clone()
    };
    assert_eq!(
        deploy("type A { id: ID! @id  b: Nothing }", "").await,
        json!({
            "errors": [{
                "type": "A", "field": "b",
                "description": "The field `b` has the type `Nothing` but there's no type or enum declaration with that name.",
            }],
            "warnings": [], "migration": null, "steps": [],
        })
    );
    let more = BLOG.replace("age: Int", "age: Int  bio: String");
    let dry = deploy(&more, ", dryRun: true").await;
    assert_eq!(dry["migration"], Value::Null);
    assert_eq!(
        dry["steps"],
        json!([{ "type": "UpdateModel" }, { "type": "CreateField" }])
    );
    let project = r#"{ project(name: "blog", stage: "dev") { datamodel } }"#;
    assert_eq!(
        server.manage(project, json!({})).await["data"]["project"]["datamodel"],
        BLOG
    );
    assert_eq!(deploy(BLOG, "").await["migration"], Value::Null);

    assert_eq!(
        deploy(&more, "").await["migration"],
        json!({ "revision": 3 })
    );
    server.deployed("blog", "dev").await;
    let users = server.blog("{ users { bio } }").await;
    assert_eq!(users, json!({ "data": { "users": [] } }));
}

#[tokio::test(flavor = "multi_thread")]
async fn old_clients_find_the_api_under_its_old_name() {
    let server = TestServer::start().await;
    for path in ["/cluster", "/management/", "/management"] {
        let answer = server
            .graphql(path, "{ serverInfo { primaryConnector } }", json!({}))
            .await;
        assert_eq!(
            answer,
            json!({ "data": { "serverInfo": { "primaryConnector": "sqlite" } } })
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn introspection_shows_what_clients_look_for() {
    let server = TestServer::start().await;
    let answer = server
        .manage(
            r#"query ($deep: Boolean!) {
                 __schema { types { name } }
                 payload: __type(name: "DeployPayload") { fields { name } }
                 input: __type(name: "DeployInput") { inputFields { name } }
                 relation: __type(name: "CreateRelation") { fields @include(if: $deep) { name } }
               }"#,
            json!({ "deep": true }),
        )
        .await;
    let has = |list: &Value, name: &str| {
        list.as_array()
            .unwrap()
            .iter()
            .any(|entry| entry["name"] == name)
    };
    let data = &answer["data"];
    assert!(has(&data["__schema"]["types"], "MigrationStep"));
    assert!(has(&data["payload"]["fields"], "steps"));
    assert!(has(&data["input"]["inputFields"], "noMigration"));
    assert!(has(&data["relation"]["fields"], "after"));
}
