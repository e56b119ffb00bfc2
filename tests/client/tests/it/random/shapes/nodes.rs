//! A model that is related to itself: a tree with both sides, and a friend that knows nothing of it.

use prisma_runtime::{Assign, Change, Changes, Create, Filter, Unique, new, select};
use prisma_tests_client::shapes::{Db, Models, Node2, node2};

use super::{
    super::blog::{list, pages},
    Judge, Tape, Verdict,
};

const IDS: [&str; 4] = ["n0", "n1", "n2", "none"];

pub(super) async fn start(db: &Db, judge: &Judge) -> Verdict {
    let child = |id: &'static str| new!(node2::New { name: "Child" }).with(|n| n.id.to(id));
    let root = new!(node2::New { name: "Root" }).with(|n| {
        (
            n.id.to("n0"),
            n.zchildren.create([child("n1"), child("n2")]),
        )
    });
    judge.accepted(db.node2().create(root)).await
}

pub(super) async fn next(db: &impl Models, judge: &Judge, tape: &mut Tape<'_>) -> Verdict {
    match tape.below(8) {
        0 => {
            let (some, first, below) = (filter(tape, 3), tape.below(3), filter(tape, 1));
            let found = db.node2().find_many().filter(|_| some);
            let found = found.pick(select! {
                id name
                parent { id friend { name } }
                zchildren(first: first, filter: |_| below) { id parent { name } zchildren { id } }
            });
            list(found, judge, tape, &IDS).await?;
        }
        1 => {
            let some = filter(tape, 2);
            let found = db.node2().connection().filter(|_| some);
            pages(found.order_by(|n| n.name.asc()), judge, tape, &IDS).await?;
        }
        2 => {
            let found = db.node2().find_unique(key(tape));
            let found = found.rel(|n| n.parent).rel(|n| n.zchildren);
            judge.run(found.last(tape.below(3))).await?;
        }
        3 => drop(judge.run(db.node2().create(new(tape, 2))).await?),
        4 | 5 => {
            let (by, changes) = (key(tape), changes(tape, 2));
            judge.run(db.node2().update(by).set(|_| changes)).await?;
        }
        6 => {
            let (by, new, changes) = (key(tape), new(tape, 1), changes(tape, 1));
            judge.run(db.node2().upsert(by, new, |_| changes)).await?;
        }
        _ => drop(judge.run(db.node2().delete(key(tape))).await?),
    }
    Ok(())
}

fn key(tape: &mut Tape<'_>) -> Unique<Node2> {
    node2::by_id(tape.one(&IDS))
}

fn filter(tape: &mut Tape<'_>, depth: u32) -> Filter<Node2> {
    let n = Node2::FIELDS;
    let choice = tape.below(if depth == 0 { 3 } else { 9 });
    let mut inner = || filter(tape, depth - 1);
    match choice {
        0 => n.name.contains("o"),
        1 => n.parent.is_null(),
        2 => n.friend.not_null() | n.id.eq("n1"),
        3 => {
            let inner = inner();
            n.parent.is(|_| inner)
        }
        4 => {
            let inner = inner();
            n.zchildren.some(|_| inner)
        }
        5 => {
            let inner = inner();
            n.zchildren.every(|_| inner)
        }
        6 => {
            let inner = inner();
            n.friend.is_not(|_| inner)
        }
        7 => {
            let inner = inner();
            n.zchildren.none(|_| inner)
        }
        _ => !inner(),
    }
}

pub(super) fn new(tape: &mut Tape<'_>, depth: u32) -> Create<node2::New> {
    let parent = tape.maybe(|tape| Node2::FIELDS.parent.connect(key(tape)));
    child(tape, depth).with(|_| parent)
}

/// A node whose parent is given by its place.
fn child(tape: &mut Tape<'_>, depth: u32) -> Create<node2::New> {
    let related = related(tape, depth);
    new!(node2::New { name: "New" }).with(|_| related)
}

/// What creates and changes have in common, but for the parent.
fn related(tape: &mut Tape<'_>, depth: u32) -> Vec<Assign<Node2>> {
    let n = Node2::FIELDS;
    if depth == 0 {
        return Vec::new();
    }
    tape.some(|tape| match tape.below(4) {
        0 => n.zchildren.create(tape.some(|tape| child(tape, depth - 1))),
        1 => n.zchildren.connect(tape.some(key)),
        // Nothing leads back from a friend, who may have a parent as well.
        2 => n.friend.create(new(tape, depth - 1)),
        _ => n.friend.connect(key(tape)),
    })
}

fn changes(tape: &mut Tape<'_>, depth: u32) -> impl Changes<Node2> + use<> {
    let n = Node2::FIELDS;
    let on_children: Vec<Change<Node2>> = tape.some(|tape| match tape.below(5) {
        0 => n.zchildren.set(tape.some(key)),
        1 => n.zchildren.disconnect(tape.some(key)),
        2 => n.zchildren.delete(tape.some(key)),
        3 => {
            let (by, related) = (key(tape), related(tape, depth - 1));
            n.zchildren.update(by, |_| related)
        }
        _ => {
            let (by, new) = (key(tape), child(tape, depth - 1));
            n.zchildren.upsert(by, new, |n| n.name.to("Other"))
        }
    });
    let on_others: Vec<Change<Node2>> = tape.some(|tape| match tape.below(5) {
        0 => n.parent.disconnect(),
        1 => n.parent.delete(),
        2 => n.friend.disconnect(),
        3 => {
            let new = new(tape, depth - 1);
            n.friend.upsert(new, |n| n.name.to("Friend"))
        }
        _ => n.friend.update(|n| n.parent.connect(node2::by_id("n0"))),
    });
    let many = tape.maybe(|tape| {
        let update = n.zchildren.update_many().set(|n| n.name.to("Many"));
        match tape.flip() {
            false => update.everything(),
            true => update.filter(|n| n.name.ne("Root")),
        }
    });
    (
        n.name.to("Changed"),
        related(tape, depth),
        on_children,
        on_others,
        many,
    )
}
