//! Operations on every scalar, on ids and relations of every kind, and on names that mean something else.

mod everything;
mod nodes;
mod pairs;

use prisma_runtime::{new, select};
use prisma_tests_client::shapes::{
    Db, Models, counter, device, r#match, only_id, option, result, snake_case, ticket,
};

use super::{
    judge::{Judge, Verdict},
    tape::Tape,
};

/// What is there at first.
pub(super) async fn start(db: &Db, judge: &Judge) -> Verdict {
    everything::start(db, judge).await?;
    nodes::start(db, judge).await?;
    pairs::start(db, judge).await
}

/// What is tried next: an operation, several at once, or a transaction of some.
pub(super) async fn step(db: &Db, judge: &Judge, tape: &mut Tape<'_>) -> Verdict {
    match tape.below(8) {
        0 => {
            let (first, second) = (everything::new(tape), everything::new(tape));
            let made = db.everything().create_many([first, second]);
            judge.batch(db, made).await
        }
        1 => {
            let found = everything::filter(tape, 1);
            let found = db.everything().find_many().filter(|_| found);
            let made = db.node2().create(nodes::new(tape, 1));
            judge.batch(db, (made, found, db.only_id().count())).await
        }
        2 => {
            let tx = judge.given(db.transactions().begin().await)?;
            for _ in 0..=tape.below(3) {
                next(&tx, judge, tape).await?;
            }
            judge.given(if tape.flip() {
                tx.commit().await
            } else {
                tx.rollback().await
            })
        }
        _ => next(db, judge, tape).await,
    }
}

async fn next(db: &impl Models, judge: &Judge, tape: &mut Tape<'_>) -> Verdict {
    match tape.below(5) {
        0 => everything::next(db, judge, tape).await,
        1 | 2 => nodes::next(db, judge, tape).await,
        3 => pairs::next(db, judge, tape).await,
        _ => odd(db, judge, tape).await,
    }
}

/// Ids that the database makes, models of nothing but an id, names of Rust.
async fn odd(db: &impl Models, judge: &Judge, tape: &mut Tape<'_>) -> Verdict {
    let number = i32::try_from(tape.below(3)).unwrap();
    match tape.below(8) {
        0 => {
            judge.run(db.counter().create(counter::New {})).await?;
        }
        1 => {
            let delete = db.counter().delete(counter::by_id(number));
            judge.run(delete).await?;
        }
        2 => {
            let new = new!(ticket::New { title: "New" });
            let by = ticket::by_id(number);
            let upsert = db.ticket().upsert(by, new, |t| t.title.to("Old"));
            judge.run(upsert).await?;
        }
        3 => {
            let created = db.device().create(new!(device::New { name: "Phone" }));
            if let Some(device) = judge.run(created).await? {
                let by = device::by_id(device.id);
                judge
                    .run(db.device().find_unique(by).or_not_found())
                    .await?;
            }
        }
        4 => {
            let id = tape.one(&["i0", "i1"]);
            let made = only_id::New {}.with(|o| o.id.to(id));
            judge.run(db.only_id().create(made)).await?;
            let page = db.only_id().connection().order_by(|o| o.id.desc());
            judge.run(page.last(1)).await?;
        }
        5 => {
            let option = option::New {}.with(|o| {
                let results = tape.some(|_| new!(result::NewWithoutOption { string: "r" }));
                (o.some.to("s"), o.vec.create(results))
            });
            let made = new!(r#match::New { r#type: "t" });
            let made = made.with(|m| (m.r#fn.to(number), m.option.create(option)));
            let made = db.r#match().create(made);
            let made =
                made.pick(select! { r#type self_ option { some vec { string option { id } } } });
            judge.run(made).await?;
        }
        6 => {
            let filter = tape.flip();
            let found = db.r#match().find_many();
            let found = found.filter(|m| {
                let inner = m.option.is(|o| o.vec.some(|r| r.string.eq("r")));
                if filter {
                    inner
                } else {
                    m.self_.is_null() | m.r#fn.gt(number)
                }
            });
            judge.run(found).await?;
        }
        _ => {
            let made = snake_case::New {}.with(|s| (s.upper.to("U"), s._2nd.null()));
            judge.run(db.snake_case().create(made)).await?;
            let changed = db.snake_case().update_many().set(|s| s._2nd.to("2"));
            judge.run(changed.everything()).await?;
        }
    }
    Ok(())
}
