//! Another schema, of which the service knows nothing: what readers say about posts. Here it is a list in memory; it
//! could as well be another server.

use async_graphql::{Context, Object, Result, SimpleObject};
use prisma_runtime::Forwarded;
use serde_json::json;

use crate::{
    blog::Post,
    db::{Db, Models as _},
};

#[derive(SimpleObject)]
#[graphql(complex)]
pub(crate) struct Review {
    text: String,
    stars: i32,
    #[graphql(skip)]
    title: String,
}

/// Where the schemas meet: what a caller selects of the posts is asked of the service, through another field of it.
#[async_graphql::ComplexObject]
impl Review {
    async fn posts(&self, context: &Context<'_>) -> Result<Forwarded<Vec<Post>>> {
        let posts = context.data::<Db>()?.forward(context.field()).to("posts");
        let about = posts.argument("where", json!({ "title": self.title }));
        Ok(about.await?.into())
    }
}

#[derive(Default)]
pub(crate) struct Query;

#[Object(name = "Reviews")]
impl Query {
    async fn reviews(&self) -> Vec<Review> {
        let review = |title: &str, text: &str, stars| Review {
            title: title.to_owned(),
            text: text.to_owned(),
            stars,
        };
        vec![
            review("Hello", "Short, and friendly.", 5),
            review("Goodbye", "I wanted to read on.", 3),
        ]
    }
}
