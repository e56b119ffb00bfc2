//! Operations on the blog, of every kind that its client has.

mod filters;
mod writes;

use prisma_runtime::{
    Cursor, FindConnection, FindMany, Model, Related, Shape, Unique, new, select,
};
use prisma_tests_client::blog::{Db, Models, Post, Tag, User, post, tag, user};

use self::{
    filters::{order_of_posts, order_of_users, posts, tags, users},
    writes::{post_changes, user_changes},
};
use super::{
    judge::{Judge, Verdict},
    tape::Tape,
};

/// What is there at first: two users, two posts of the first, a tag.
pub(super) async fn start(db: &Db, judge: &Judge) -> Verdict {
    let ann = new!(user::New {
        email: "ann",
        name: "Ann"
    });
    let ann = ann.with(|u| {
        let hello = new!(post::NewWithoutAuthor { title: "Hello" });
        let world = new!(post::NewWithoutAuthor { title: "World" });
        let hello = hello.with(|p| (p.id.to("p0"), p.published.to(true)));
        (
            u.id.to("u0"),
            u.age.to(30),
            u.posts.create([hello, world.with(|p| p.id.to("p1"))]),
        )
    });
    let bob = new!(user::New {
        email: "bob",
        name: "Bob"
    });
    let rust = new!(tag::New { label: "rust" });
    judge.accepted(db.user().create(ann)).await?;
    judge
        .accepted(db.user().create(bob.with(|u| u.id.to("u1"))))
        .await?;
    let rust = rust.with(|t| (t.id.to("t0"), t.posts.connect([post::by_id("p0")])));
    judge.accepted(db.tag().create(rust)).await
}

/// What is tried next: an operation, several at once, or a transaction of some.
pub(super) async fn step(db: &Db, judge: &Judge, tape: &mut Tape<'_>) -> Verdict {
    match tape.below(8) {
        0 => batch(db, judge, tape).await,
        1 => transaction(db, judge, tape).await,
        _ => next(db, judge, tape).await,
    }
}

async fn batch(db: &Db, judge: &Judge, tape: &mut Tape<'_>) -> Verdict {
    match tape.below(4) {
        0 => {
            let (some, others) = (users(tape, 1), posts(tape, 1));
            let counted = db.user().count().filter(|_| some);
            let listed = db.post().connection().filter(|_| others).first(1);
            judge.batch(db, (counted, listed.with_count())).await
        }
        1 => {
            let keys = tape.some(user_key).into_iter();
            let found = keys.map(|by| db.user().find_unique(by).rel(|u| u.posts));
            judge.batch(db, found.collect::<Vec<_>>()).await
        }
        2 => {
            let (changes, by) = (user_changes(tape, 1), user_key(tape));
            let changed = db.user().update(by).set(|_| changes);
            let made = db.post().create(writes::post(tape)).pick(|p| p.id);
            judge.batch(db, (changed, db.tag().count(), made)).await
        }
        _ => {
            let new = tape.some(|tape| writes::user(tape, 1));
            judge.batch(db, db.user().create_many(new)).await
        }
    }
}

/// A transaction that is undone leaves everything as it was.
async fn transaction(db: &Db, judge: &Judge, tape: &mut Tape<'_>) -> Verdict {
    let everything = async || {
        let found = db.query(select! {
            users { id name age posts { id } }
            posts { id title published reviewer { id } tags { id } }
            tags { id label }
        });
        format!("{:?}", found.await)
    };
    let before = everything().await;
    let is_undone = tape.flip();
    let tx = judge.given(db.transactions().begin().await)?;
    for _ in 0..=tape.below(3) {
        next(&tx, judge, tape).await?;
    }
    if !is_undone {
        return judge.given(tx.commit().await);
    }
    judge.given(tx.rollback().await)?;
    judge.same(&before, &everything().await)
}

/// The next operation of a tape.
async fn next(db: &impl Models, judge: &Judge, tape: &mut Tape<'_>) -> Verdict {
    match tape.below(16) {
        0 => one_user(db, judge, tape).await?,
        1 => lists_of_users(db, judge, tape).await?,
        2 => lists_of_posts(db, judge, tape).await?,
        3 => {
            let filter = tags(tape, 2);
            let first = db.tag().find_first().filter(|_| filter);
            judge.run(first).await?;
        }
        4 => {
            let filter = users(tape, 2);
            judge.run(db.user().count().filter(|_| filter)).await?;
        }
        5 => {
            let filter = posts(tape, 3);
            judge.run(db.post().exists(|_| filter)).await?;
        }
        6 => drop(judge.run(db.user().create(writes::user(tape, 2))).await?),
        7 => drop(judge.run(db.post().create(writes::post(tape))).await?),
        8 => {
            let (by, changes) = (user_key(tape), user_changes(tape, 2));
            judge.run(db.user().update(by).set(|_| changes)).await?;
        }
        9 => {
            let (by, changes) = (post_key(tape), post_changes(tape, 2));
            let update = db.post().update(by).set(|_| changes);
            let update = update.pick(|p| (p.id, p.author.pick(|u| u.name)));
            judge.run(update).await?;
        }
        10 => {
            let (by, new, changes) = (user_key(tape), writes::user(tape, 1), user_changes(tape, 1));
            judge.run(db.user().upsert(by, new, |_| changes)).await?;
        }
        11 => match tape.below(3) {
            0 => drop(judge.run(db.user().delete(user_key(tape))).await?),
            1 => drop(judge.run(db.post().delete(post_key(tape))).await?),
            _ => drop(judge.run(db.tag().delete(tag_key(tape))).await?),
        },
        12 => {
            let (filter, sets) = (users(tape, 2), writes::user_sets(tape));
            let update = db.user().update_many().set(|_| sets);
            judge.run(update.filter(|_| filter)).await?;
        }
        13 => {
            let filter = posts(tape, 2);
            let delete = db.post().delete_many().filter(|_| filter);
            judge.run(delete).await?;
        }
        14 => connections(db, judge, tape).await?,
        _ => {
            let (by, new, changes) = (post_key(tape), writes::post(tape), post_changes(tape, 1));
            judge.run(db.post().upsert(by, new, |_| changes)).await?;
        }
    }
    Ok(())
}

async fn one_user(db: &impl Models, judge: &Judge, tape: &mut Tape<'_>) -> Verdict {
    let find = db.user().find_unique(user_key(tape));
    match tape.below(4) {
        0 => drop(judge.run(find.or_not_found()).await?),
        1 => {
            let posts = find.rel(|u| u.posts).first(tape.below(4));
            judge.run(posts).await?;
        }
        2 => drop(judge.run(find.pick(|u| (u.name, u.age, u.role))).await?),
        _ => {
            let (first, filter) = (tape.below(4), posts(tape, 1));
            let find = find.pick(select! {
                id mail: email
                posts(first: first, filter: |_| filter) { title author { name } }
            });
            judge.run(find).await?;
        }
    }
    Ok(())
}

async fn lists_of_users(db: &impl Models, judge: &Judge, tape: &mut Tape<'_>) -> Verdict {
    let filter = users(tape, 3);
    let mut find = db.user().find_many().filter(|_| filter);
    for order in tape.some(order_of_users) {
        find = find.order_by(|_| order);
    }
    let written = related(tape);
    let find = find.pick(|u| {
        (
            u.id,
            written(u.posts).pick(|p| (p.title, p.tags.pick(|t| t.label))),
        )
    });
    list(find, judge, tape, &["u0", "u1", "none"]).await
}

async fn lists_of_posts(db: &impl Models, judge: &Judge, tape: &mut Tape<'_>) -> Verdict {
    let filter = posts(tape, 3);
    let order = order_of_posts(tape);
    let find = db.post().find_many().filter(|_| filter).order_by(|_| order);
    list(find, judge, tape, &["p0", "p1", "none"]).await
}

async fn connections(db: &impl Models, judge: &Judge, tape: &mut Tape<'_>) -> Verdict {
    let (filter, order) = (users(tape, 2), order_of_users(tape));
    let find = db.user().connection().filter(|_| filter);
    let find = find.order_by(|_| order).with_count();
    match tape.flip() {
        false => pages(find, judge, tape, &["u0", "u1", "none"]).await,
        true => {
            let find = find.pick(select! { name posts { id } });
            pages(find, judge, tape, &["u0", "none"]).await
        }
    }
}

/// One of the ways to page, with numbers and cursors of the tape.
pub(super) async fn list<M: Model, S: Shape<M, Out: Send> + Send>(
    find: FindMany<'_, M, S>,
    judge: &Judge,
    tape: &mut Tape<'_>,
    cursors: &[&str],
) -> Verdict {
    let find = match tape.maybe(|tape| tape.below(4)) {
        Some(count) => find.skip(count),
        None => find,
    };
    let cursor = Cursor::new(tape.one(cursors));
    match tape.below(5) {
        0 => judge.run(find).await?,
        1 => judge.run(find.first(tape.below(5))).await?,
        2 => judge.run(find.last(tape.below(5))).await?,
        3 => judge.run(find.first(tape.below(5)).after(cursor)).await?,
        _ => judge.run(find.last(tape.below(5)).before(cursor)).await?,
    };
    Ok(())
}

/// One of the ways to page with cursors; and on to the page that follows, which cannot fail where the first did not.
pub(super) async fn pages<M, S>(
    find: FindConnection<'_, M, S>,
    judge: &Judge,
    tape: &mut Tape<'_>,
    cursors: &[&str],
) -> Verdict
where
    M: Model,
    S: Shape<M, Out: Send> + Send + Sync + 'static,
{
    let cursor = Cursor::new(tape.one(cursors));
    let page = match tape.below(5) {
        0 => judge.run(find).await?,
        1 => judge.run(find.first(tape.below(3))).await?,
        2 => judge.run(find.last(tape.below(3))).await?,
        3 => judge.run(find.first(tape.below(3)).after(cursor)).await?,
        _ => judge.run(find.last(tape.below(3)).before(cursor)).await?,
    };
    if let Some(page) = page {
        judge.given(page.next().await)?;
    }
    Ok(())
}

type Posts = prisma_runtime::ToMany<User, Post, post::NewWithoutAuthor>;

/// Arguments of a relation.
fn related(
    tape: &mut Tape<'_>,
) -> impl FnOnce(Posts) -> Related<User, Post, prisma_runtime::Forward> + use<> {
    let (first, skip) = (tape.below(4), tape.below(2));
    let (filter, order) = (posts(tape, 1), order_of_posts(tape));
    move |posts| {
        posts
            .filter(|_| filter)
            .order_by(|_| order)
            .skip(skip)
            .first(first)
    }
}

pub(super) fn user_key(tape: &mut Tape<'_>) -> Unique<User> {
    match tape.below(4) {
        0 => user::by_id("u0"),
        1 => user::by_id("u1"),
        2 => user::by_email("ann"),
        _ => user::by_id("none"),
    }
}

pub(super) fn post_key(tape: &mut Tape<'_>) -> Unique<Post> {
    post::by_id(tape.one(&["p0", "p1", "none"]))
}

pub(super) fn tag_key(tape: &mut Tape<'_>) -> Unique<Tag> {
    match tape.flip() {
        false => tag::by_id("t0"),
        true => tag::by_label(tape.one(&["rust", "sql"])),
    }
}
