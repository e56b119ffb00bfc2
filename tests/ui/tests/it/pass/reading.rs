//! Everything a reader imports, and a helper for whatever has the models.

use prisma_runtime::{Filter, Id, Result, Selection, select};
use prisma_tests_ui::db::{self, Db, Models, User, user};

#[derive(Selection)]
#[prisma(model = db::Post)]
pub struct Title {
    pub title: String,
}

fn adults(names: &[&str]) -> Filter<User> {
    let u = User::FIELDS;
    Filter::any(names.iter().map(|name| u.name.eq(*name))) & u.age.gt(17)
}

pub async fn titles(db: &(impl Models + Sync), id: Id<User>) -> Result<Vec<Title>> {
    db.user().find_unique(user::by_id(id)).rel(|u| u.posts).first(3).select().await
}

pub async fn names(db: &Db) -> Result<Vec<String>> {
    let count = 2;
    let rows = db
        .user()
        .find_many()
        .filter(|_| adults(&["Ann"]))
        .pick(select! { name posts(first: count) { title author { email } } });
    Ok(rows.await?.into_iter().map(|row| row.name + &row.posts[0].author.email).collect())
}

fn main() {}
