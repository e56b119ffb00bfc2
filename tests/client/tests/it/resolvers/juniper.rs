use juniper::{
    DefaultScalarValue, EmptyMutation, EmptySubscription, Executor, FieldResult, GraphQLEnum,
    GraphQLInputObject, InputValue, RootNode, Variables, graphql_object,
};
use prisma_runtime::{Asked, ForwardedField, Lookahead, Selection};
use prisma_tests_client::blog::{self, Db, Models};

use super::{FORWARDED, USERS, answering, sent};

struct Context(Db);

impl juniper::Context for Context {}

#[derive(Selection)]
#[prisma(model = blog::User)]
struct LazyUser {
    id: prisma_runtime::Id<blog::User>,
    name: String,
    age: Asked<Option<i32>>,
    posts: Asked<Vec<LazyPost>>,
}

#[derive(Selection)]
#[prisma(model = blog::Post)]
struct LazyPost {
    title: Asked<String>,
    author: Asked<Author>,
    tags: Asked<Vec<Tag>>,
}

#[derive(Selection)]
#[prisma(model = blog::User)]
struct Author {
    id: prisma_runtime::Id<blog::User>,
}

#[derive(Selection)]
#[prisma(model = blog::Tag)]
struct Tag {
    label: String,
}

#[graphql_object(name = "User", context = Context)]
impl LazyUser {
    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn initials(&self) -> String {
        self.name.chars().take(1).collect()
    }

    fn age(&self) -> Option<i32> {
        *self.age.get()?
    }

    fn posts(
        &self,
        _where: Option<PostWhereInput>,
        _order_by: Option<PostOrderByInput>,
        _last: Option<i32>,
    ) -> &[LazyPost] {
        self.posts.get().map_or(&[], Vec::as_slice)
    }
}

#[graphql_object(name = "Post", context = Context)]
impl LazyPost {
    fn id(&self) -> &str {
        "unread"
    }

    fn title(&self) -> Option<&String> {
        self.title.get()
    }

    fn author(&self) -> Option<&Author> {
        self.author.get()
    }

    fn tags(&self) -> &[Tag] {
        self.tags.get().map_or(&[], Vec::as_slice)
    }
}

#[graphql_object(context = Context)]
impl Author {
    fn id(&self) -> &str {
        self.id.as_str()
    }
}

#[graphql_object(context = Context)]
impl Tag {
    fn label(&self) -> &str {
        &self.label
    }
}

#[derive(GraphQLInputObject)]
#[graphql(rename_all = "none")]
struct UserWhereInput {
    name_in: Option<Vec<String>>,
    role: Option<Role>,
}

#[derive(GraphQLInputObject)]
#[graphql(rename_all = "none")]
struct PostWhereInput {
    title_starts_with: Option<String>,
    author: Option<UserWhereInput>,
}

#[derive(GraphQLEnum)]
enum Role {
    User,
    Admin,
}

#[derive(GraphQLEnum)]
enum UserOrderByInput {
    #[graphql(name = "email_DESC")]
    EmailDesc,
}

#[derive(GraphQLEnum)]
enum PostOrderByInput {
    #[graphql(name = "title_DESC")]
    TitleDesc,
}

struct Query;

#[graphql_object(context = Context, scalar = DefaultScalarValue)]
impl Query {
    async fn users(
        executor: &Executor<'_, '_, Context, DefaultScalarValue>,
        r#where: Option<UserWhereInput>,
        _order_by: Option<UserOrderByInput>,
        first: Option<i32>,
        _skip: Option<i32>,
    ) -> FieldResult<Vec<LazyUser>> {
        drop(r#where);
        let db = &executor.context().0;
        if first.is_some() {
            let field: ForwardedField = executor.look_ahead().into();
            db.forward(field).await?;
            return Ok(Vec::new());
        }
        let asked: Lookahead = executor.look_ahead().into();
        Ok(db.user().find_many().asked(asked).select().await?)
    }
}

type Schema = RootNode<Query, EmptyMutation<Context>, EmptySubscription<Context>>;

async fn execute(document: &str, variables: Variables, db: Db) -> String {
    let schema = Schema::new(Query, EmptyMutation::new(), EmptySubscription::new());
    let context = Context(db);
    let executed = juniper::execute(document, None, &schema, &variables, &context).await;
    let (data, errors) = executed.unwrap();
    assert!(errors.is_empty(), "{errors:?}");
    serde_json::to_string(&data).unwrap()
}

fn variables(values: serde_json::Value) -> Variables {
    let value: InputValue = serde_json::from_value(values).unwrap();
    let fields = value.to_object_value().unwrap();
    fields
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.clone()))
        .collect()
}

#[tokio::test]
async fn what_was_asked_for_is_read() {
    let (db, recorder) = answering(
        r#"{"data":{"users":[{"id":"u","name":"Ann","posts":[{"title":"One","tags":[{"label":"rust"}]}]}]}}"#,
    );
    let variables = variables(serde_json::json!({"yes": true, "no": false}));
    let data = execute(USERS, variables, db).await;
    assert_eq!(
        data,
        r#"{"people":[{"id":"u","initials":"A","posts":[{"tags":[{"label":"rust"}],"headline":"One"}]}]}"#
    );
    assert_eq!(
        sent(&recorder),
        "query { users { id name posts { title tags { label } } } }"
    );
}

#[tokio::test]
async fn what_was_asked_for_is_handed_on() {
    let (db, recorder) = answering(r#"{"data":{"people":[]}}"#);
    let variables = variables(serde_json::json!({
        "where": { "name_in": ["Ann", "Bob"], "role": "ADMIN" },
        "order": "email_DESC",
        "n": 3,
    }));
    execute(FORWARDED, variables, db).await;
    insta::assert_snapshot!(sent(&recorder));
}
