//! What is done once, and what is not done again.

use prisma_engine::Counters;

use crate::fake::{BLOG, Fake};

fn since(fake: &Fake, before: Counters) -> [u64; 4] {
    let now = fake.counters();
    [
        now.parses - before.parses,
        now.operation_hits - before.operation_hits,
        now.plan_hits - before.plan_hits,
        now.prepares - before.prepares,
    ]
}

#[test]
fn a_warm_point_read_parses_plans_and_prepares_nothing() {
    let fake = Fake::new(BLOG);
    let query = "query($id: ID!) { user(where: {id: $id}) { id email } }";
    fake.ask_with(query, r#"{"id": "a"}"#);
    let before = fake.counters();
    assert_eq!((before.parses, before.prepares), (1, 1));
    for id in 0..10 {
        fake.ask_with(query, &format!(r#"{{"id": "{id}"}}"#));
    }
    assert_eq!(since(&fake, before), [0, 10, 10, 0]);
    let values: Vec<_> = fake.asked().into_iter().map(|(_, values)| values).collect();
    assert_eq!(values.len(), 11);
    assert!(values.windows(2).all(|pair| pair[0] != pair[1]));
}

#[test]
fn documents_that_differ_in_literals_share_what_is_prepared() {
    let fake = Fake::new(BLOG);
    for id in 0..10 {
        fake.ask(&format!(r#"{{ user(where: {{id: "{id}"}}) {{ id }} }}"#));
    }
    let Counters {
        parses, prepares, ..
    } = fake.counters();
    assert_eq!((parses, prepares), (10, 1));
}

/// Every pair of arguments that needs another plan has another shape, and no other has.
#[test]
fn shapes_tell_apart_what_plans_depend_on() {
    let fake = Fake::new(BLOG);
    let query = "query($w: UserWhereInput, $o: UserOrderByInput, $n: Int, $l: Int) {
        users(where: $w, orderBy: $o, first: $n, last: $l) { posts(where: {author: $w}) { id } } }";
    let same = [
        r#"{"w": {"age": 1, "id_in": ["a"]}, "o": "age_ASC", "n": 1}"#,
        r#"{"w": {"age": 2, "id_in": ["b", "c"]}, "o": "age_ASC", "n": 0}"#,
    ];
    let different = [
        r#"{"w": {"age": null, "id_in": ["a"]}, "o": "age_ASC", "n": 1}"#,
        r#"{"w": {"age_not": 1, "id_in": ["a"]}, "o": "age_ASC", "n": 1}"#,
        r#"{"w": {"age": 1, "id_in": []}, "o": "age_ASC", "n": 1}"#,
        r#"{"w": {"age": 1, "id_in": null}, "o": "age_ASC", "n": 1}"#,
        r#"{"w": {"age": 1, "id_in": ["a"]}, "o": "age_DESC", "n": 1}"#,
        r#"{"w": {"age": 1, "id_in": ["a"]}, "o": null, "n": 1}"#,
        r#"{"w": {"age": 1, "id_in": ["a"]}, "o": "age_ASC"}"#,
        r#"{"w": {"age": 1, "id_in": ["a"]}, "o": "age_ASC", "l": 1}"#,
        r#"{"w": {"AND": [{"age": 1}, {"age": 1}]}}"#,
        r#"{"w": {"AND": [{"age": 1}]}}"#,
        r#"{"w": {"OR": [{"age": 1}]}}"#,
        r#"{"w": {"posts_some": {"title": "x"}}}"#,
        r#"{"w": {"posts_none": {"title": "x"}}}"#,
        r#"{"w": {}}"#,
    ];
    for variables in same {
        fake.ask_with(query, variables);
    }
    assert_eq!(fake.counters().plan_hits, 1);
    for variables in different {
        fake.ask_with(query, variables);
    }
    assert_eq!(fake.counters().plan_hits, 1);
    for variables in same.iter().chain(&different) {
        fake.ask_with(query, variables);
    }
    let all = u64::try_from(same.len() + different.len()).unwrap();
    assert_eq!(fake.counters().plan_hits, 1 + all);
}

/// A plan that was found by its shape gets the values that the planner would have given it.
#[test]
fn values_of_a_known_shape_take_the_slots_of_its_plan() {
    let query = r#"query($t: String, $n: Int!, $c: String) {
        users(where: {OR: [{email: $t}, {age_in: [1, $n]}], posts_some: {title: "x"}}, first: $n, after: $c) {
            posts(where: {title_not: $t}, skip: $n) { id } boss { posts(before: $c) { id } } } }"#;
    let variables = |round: usize| format!(r#"{{"t": "t{round}", "n": {round}, "c": "c{round}"}}"#);
    let warm = Fake::new(BLOG);
    warm.ask_with(query, &variables(0));
    warm.asked();
    warm.ask_with(query, &variables(1));
    assert_eq!(warm.counters().plan_hits, 1);
    let cold = Fake::new(BLOG);
    cold.ask_with(query, &variables(1));
    let asked = warm.asked();
    assert_eq!(asked, cold.asked());
    assert_eq!(asked[0].1.len(), 8);
}

#[test]
fn refusals_are_kept_like_plans() {
    let fake = Fake::new(BLOG);
    let query = "query($n: Int) { users(first: $n, last: 1) { id } }";
    assert!(fake.ask_with(query, r#"{"n": 1}"#).contains("3014"));
    assert!(fake.ask_with(query, r#"{"n": 2}"#).contains("3014"));
    assert_eq!(fake.counters().plan_hits, 1);
    assert!(fake.ask_with(query, r#"{"n": -2}"#).contains("3026"));
    assert!(
        fake.ask_with(query, "{}")
            .starts_with(r#"{"data":{"users":1}"#)
    );
}
