//! Creates in all forms.

use prisma_runtime::{Link, Result, new};
use prisma_tests_ui::db::{Db, Models, Role, post, tag, user};

pub async fn run(db: &Db, email: String) -> Result<()> {
    let ann = db.user().create(new!(user::New { email, name: "Ann" })).await?;
    db.post().create(new!(post::New { title: "Hi", author: user::by_id(&ann.id) })).await?;
    let author = Link::create(new!(user::New { email: "b@b.c", name: "Bob" }));
    let tags = [tag::by_label("rust")];
    let hi = post::New { title: "Hi".into(), author };
    db.post().create(hi.with(|p| (p.published.to(true), p.tags.connect(tags)))).await?;
    db.user().update(user::by_id(ann.id)).set(|u| u.role.to(Role::Admin)).pick(|u| u.id).await?;
    let count: u64 = db.post().delete_many().everything().await?;
    assert_eq!(count, 2);
    Ok(())
}

fn main() {}
