use async_graphql::{
    ComplexObject, Context, EmptyMutation, EmptySubscription, Enum, ID, InputObject, Object,
    Request, Response, Result, Schema, SimpleObject, Variables,
};
use prisma_runtime::{Asked, Forwarded, Id, Selection};
use prisma_tests_client::blog::{self, Db, Models};
use serde_json::json;

use super::{FORWARDED, USERS, answering, sent};

#[derive(Selection, SimpleObject)]
#[prisma(model = blog::User)]
#[graphql(complex, name = "User")]
struct LazyUser {
    id: Id<blog::User>,
    // The initials are made of it.
    #[graphql(skip)]
    name: String,
    age: Asked<Option<i32>>,
    posts: Asked<Vec<LazyPost>>,
}

#[ComplexObject]
impl LazyUser {
    async fn initials(&self) -> String {
        self.name.chars().take(1).collect()
    }
}

#[derive(Selection, SimpleObject)]
#[prisma(model = blog::Post)]
#[graphql(name = "Post")]
struct LazyPost {
    title: Asked<String>,
    author: Asked<Author>,
    tags: Asked<Vec<Tag>>,
}

#[derive(Selection, SimpleObject)]
#[prisma(model = blog::User)]
struct Author {
    id: Id<blog::User>,
}

#[derive(Selection, SimpleObject)]
#[prisma(model = blog::Tag)]
struct Tag {
    label: String,
}

struct Asking(Db);

#[Object(name = "Query")]
impl Asking {
    async fn users(&self, context: &Context<'_>) -> Result<Vec<LazyUser>> {
        let users = self.0.user().find_many();
        Ok(users.asked(context.look_ahead()).select().await?)
    }
}

#[tokio::test]
async fn what_was_asked_for_is_read() {
    let (db, recorder) = answering(
        r#"{"data":{"users":[{"id":"u","name":"Ann","posts":[{"title":"One","tags":[{"label":"rust"}]}]}]}}"#,
    );
    let schema = Schema::new(Asking(db), EmptyMutation, EmptySubscription);
    let variables = Variables::from_json(json!({"yes": true, "no": false}));
    let response = schema.execute(Request::new(USERS).variables(variables));
    let people = json!([{
        "id": "u",
        "initials": "A",
        "posts": [{ "tags": [{ "label": "rust" }], "headline": "One" }],
    }]);
    assert_eq!(data(response.await), json!({ "people": people }));
    assert_eq!(
        sent(&recorder),
        "query { users { id name posts { title tags { label } } } }"
    );
}

/// As the API of the service has it.
#[derive(InputObject)]
#[graphql(rename_fields = "snake_case")]
struct UserWhereInput {
    name_in: Option<Vec<String>>,
    role: Option<Role>,
}

#[derive(InputObject)]
#[graphql(rename_fields = "snake_case")]
struct PostWhereInput {
    title_starts_with: Option<String>,
    author: Option<UserWhereInput>,
}

#[derive(Enum, Clone, Copy, PartialEq, Eq)]
enum Role {
    User,
    Admin,
}

#[derive(Enum, Clone, Copy, PartialEq, Eq)]
enum UserOrderByInput {
    #[graphql(name = "email_DESC")]
    EmailDesc,
}

#[derive(Enum, Clone, Copy, PartialEq, Eq)]
enum PostOrderByInput {
    #[graphql(name = "title_DESC")]
    TitleDesc,
}

/// The schema of the records of the service, as far as the tests ask for it. What is handed on is not resolved.
struct WholeUser;

#[Object(name = "User")]
impl WholeUser {
    async fn id(&self) -> ID {
        ID::default()
    }

    async fn name(&self) -> String {
        String::new()
    }

    async fn posts(
        &self,
        _where: Option<PostWhereInput>,
        _order_by: Option<PostOrderByInput>,
        _last: Option<i32>,
    ) -> Vec<Post> {
        Vec::new()
    }
}

#[derive(SimpleObject)]
struct Post {
    id: ID,
    title: String,
    comments: i32,
}

struct Handing(Db);

#[Object(name = "Query")]
impl Handing {
    async fn users(
        &self,
        context: &Context<'_>,
        r#where: Option<UserWhereInput>,
        order_by: Option<UserOrderByInput>,
        first: Option<i32>,
        skip: Option<i32>,
    ) -> Result<Forwarded<Vec<WholeUser>>> {
        drop((r#where, order_by, first, skip));
        Ok(self.0.forward(context.field()).await?.into())
    }

    async fn article(&self, context: &Context<'_>, id: ID) -> Result<Forwarded<Option<Post>>> {
        let one = self.0.forward(context.field()).to("post");
        Ok(one.argument("where", json!({ "id": id })).await?.into())
    }
}

#[tokio::test]
async fn what_was_asked_for_is_handed_on() {
    let people =
        r#"[{"id":"u","called":"Ann","posts":[],"last":[{"id":"p"}],"__typename":"User"}]"#;
    let answer = format!(r#"{{"data":{{"people":{people}}}}}"#);
    let (db, recorder) = answering(answer.leak());
    let schema = Schema::new(Handing(db), EmptyMutation, EmptySubscription);
    let variables = Variables::from_json(json!({
        "where": { "name_in": ["Ann", "Bob"], "role": "ADMIN" },
        "order": "email_DESC",
        "n": 3,
    }));
    let response = schema.execute(Request::new(FORWARDED).variables(variables));
    let people: serde_json::Value = serde_json::from_str(people).unwrap();
    assert_eq!(data(response.await), json!({ "people": people }));
    insta::assert_snapshot!(sent(&recorder));
}

#[tokio::test]
async fn to_another_field() {
    let (db, recorder) = answering(r#"{"data":{"it":{"title":"One"}}}"#);
    let schema = Schema::new(Handing(db), EmptyMutation, EmptySubscription);
    let response = schema
        .execute(r#"{ it: article(id: "p") { title } }"#)
        .await;
    assert_eq!(data(response), json!({ "it": { "title": "One" } }));
    assert_eq!(
        sent(&recorder),
        "query($where: PostWhereUniqueInput!) { it: post(where: $where) { title } }\n{\"where\":{\"id\":\"p\"}}"
    );
    let response = schema.execute(r#"{ article(id: "p") { comments } }"#).await;
    assert_eq!(
        response.errors[0].message,
        "`Post` of the service has no field `comments`"
    );
}

fn data(response: Response) -> serde_json::Value {
    assert!(response.is_ok(), "{:?}", response.errors);
    response.data.into_json().unwrap()
}
