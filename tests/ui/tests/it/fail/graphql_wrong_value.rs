use prisma_runtime::graphql;
use prisma_tests_ui::db::{self, Post, User};

graphql! { db:
    query One($id: ID!, $where: PostWhereInput) {
        user(where: { id: $id }) { name posts(where: $where) { title } }
    }
}

fn one(post: &Post) -> One {
    let r#where = Some(User::FIELDS.name.eq("Ann"));
    One { id: post.id.clone(), r#where }
}

fn row(answer: OneAnswer) -> String {
    answer.user.name
}

fn main() {}
