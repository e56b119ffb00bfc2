//! The API of the application: what of the stored users it shows, and to whom.

use async_graphql::{Context, EmptySubscription, Error, Object, Result, Schema, SimpleObject};
use prisma_runtime::{Id, Selection, new};

use crate::{
    credentials::{self, Tokens},
    db::{self, Db, Models as _, user},
};

pub(crate) type Api = Schema<Query, Mutation, EmptySubscription>;

/// Who asks, if that is known.
pub(crate) struct Caller(pub(crate) Option<Id<db::User>>);

/// A user as others see her: what is not in this struct is neither shown nor read.
#[derive(Selection, SimpleObject)]
#[prisma(model = db::User)]
pub(crate) struct User {
    id: Id<db::User>,
    email: String,
}

#[derive(SimpleObject)]
pub(crate) struct AuthPayload {
    token: String,
    user: User,
}

pub(crate) fn schema(db: Db, tokens: Tokens) -> Api {
    Schema::build(Query, Mutation, EmptySubscription)
        .data(db)
        .data(tokens)
        .finish()
}

pub(crate) struct Query;

#[Object]
impl Query {
    /// The user whose token the request bears.
    async fn me(&self, context: &Context<'_>) -> Result<User> {
        let Caller(Some(id)) = context.data()? else {
            return Err(Error::new("Not authenticated"));
        };
        let db = context.data::<Db>()?;
        let user = db
            .user()
            .find_unique(user::by_id(id))
            .select::<User>()
            .await?;
        user.ok_or_else(|| Error::new("Not authenticated"))
    }
}

pub(crate) struct Mutation;

#[Object]
impl Mutation {
    async fn signup(
        &self,
        context: &Context<'_>,
        email: String,
        password: String,
    ) -> Result<AuthPayload> {
        let password = credentials::hash(password).await?;
        let new = new!(user::New { email, password });
        let created = context.data::<Db>()?.user().create(new).select::<User>();
        let user = created
            .await
            .map_err(|error| match error.is_unique_violation() {
                true => Error::new("This email is taken"),
                false => error.into(),
            })?;
        payload(context, user)
    }

    async fn login(
        &self,
        context: &Context<'_>,
        email: String,
        password: String,
    ) -> Result<AuthPayload> {
        let found = context
            .data::<Db>()?
            .user()
            .find_unique(user::by_email(&email));
        let Some(user) = found.await? else {
            return Err(Error::new(format!("No user found for email: {email}")));
        };
        if !credentials::is_password(password, user.password).await? {
            return Err(Error::new("Invalid password"));
        }
        let user = User {
            id: user.id,
            email: user.email,
        };
        payload(context, user)
    }
}

fn payload(context: &Context<'_>, user: User) -> Result<AuthPayload> {
    let token = context.data::<Tokens>()?.of(&user.id)?;
    Ok(AuthPayload { token, user })
}
