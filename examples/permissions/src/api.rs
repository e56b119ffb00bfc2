//! The API, with a rule on each resolver that has one.

use async_graphql::{Context, EmptySubscription, Object, Result, Schema, SimpleObject};
use prisma_runtime::{Id, Selection, new};

use crate::{
    db::{self, AvailableRoles, Db, Models as _, post, role, user, user_role},
    rules::{Caller, HasRole, Wrote},
};

pub(crate) type Api = Schema<Query, Mutation, EmptySubscription>;

const READERS: &[AvailableRoles] = &[
    AvailableRoles::User,
    AvailableRoles::Author,
    AvailableRoles::Editor,
    AvailableRoles::Admin,
];
const AUTHORS: &[AvailableRoles] = &[
    AvailableRoles::Author,
    AvailableRoles::Editor,
    AvailableRoles::Admin,
];
const EDITORS: &[AvailableRoles] = &[AvailableRoles::Editor];
const ADMINISTRATORS: &[AvailableRoles] = &[AvailableRoles::Admin];

#[derive(Selection, SimpleObject)]
#[prisma(model = db::Post)]
pub(crate) struct Post {
    id: Id<db::Post>,
    title: String,
    content: String,
    user: Author,
}

#[derive(Selection, SimpleObject)]
#[prisma(model = db::User)]
pub(crate) struct Author {
    username: String,
}

pub(crate) fn schema(db: Db) -> Api {
    Schema::build(Query, Mutation, EmptySubscription)
        .data(db)
        .finish()
}

pub(crate) struct Query;

#[Object]
impl Query {
    #[graphql(guard = "HasRole(READERS)")]
    async fn posts(&self, context: &Context<'_>) -> Result<Vec<Post>> {
        let posts = context.data::<Db>()?.post().find_many();
        Ok(posts.order_by(|p| p.created_at.desc()).select().await?)
    }
}

pub(crate) struct Mutation;

#[Object]
impl Mutation {
    /// Anybody may sign up, and then read.
    async fn signup(
        &self,
        context: &Context<'_>,
        username: String,
        email: String,
    ) -> Result<Author> {
        let role = role::by_name(AvailableRoles::User);
        let new = new!(user::New { username, email })
            .with(|u| u.roles.create([new!(user_role::NewWithoutUser { role })]));
        Ok(context.data::<Db>()?.user().create(new).select().await?)
    }

    #[graphql(guard = "HasRole(AUTHORS)")]
    async fn create_post(
        &self,
        context: &Context<'_>,
        title: String,
        content: String,
    ) -> Result<Post> {
        let user = user::by_username(Caller::of(context)?);
        let new = new!(post::New {
            title,
            content,
            user
        });
        Ok(context.data::<Db>()?.post().create(new).select().await?)
    }

    /// Editors may change every post, others their own.
    #[graphql(guard = "HasRole(EDITORS).or(Wrote(id.clone()))")]
    async fn update_post(
        &self,
        context: &Context<'_>,
        id: Id<db::Post>,
        content: String,
    ) -> Result<Post> {
        let post = context.data::<Db>()?.post().update(post::by_id(id));
        Ok(post.set(|p| p.content.to(content)).select().await?)
    }

    #[graphql(guard = "HasRole(ADMINISTRATORS)")]
    async fn create_role(
        &self,
        context: &Context<'_>,
        name: AvailableRoles,
    ) -> Result<AvailableRoles> {
        let role = context
            .data::<Db>()?
            .role()
            .create(new!(role::New { name }));
        Ok(role.pick(|r| r.name).await?)
    }

    #[graphql(guard = "HasRole(ADMINISTRATORS)")]
    async fn assign_role(
        &self,
        context: &Context<'_>,
        role: AvailableRoles,
        assignee_email: String,
    ) -> Result<Author> {
        let role = role::by_name(role);
        let assignee = context
            .data::<Db>()?
            .user()
            .update(user::by_email(assignee_email));
        let assigned = assignee.set(|u| u.roles.create([new!(user_role::NewWithoutUser { role })]));
        Ok(assigned.select().await?)
    }
}
