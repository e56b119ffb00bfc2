//! A model with every scalar, required, optional and as a list.

use prisma_runtime::{Create, DateTime, Filter, Order, Set, Unique, Utc, Uuid, new};
use prisma_tests_client::shapes::{Db, Everything, Models, State, everything};
use serde_json::json;

use super::{
    super::blog::{list, pages},
    Judge, Tape, Verdict,
};

pub(super) async fn start(db: &Db, judge: &Judge) -> Verdict {
    let tape = &mut Tape::new(&[]);
    let first = new(tape).with(|e| (e.id.to("e0"), e.uuid.to(uuid(tape))));
    judge.accepted(db.everything().create(first)).await
}

pub(super) async fn next(db: &impl Models, judge: &Judge, tape: &mut Tape<'_>) -> Verdict {
    match tape.below(8) {
        0 => {
            let (some, order) = (filter(tape, 2), order(tape));
            let found = db.everything().find_many().filter(|_| some);
            list(found.order_by(|_| order), judge, tape, &["e0", "none"]).await?;
        }
        1 => {
            let (some, order) = (filter(tape, 2), order(tape));
            let found = db.everything().connection().filter(|_| some);
            pages(found.order_by(|_| order), judge, tape, &["e0", "none"]).await?;
        }
        2 => drop(judge.run(db.everything().create(new(tape))).await?),
        3 => {
            let (by, sets) = (key(tape), sets(tape));
            judge.run(db.everything().update(by).set(|_| sets)).await?;
        }
        4 => {
            let (by, new, sets) = (key(tape), new(tape), sets(tape));
            let upsert = db.everything().upsert(by, new, |_| sets);
            judge.run(upsert).await?;
        }
        5 => {
            let (some, sets) = (filter(tape, 1), sets(tape));
            let update = db.everything().update_many().set(|_| sets);
            judge.run(update.filter(|_| some)).await?;
        }
        6 => {
            let some = filter(tape, 1);
            let delete = db.everything().delete_many().filter(|_| some);
            judge.run(delete).await?;
        }
        _ => {
            let some = filter(tape, 2);
            judge.run(db.everything().exists(|_| some)).await?;
        }
    }
    Ok(())
}

fn text(tape: &mut Tape<'_>) -> &'static str {
    tape.one(&["", "a", "é_%", "🦀", "'\"\\"])
}

fn number(tape: &mut Tape<'_>) -> i32 {
    tape.one(&[0, 1, -1, i32::MIN, i32::MAX])
}

fn ratio(tape: &mut Tape<'_>) -> f64 {
    tape.one(&[0.0, -0.5, 1e21, 1e-7])
}

fn state(tape: &mut Tape<'_>) -> State {
    tape.one(&[State::New, State::InReview, State::Self_])
}

fn moment(tape: &mut Tape<'_>) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(tape.one(&[0, -1, 1_580_702_706_789, 32_503_680_000_000]))
        .unwrap()
}

fn uuid(tape: &mut Tape<'_>) -> Uuid {
    Uuid::from_u128(tape.below(6).into())
}

fn details(tape: &mut Tape<'_>) -> serde_json::Value {
    match tape.below(3) {
        0 => json!({}),
        1 => json!([null, 1.5, "ü", {"a": []}]),
        _ => json!({"b": {"a": -1}}),
    }
}

fn key(tape: &mut Tape<'_>) -> Unique<Everything> {
    match tape.below(4) {
        0 => everything::by_id("e0"),
        1 => everything::by_uuid(uuid(tape)),
        2 => everything::by_number_optional(number(tape)),
        _ => everything::by_state_optional(state(tape)),
    }
}

pub(super) fn new(tape: &mut Tape<'_>) -> Create<everything::New> {
    let new = new!(everything::New {
        text: text(tape),
        number: number(tape),
        ratio: ratio(tape),
        flag: tape.flip(),
        moment: moment(tape),
        details: details(tape),
        uuid: uuid(tape),
        foreign: text(tape),
        state: state(tape),
    });
    let sets = sets(tape);
    new.with(|_| sets)
}

fn sets(tape: &mut Tape<'_>) -> Vec<Set<Everything>> {
    let e = Everything::FIELDS;
    tape.some(|tape| match tape.below(14) {
        0 => e.text.to(text(tape)),
        1 => e.text_optional.to(tape.maybe(text)),
        2 => e.texts.to(tape.some(text)),
        3 => e.number_optional.to(tape.maybe(number)),
        4 => e.numbers.to(tape.some(number)),
        5 => e.ratio_optional.to(tape.maybe(ratio)),
        6 => e.flag_optional.to(tape.maybe(Tape::flip)),
        7 => e.moment.to(moment(tape)),
        8 => e.moment_optional.null(),
        9 => e.details.to(details(tape)),
        10 => e.details_optional.to(tape.maybe(details)),
        11 => e.uuid_optional.to(uuid(tape)),
        12 => e.state_optional.to(tape.maybe(state)),
        _ => e.states.to(tape.some(state)),
    })
}

pub(super) fn filter(tape: &mut Tape<'_>, depth: u32) -> Filter<Everything> {
    let e = Everything::FIELDS;
    match tape.below(if depth == 0 { 16 } else { 19 }) {
        0 => e.text.contains(text(tape)),
        1 => e.text_optional.not_ends_with(text(tape)),
        2 => e.text_optional.is_in(tape.some(text)),
        3 => e.number.between(number(tape), number(tape)),
        4 => e.number_optional.lte(number(tape)) | e.number_optional.is_null(),
        5 => e.ratio.gte(ratio(tape)),
        6 => e.ratio_optional.not_in(tape.some(ratio)),
        7 => e.flag.ne(tape.flip()),
        8 => e.flag_optional.eq(tape.maybe(Tape::flip)),
        9 => e.moment.lt(moment(tape)),
        10 => e.moment_optional.ne(tape.maybe(moment)),
        11 => e.uuid.is_in(tape.some(uuid)),
        12 => e.uuid_optional.not_null(),
        13 => e.state.not_in(tape.some(state)),
        14 => e.state_optional.eq(tape.maybe(state)),
        15 => e.foreign.not_contains(text(tape)),
        16 => filter(tape, depth - 1) & filter(tape, depth - 1),
        17 => filter(tape, depth - 1) | filter(tape, depth - 1),
        _ => !filter(tape, depth - 1),
    }
}

fn order(tape: &mut Tape<'_>) -> Order<Everything> {
    let e = Everything::FIELDS;
    match tape.below(8) {
        0 => e.text_optional.asc(),
        1 => e.number_optional.desc(),
        2 => e.ratio.asc(),
        3 => e.flag_optional.desc(),
        4 => e.moment.asc(),
        5 => e.uuid_optional.asc(),
        6 => e.state.desc(),
        _ => e.updated_at.desc(),
    }
}
