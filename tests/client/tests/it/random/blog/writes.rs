//! Creates and changes, with nested ones `depth` times at most.

use prisma_runtime::{Assign, Change, Changes, Create, Link, Set, new};
use prisma_tests_client::blog::{Post, Role, Tag, User, post, tag, user};

use super::{Tape, filters::scalars_of_posts, post_key, tag_key, user_key};

/// Values of unique fields: few, so that they meet.
const EMAILS: [&str; 4] = ["ann", "bob", "cid", "dan"];
const LABELS: [&str; 3] = ["rust", "sql", "web"];

pub(in super::super) fn user_sets(tape: &mut Tape<'_>) -> Vec<Set<User>> {
    let u = User::FIELDS;
    tape.some(|tape| match tape.below(4) {
        0 => u.name.to("Eve"),
        1 => u.age.to(tape.maybe(|tape| tape.below(90) as i32)),
        2 => u.age.null(),
        _ => u.role.to(Role::Admin),
    })
}

fn post_sets(tape: &mut Tape<'_>) -> Vec<Set<Post>> {
    let p = Post::FIELDS;
    tape.some(|tape| match tape.flip() {
        false => p.title.to("Again"),
        true => p.published.to(tape.flip()),
    })
}

pub(in super::super) fn user(tape: &mut Tape<'_>, depth: u32) -> Create<user::New> {
    let reviewed = tape.some(post_key);
    let reviewed = User::FIELDS.reviews.connect(reviewed);
    reviewer(tape, depth).with(|_| reviewed)
}

/// A user without reviews.
fn reviewer(tape: &mut Tape<'_>, depth: u32) -> Create<user::New> {
    let new = new!(user::New {
        email: tape.one(&EMAILS),
        name: "New"
    });
    let (sets, written) = (user_sets(tape), written(tape, depth));
    new.with(|_| (sets, written))
}

pub(in super::super) fn post(tape: &mut Tape<'_>) -> Create<post::New> {
    let author = match tape.flip() {
        false => Link::connect(user_key(tape)),
        true => Link::create(reviewer(tape, 0)),
    };
    let (sets, labels) = (post_sets(tape), labels(tape));
    new!(post::New {
        title: "New",
        author
    })
    .with(|_| (sets, labels))
}

fn nested_post(tape: &mut Tape<'_>, depth: u32) -> Create<post::NewWithoutAuthor> {
    let (sets, labels) = (post_sets(tape), labels(tape));
    let reviewer = tape.maybe(|tape| match depth {
        0 => Post::FIELDS.reviewer.connect(user_key(tape)),
        _ => Post::FIELDS.reviewer.create(reviewer(tape, depth - 1)),
    });
    new!(post::NewWithoutAuthor { title: "Nested" }).with(|_| (sets, labels, reviewer))
}

/// What creates and changes of users have in common.
fn written(tape: &mut Tape<'_>, depth: u32) -> Vec<Assign<User>> {
    let u = User::FIELDS;
    if depth == 0 {
        return Vec::new();
    }
    tape.some(|tape| match tape.flip() {
        false => u
            .posts
            .create(tape.some(|tape| nested_post(tape, depth - 1))),
        true => u.posts.connect(tape.some(post_key)),
    })
}

fn labels(tape: &mut Tape<'_>) -> Vec<Assign<Post>> {
    let p = Post::FIELDS;
    tape.some(|tape| match tape.flip() {
        false => p.tags.connect(tape.some(tag_key)),
        true => p.tags.create(tape.some(|tape| {
            new!(tag::New {
                label: tape.one(&LABELS)
            })
        })),
    })
}

pub(in super::super) fn user_changes(
    tape: &mut Tape<'_>,
    depth: u32,
) -> impl Changes<User> + use<> {
    let u = User::FIELDS;
    let changes = (depth > 0).then(|| {
        tape.some(|tape| match tape.below(6) {
            // A review can be given up, but no post can lose its author.
            0 => u.reviews.set(tape.some(post_key)),
            1 => u.reviews.disconnect(tape.some(post_key)),
            2 => u.posts.delete(tape.some(post_key)),
            3 => {
                let (by, changes) = (post_key(tape), post_sets(tape));
                u.posts.update(by, |_| changes)
            }
            4 => {
                let (by, changes) = (post_key(tape), labels_changes(tape));
                u.posts.update(by, |_| changes)
            }
            _ => {
                let (by, new, sets) = (post_key(tape), nested_post(tape, 0), post_sets(tape));
                u.posts.upsert(by, new, |_| sets)
            }
        })
    });
    let updated = tape.maybe(|tape| {
        let (sets, filter) = (post_sets(tape), scalars_of_posts(tape));
        u.posts.update_many().set(|_| sets).filter(|_| filter)
    });
    let deleted = tape.maybe(|tape| {
        let filter = scalars_of_posts(tape);
        u.posts.delete_many().filter(|_| filter)
    });
    (
        user_sets(tape),
        written(tape, depth),
        changes,
        updated,
        deleted,
    )
}

pub(in super::super) fn post_changes(
    tape: &mut Tape<'_>,
    depth: u32,
) -> impl Changes<Post> + use<> {
    let p = Post::FIELDS;
    let author = tape.maybe(|tape| p.author.connect(user_key(tape)));
    let reviewer = tape.maybe(|tape| match tape.below(3) {
        0 => p.reviewer.disconnect(),
        1 => p.reviewer.delete(),
        _ => {
            let changes = (user_sets(tape), written(tape, depth - 1));
            p.reviewer.update(|_| changes)
        }
    });
    (
        post_sets(tape),
        author,
        reviewer,
        labels(tape),
        labels_changes(tape),
    )
}

fn labels_changes(tape: &mut Tape<'_>) -> Vec<Change<Post>> {
    let p = Post::FIELDS;
    let t = Tag::FIELDS;
    tape.some(|tape| match tape.below(5) {
        0 => p.tags.set(tape.some(tag_key)),
        1 => p.tags.disconnect(tape.some(tag_key)),
        2 => p.tags.delete(tape.some(tag_key)),
        3 => p
            .tags
            .update(tag_key(tape), |_| t.label.to(tape.one(&LABELS))),
        _ => {
            let (by, label) = (tag_key(tape), tape.one(&LABELS));
            p.tags
                .upsert(by, new!(tag::New { label }), |_| t.label.to(label))
        }
    })
}
