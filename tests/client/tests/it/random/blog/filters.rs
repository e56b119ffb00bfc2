//! Conditions and orders. A condition on a relation has one on what is related, `depth` times at most.

use prisma_runtime::{DateTime, Filter, Order, Utc};
use prisma_tests_client::blog::{Post, Role, Tag, User};

use super::Tape;

const TEXTS: [&str; 5] = ["", "Ann", "e", "%_", "ö\"\\"];

fn text(tape: &mut Tape<'_>) -> &'static str {
    tape.one(&TEXTS)
}

fn role(tape: &mut Tape<'_>) -> Role {
    tape.one(&[Role::User, Role::Admin])
}

fn moment(tape: &mut Tape<'_>) -> DateTime<Utc> {
    DateTime::from_timestamp(i64::from(tape.below(200)) * 20_000_000, 0).unwrap()
}

/// Conditions of one model, joined.
fn joined<M>(
    tape: &mut Tape<'_>,
    depth: u32,
    one: fn(&mut Tape<'_>, u32) -> Filter<M>,
) -> Filter<M> {
    match tape.below(6) {
        0 | 1 => one(tape, depth),
        2 => one(tape, depth) & one(tape, depth),
        3 => one(tape, depth) | one(tape, depth),
        4 => !one(tape, depth),
        _ => {
            let filters = tape.some(|tape| one(tape, depth));
            if tape.flip() {
                Filter::all(filters)
            } else {
                Filter::any(filters)
            }
        }
    }
}

pub(in super::super) fn users(tape: &mut Tape<'_>, depth: u32) -> Filter<User> {
    joined(tape, depth, user)
}

pub(in super::super) fn posts(tape: &mut Tape<'_>, depth: u32) -> Filter<Post> {
    joined(tape, depth, post)
}

pub(in super::super) fn tags(tape: &mut Tape<'_>, depth: u32) -> Filter<Tag> {
    joined(tape, depth, tag)
}

fn user(tape: &mut Tape<'_>, depth: u32) -> Filter<User> {
    let u = User::FIELDS;
    // Relations come last, so that leaves do without.
    match tape.below(if depth == 0 { 14 } else { 18 }) {
        0 => u.name.eq(text(tape)),
        1 => u.email.ne(text(tape)),
        2 => u.name.contains(text(tape)),
        3 => u.name.not_contains(text(tape)),
        4 => u.name.starts_with(text(tape)),
        5 => u.email.not_starts_with(text(tape)),
        6 => u.email.ends_with(text(tape)),
        7 => u.age.gt(30) | u.age.is_null(),
        8 => u.age.between(tape.maybe(|_| 18), 65),
        9 => u.age.not_null() & u.age.not_in(tape.some(|tape| tape.below(40) as i32)),
        10 => u.role.eq(role(tape)),
        11 => u.role.is_in(tape.some(role)),
        12 => u.id.is_in(["u0", "none"]),
        13 => u.name.gte(text(tape)) & u.name.lt("b"),
        14 => {
            let inner = posts(tape, depth - 1);
            u.posts.some(|_| inner)
        }
        15 => {
            let inner = posts(tape, depth - 1);
            u.posts.every(|_| inner)
        }
        16 => {
            let inner = posts(tape, depth - 1);
            u.posts.none(|_| inner)
        }
        _ => {
            let inner = posts(tape, depth - 1);
            u.reviews.some(|_| inner)
        }
    }
}

fn post(tape: &mut Tape<'_>, depth: u32) -> Filter<Post> {
    let p = Post::FIELDS;
    match tape.below(if depth == 0 { 7 } else { 13 }) {
        0 => p.title.contains(text(tape)),
        1 => p.published.eq(tape.flip()),
        2 => p.published.ne(true),
        3 => p.created_at.lte(moment(tape)),
        4 => p.created_at.is_in(tape.some(moment)),
        5 => p.title.is_in(tape.some(text)),
        6 => p.reviewer.is_null(),
        7 => p.reviewer.not_null(),
        8 => {
            let inner = users(tape, depth - 1);
            p.author.is(|_| inner)
        }
        9 => {
            let inner = users(tape, depth - 1);
            p.author.is_not(|_| inner)
        }
        10 => {
            let inner = users(tape, depth - 1);
            p.reviewer.is(|_| inner)
        }
        11 => {
            let inner = tags(tape, depth - 1);
            p.tags.every(|_| inner)
        }
        _ => {
            let inner = tags(tape, depth - 1);
            p.tags.none(|_| inner)
        }
    }
}

fn tag(tape: &mut Tape<'_>, depth: u32) -> Filter<Tag> {
    let t = Tag::FIELDS;
    match tape.below(if depth == 0 { 2 } else { 3 }) {
        0 => t.label.eq(text(tape)),
        1 => t.id.lt("t1"),
        _ => {
            let inner = posts(tape, depth - 1);
            t.posts.some(|_| inner)
        }
    }
}

pub(in super::super) fn order_of_users(tape: &mut Tape<'_>) -> Order<User> {
    let u = User::FIELDS;
    match tape.below(5) {
        0 => u.name.asc(),
        1 => u.age.desc(),
        2 => u.role.asc(),
        3 => u.email.desc(),
        _ => u.id.asc(),
    }
}

pub(in super::super) fn order_of_posts(tape: &mut Tape<'_>) -> Order<Post> {
    let p = Post::FIELDS;
    match tape.below(3) {
        0 => p.title.desc(),
        1 => p.created_at.asc(),
        _ => p.published.desc(),
    }
}

/// Conditions on scalar fields of posts alone.
pub(in super::super) fn scalars_of_posts(tape: &mut Tape<'_>) -> Filter<Post> {
    let p = Post::FIELDS;
    match tape.below(3) {
        0 => p.title.contains(text(tape)),
        1 => p.published.eq(tape.flip()),
        _ => p.created_at.gt(moment(tape)),
    }
}
