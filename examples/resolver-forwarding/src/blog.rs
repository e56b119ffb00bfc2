//! Posts. `posts`, `createPost` and `deletePost` are handed on as they are asked for; `drafts` asks the typed client.

use async_graphql::{Context, Object, Result, SimpleObject};
use prisma_runtime::{Asked, Forwarded, Id, Selection};

use crate::{
    db::{self, Db, Models as _, PostStatus},
    inputs::{PostCreateInput, PostOrderByInput, PostWhereInput, PostWhereUniqueInput},
};

/// A post, by the names that the service has: it can be handed on, and read.
#[derive(Selection, SimpleObject)]
#[prisma(model = db::Post)]
pub(crate) struct Post {
    id: Asked<Id<db::Post>>,
    title: Asked<String>,
    content: Asked<Option<String>>,
    status: Asked<PostStatus>,
    author: Asked<User>,
}

#[derive(Selection, SimpleObject)]
#[prisma(model = db::User)]
pub(crate) struct User {
    name: Asked<String>,
    handle: Asked<String>,
}

#[derive(Default)]
pub(crate) struct Query;

/// Arguments are checked by their types here, and read by the service.
#[Object(name = "Blog")]
#[expect(clippy::too_many_arguments, reason = "those of the service")]
impl Query {
    async fn posts(
        &self,
        context: &Context<'_>,
        #[graphql(name = "where")] _filter: Option<PostWhereInput>,
        #[graphql(name = "orderBy")] _order: Option<PostOrderByInput>,
        #[graphql(name = "skip")] _skip: Option<i32>,
        #[graphql(name = "after")] _after: Option<String>,
        #[graphql(name = "before")] _before: Option<String>,
        #[graphql(name = "first")] _first: Option<i32>,
        #[graphql(name = "last")] _last: Option<i32>,
    ) -> Result<Forwarded<Vec<Post>>> {
        forward(context).await
    }

    /// What the typed client is asked for. Only what the caller selects is read here, too.
    async fn drafts(&self, context: &Context<'_>) -> Result<Vec<Post>> {
        let posts = context.data::<Db>()?.post().find_many();
        let drafts = posts.filter(|p| p.status.eq(PostStatus::Draft));
        Ok(drafts.asked(context.look_ahead()).select().await?)
    }
}

pub(crate) struct Mutation;

#[Object]
impl Mutation {
    async fn create_post(
        &self,
        context: &Context<'_>,
        #[graphql(name = "data")] _data: PostCreateInput,
    ) -> Result<Forwarded<Post>> {
        forward(context).await
    }

    async fn delete_post(
        &self,
        context: &Context<'_>,
        #[graphql(name = "where")] _one: PostWhereUniqueInput,
    ) -> Result<Forwarded<Option<Post>>> {
        forward(context).await
    }
}

/// The field that is resolved, asked of the service: selection, arguments, other names and fragments.
async fn forward<T>(context: &Context<'_>) -> Result<Forwarded<T>> {
    let answer = context.data::<Db>()?.forward(context.field()).await?;
    Ok(answer.into())
}
