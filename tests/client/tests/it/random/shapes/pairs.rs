//! Relations that are required: by one side, and by both.

use prisma_runtime::{Create, Link, Unique, new, select};
use prisma_tests_client::shapes::{
    City, Country, Db, Left, Models, Right, city, country, left, right,
};

use super::{super::blog::pages, Judge, Tape, Verdict};

pub(super) async fn start(db: &Db, judge: &Judge) -> Verdict {
    let paris = city::NewWithoutCountry {}.with(|c| c.id.to("c0"));
    let france = new!(country::New { id: "fr" }).with(|c| c.cities.create([paris]));
    judge.accepted(db.country().create(france)).await?;
    let right = new!(right::NewWithoutLeft { name: "Right" }).with(|r| r.id.to("r0"));
    let left = left::New {
        name: "Left".into(),
        right: Link::create(right),
    };
    judge
        .accepted(db.left().create(left.with(|l| l.id.to("l0"))))
        .await
}

pub(super) async fn next(db: &impl Models, judge: &Judge, tape: &mut Tape<'_>) -> Verdict {
    match tape.below(10) {
        0 => {
            let made = new!(country::New {
                id: tape.one(&["fr", "de"])
            });
            let made = made.with(|c| {
                (
                    c.cities.create(tape.some(new_city)),
                    c.cities.connect([a_city(tape)]),
                )
            });
            judge.run(db.country().create(made)).await?;
        }
        1 => {
            let (by, by_city) = (a_country(tape), a_city(tape));
            let update = db.country().update(by).set(|c| match tape.below(4) {
                0 => c.cities.set([by_city]),
                1 => c.cities.delete([by_city]),
                2 => c.cities.disconnect([by_city]),
                // A city has nothing that could be changed here.
                _ => c.cities.set([]),
            });
            let update = update.pick(select! { id cities { id country { id } } });
            judge.run(update).await?;
        }
        2 => {
            let country = match tape.flip() {
                false => Link::connect(a_country(tape)),
                true => Link::create(new!(country::New {
                    id: tape.one(&["de", "it"])
                })),
            };
            judge.run(db.city().create(city::New { country })).await?;
        }
        3 => {
            let (by, to) = (a_city(tape), a_country(tape));
            judge
                .run(db.city().update(by).set(|c| c.country.connect(to)))
                .await?;
        }
        4 => {
            let id = tape.one(&["fr", "de"]);
            let found = db.city().connection();
            let found = found.filter(|c| c.country.is(|c| c.id.ne(id)));
            pages(found, judge, tape, &["c0", "none"]).await?;
        }
        5 => {
            let made = left::New {
                name: "New".into(),
                right: match tape.flip() {
                    false => Link::connect(a_right(tape)),
                    true => Link::create(new!(right::NewWithoutLeft { name: "New" })),
                },
            };
            judge.run(db.left().create(made)).await?;
        }
        6 => {
            let by = a_left(tape);
            let update = db.left().update(by);
            let update = match tape.below(3) {
                0 => update.set(|l| l.right.update(|r| r.name.to("Other"))),
                1 => update.set(|l| l.right.connect(a_right(tape))),
                _ => update.set(|l| l.right.upsert(new_right(tape), |r| r.name.to("Other"))),
            };
            judge.run(update).await?;
        }
        7 => {
            let by = a_right(tape);
            let link = Link::create(new!(left::NewWithoutRight { name: "New" }));
            let whole = right::New {
                name: "New".into(),
                left: link,
            };
            judge
                .run(
                    db.right()
                        .upsert(by, whole, |r| r.left.update(|l| l.name.to("Other"))),
                )
                .await?;
        }
        8 => drop(judge.run(db.left().delete(a_left(tape))).await?),
        _ => drop(judge.run(db.country().delete(a_country(tape))).await?),
    }
    Ok(())
}

fn a_country(tape: &mut Tape<'_>) -> Unique<Country> {
    country::by_id(tape.one(&["fr", "de", "none"]))
}

fn a_city(tape: &mut Tape<'_>) -> Unique<City> {
    city::by_id(tape.one(&["c0", "c1", "none"]))
}

fn a_left(tape: &mut Tape<'_>) -> Unique<Left> {
    left::by_id(tape.one(&["l0", "none"]))
}

fn a_right(tape: &mut Tape<'_>) -> Unique<Right> {
    right::by_id(tape.one(&["r0", "none"]))
}

fn new_city(tape: &mut Tape<'_>) -> Create<city::NewWithoutCountry> {
    let id = tape.one(&["c0", "c1", "c2"]);
    city::NewWithoutCountry {}.with(|c| c.id.to(id))
}

fn new_right(tape: &mut Tape<'_>) -> Create<right::NewWithoutLeft> {
    let id = tape.maybe(|tape| Right::FIELDS.id.to(tape.one(&["r0", "r1"])));
    new!(right::NewWithoutLeft { name: "New" }).with(|_| id)
}
