//! The API: posts that are not published yet.

use async_graphql::{
    Context, EmptySubscription, InputObject, Object, Result, Schema, SimpleObject,
};
use prisma_runtime::{Asked, Id, Selection, new};

use crate::db::{self, Db, Models as _, PostStatus, post, user};

pub(crate) type Api = Schema<Query, Mutation, EmptySubscription>;

/// A post of the API. What is `Asked` is read only if a caller asks for it, so the author costs nothing where she is not
/// asked for.
#[derive(Selection, SimpleObject)]
#[prisma(model = db::Post)]
pub(crate) struct Post {
    id: Id<db::Post>,
    title: Asked<String>,
    content: Asked<Option<String>>,
    status: Asked<PostStatus>,
    author: Asked<Author>,
}

#[derive(Selection, SimpleObject)]
#[prisma(model = db::User)]
pub(crate) struct Author {
    name: Asked<String>,
    handle: Asked<String>,
}

#[derive(InputObject)]
pub(crate) struct NewPost {
    title: String,
    content: Option<String>,
    author_handle: String,
}

#[derive(SimpleObject)]
pub(crate) struct Deleted {
    id: Id<db::Post>,
}

pub(crate) fn schema(db: Db) -> Api {
    Schema::build(Query, Mutation, EmptySubscription)
        .data(db)
        .finish()
}

pub(crate) struct Query;

#[Object]
impl Query {
    async fn drafts(&self, context: &Context<'_>) -> Result<Vec<Post>> {
        let posts = context.data::<Db>()?.post().find_many();
        let drafts = posts.filter(|p| p.status.eq(PostStatus::Draft));
        Ok(drafts.asked(context.look_ahead()).select().await?)
    }
}

pub(crate) struct Mutation;

#[Object]
impl Mutation {
    async fn create_post(&self, context: &Context<'_>, data: NewPost) -> Result<Post> {
        let NewPost {
            title,
            content,
            author_handle,
        } = data;
        let author = user::by_handle(author_handle);
        let new = new!(post::New { title, author }).with(|p| p.content.to(content));
        let created = context.data::<Db>()?.post().create(new);
        Ok(created.select().await?)
    }

    async fn delete_post(&self, context: &Context<'_>, id: Id<db::Post>) -> Result<Deleted> {
        let deleted = context.data::<Db>()?.post().delete(post::by_id(id));
        Ok(Deleted {
            id: deleted.pick(|p| p.id).await?,
        })
    }
}
