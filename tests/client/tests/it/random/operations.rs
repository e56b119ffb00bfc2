//! Operations on the blog, of every kind that its client has.

mod filters;
mod writes;

use prisma_runtime::{
    BoxFuture, Bytes, Cursor, FindMany, Operation, Query, Related, Request, Shape, Transport,
    TransportError, Unique, new, select,
};
use prisma_tests_client::blog::{Db, Models, Post, Tag, User, post, tag, user};

use self::{
    filters::{order_of_posts, order_of_users, posts, tags, users},
    writes::{post_changes, user_changes},
};
use super::tape::Tape;

/// Operations are looked at here and sent elsewhere.
struct Nowhere;

impl Transport for Nowhere {
    fn send(&self, _: Request) -> BoxFuture<'_, Result<Bytes, TransportError>> {
        Box::pin(async { Ok(Bytes::new()) })
    }
}

fn db() -> Db {
    Db::custom(Nowhere)
}

/// What is there at first: two users, two posts of the first, a tag.
pub(super) fn start() -> [Operation; 3] {
    let db = db();
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
    [
        db.user().create(ann).operation(),
        db.user().create(bob.with(|u| u.id.to("u1"))).operation(),
        db.tag()
            .create(rust.with(|t| (t.id.to("t0"), t.posts.connect([post::by_id("p0")]))))
            .operation(),
    ]
}

/// The next operation of a tape.
pub(super) fn next(tape: &mut Tape<'_>) -> Operation {
    let db = db();
    match tape.below(14) {
        0 => one_user(&db, tape),
        1 => lists_of_users(&db, tape),
        2 => lists_of_posts(&db, tape),
        3 => {
            let filter = tags(tape, 2);
            db.tag().find_first().filter(|_| filter).operation()
        }
        4 => {
            let filter = users(tape, 2);
            db.user().count().filter(|_| filter).operation()
        }
        5 => {
            let filter = posts(tape, 3);
            db.post().exists(|_| filter).operation()
        }
        6 => db.user().create(writes::user(tape, 2)).operation(),
        7 => db.post().create(writes::post(tape)).operation(),
        8 => {
            let (by, changes) = (user_key(tape), user_changes(tape, 2));
            db.user().update(by).set(|_| changes).operation()
        }
        9 => {
            let (by, changes) = (post_key(tape), post_changes(tape, 2));
            let update = db.post().update(by).set(|_| changes);
            update
                .pick(|p| (p.id, p.author.pick(|u| u.name)))
                .operation()
        }
        10 => {
            let (by, new, changes) = (user_key(tape), writes::user(tape, 1), user_changes(tape, 1));
            db.user().upsert(by, new, |_| changes).operation()
        }
        11 => match tape.below(3) {
            0 => db.user().delete(user_key(tape)).operation(),
            1 => db.post().delete(post_key(tape)).operation(),
            _ => db.tag().delete(tag_key(tape)).operation(),
        },
        12 => {
            let (filter, sets) = (users(tape, 2), writes::user_sets(tape));
            db.user()
                .update_many()
                .set(|_| sets)
                .filter(|_| filter)
                .operation()
        }
        _ => {
            let filter = posts(tape, 2);
            db.post().delete_many().filter(|_| filter).operation()
        }
    }
}

fn one_user(db: &Db, tape: &mut Tape<'_>) -> Operation {
    let find = db.user().find_unique(user_key(tape));
    match tape.below(4) {
        0 => find.operation(),
        1 => find.rel(|u| u.posts).first(tape.below(4)).operation(),
        2 => find.pick(|u| (u.name, u.age, u.role)).operation(),
        _ => {
            let (first, filter) = (tape.below(4), posts(tape, 1));
            find.pick(select! { id mail: email posts(first: first, filter: |_| filter) { title author { name } } })
                .operation()
        }
    }
}

fn lists_of_users(db: &Db, tape: &mut Tape<'_>) -> Operation {
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
    page(find, tape, |tape| {
        Cursor::new(tape.one(&["u0", "u1", "none"]))
    })
}

fn lists_of_posts(db: &Db, tape: &mut Tape<'_>) -> Operation {
    let filter = posts(tape, 3);
    let order = order_of_posts(tape);
    let find = db.post().find_many().filter(|_| filter).order_by(|_| order);
    page(find, tape, |tape| {
        Cursor::new(tape.one(&["p0", "p1", "none"]))
    })
}

/// One of the ways to page, with numbers and cursors of the tape.
fn page<M: prisma_runtime::Model, S: Shape<M, Out: Send> + Send>(
    find: FindMany<'_, M, S>,
    tape: &mut Tape<'_>,
    cursor: impl Fn(&mut Tape<'_>) -> Cursor<M>,
) -> Operation {
    let find = match tape.maybe(|tape| tape.below(4)) {
        Some(count) => find.skip(count),
        None => find,
    };
    match tape.below(5) {
        0 => find.operation(),
        1 => find.first(tape.below(5)).operation(),
        2 => find.last(tape.below(5)).operation(),
        3 => find.first(tape.below(5)).after(cursor(tape)).operation(),
        _ => find.last(tape.below(5)).before(cursor(tape)).operation(),
    }
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
