//! Arguments that are handed on, by the names that the service has for them. They are as much of the service's as the
//! API shows: what is not here, callers cannot ask for.

use async_graphql::{Enum, ID, InputObject};

use crate::db::PostStatus;

#[derive(InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct PostWhereInput {
    title_contains: Option<String>,
    status: Option<PostStatus>,
    author: Option<UserWhereInput>,
}

#[derive(InputObject)]
pub(crate) struct UserWhereInput {
    handle: Option<String>,
}

#[derive(Clone, Copy, Enum, PartialEq, Eq)]
pub(crate) enum PostOrderByInput {
    #[graphql(name = "title_ASC")]
    TitleAscending,
    #[graphql(name = "title_DESC")]
    TitleDescending,
}

#[derive(InputObject)]
pub(crate) struct PostWhereUniqueInput {
    id: ID,
}

#[derive(InputObject)]
pub(crate) struct PostCreateInput {
    title: String,
    content: Option<String>,
    status: Option<PostStatus>,
    author: UserCreateOneWithoutPostsInput,
}

#[derive(InputObject)]
pub(crate) struct UserCreateOneWithoutPostsInput {
    connect: UserWhereUniqueInput,
}

#[derive(InputObject)]
pub(crate) struct UserWhereUniqueInput {
    handle: String,
}
