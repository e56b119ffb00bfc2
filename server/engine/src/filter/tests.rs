#![allow(clippy::unwrap_used)]

use prisma_api::{FilterOp, InputMeaning, Quantifier};
use prisma_connector::{Comparison, Filter, Slot, Value};
use prisma_datamodel::{Datamodel, FieldId, Source};

use super::{Values, filter};
use crate::error::ApiError;
use crate::input::Input;

fn datamodel() -> Datamodel {
    let text = "
        type User { id: ID! @id  age: Int  posts: [Post]  boss: User @relation(name: \"Boss\", link: INLINE) }
        type Post { id: ID! @id  author: User @relation(link: INLINE) }";
    let (datamodel, _) = prisma_datamodel::parse(&Source::new("d", text)).unwrap();
    datamodel
}

fn field(name: &str) -> FieldId {
    let datamodel = datamodel();
    datamodel
        .field(datamodel.model("User").unwrap(), name)
        .unwrap()
}

fn age(op: FilterOp, input: Input) -> (InputMeaning, Input) {
    (InputMeaning::Filter(field("age"), op), input)
}

fn age_is(number: i64) -> (InputMeaning, Input) {
    age(FilterOp::Equals, int(number))
}

fn related(name: &str, quantifier: Quantifier, input: Input) -> (InputMeaning, Input) {
    (InputMeaning::Related(field(name), quantifier), input)
}

fn int(number: i64) -> Input {
    Input::Value(Value::Int(number))
}

fn object<const N: usize>(entries: [(InputMeaning, Input); N]) -> Input {
    Input::Object(entries.into())
}

fn list<const N: usize>(elements: [Input; N]) -> Input {
    Input::List(elements.into())
}

/// The filter as a line of text, slots as `$n`, and its values. Both ways to the values must agree.
fn shown(input: Input) -> (String, Vec<Value>) {
    let mut planned = Values::default();
    let filter = filter(&datamodel(), &input, &mut planned).unwrap();
    let mut taken = Values::default();
    taken.take(input);
    let values = planned.into_inner();
    assert_eq!(values, taken.into_inner());
    (text(&filter), values)
}

fn text(filter: &Filter) -> String {
    let name = |field: &FieldId| datamodel()[*field].name.clone();
    let all = |parts: &[Filter]| parts.iter().map(text).collect::<Vec<_>>().join(", ");
    match filter {
        Filter::And(parts) => format!("and({})", all(parts)),
        Filter::Or(parts) => format!("or({})", all(parts)),
        Filter::Not(inner) => format!("not({})", text(inner)),
        Filter::Null(field) => format!("{} null", name(field)),
        Filter::Scalar {
            field,
            comparison,
            value: Slot(slot),
        } => {
            let sign = match comparison {
                Comparison::Equals => "=",
                Comparison::Less => "<",
                Comparison::In => "in",
                other => return format!("{} {other:?} ${slot}", name(field)),
            };
            format!("{} {sign} ${slot}", name(field))
        }
        Filter::Related {
            field,
            quantifier,
            filter,
        } => format!("{quantifier:?} {}: {}", name(field), text(filter)),
    }
}

fn check(input: Input, expected: &str) {
    assert_eq!(shown(input).0, expected);
}

#[test]
fn no_condition_holds_for_all() {
    check(Input::Null, "and()");
    check(object([]), "and()");
}

#[test]
fn keys_are_joined_by_and_with_slots_in_order() {
    let (text, values) = shown(object([
        age(FilterOp::Gte, int(1)),
        age(FilterOp::NotIn, list([int(2), int(3)])),
        age(FilterOp::NotContains, int(4)),
    ]));
    assert_eq!(
        text,
        "and(age GreaterOrEqual $0, not(age in $1), not(age Contains $2))"
    );
    let operands = Value::List(vec![Value::Int(2), Value::Int(3)]);
    assert_eq!(values, [Value::Int(1), operands, Value::Int(4)]);
}

#[test]
fn null_asks_for_null_or_for_nothing() {
    for op in [FilterOp::Equals, FilterOp::In] {
        check(object([age(op, Input::Null)]), "age null");
    }
    for op in [FilterOp::Not, FilterOp::NotIn] {
        check(object([age(op, Input::Null)]), "not(age null)");
    }
    let unknown = || object([age(FilterOp::Lt, Input::Null)]);
    check(unknown(), "or()");
    check(object([age(FilterOp::NotStartsWith, Input::Null)]), "or()");
    // Neither it nor its negation is true of any node.
    check(
        object([(InputMeaning::Not, list([unknown()]))]),
        "not(and())",
    );
    let twice = object([(InputMeaning::Not, list([unknown()]))]);
    check(
        object([(InputMeaning::Not, list([twice]))]),
        "not(not(or()))",
    );
    check(
        object([related("posts", Quantifier::Every, unknown())]),
        "Every posts: and()",
    );
    let none = object([related("posts", Quantifier::None, unknown())]);
    check(
        object([(InputMeaning::Not, list([none]))]),
        "not(None posts: or())",
    );
}

#[test]
fn empty_lists_of_values_are_decided() {
    check(object([age(FilterOp::In, list([]))]), "or()");
    check(object([age(FilterOp::NotIn, list([]))]), "not(or())");
}

#[test]
fn combinations() {
    let one = || object([age_is(1)]);
    let two = || object([age_is(2)]);
    let of = |meaning, input| object([(meaning, input)]);
    for meaning in [InputMeaning::And, InputMeaning::Not] {
        check(of(meaning, list([])), "and()");
        check(of(meaning, Input::Null), "and()");
    }
    check(of(InputMeaning::Or, list([])), "or()");
    check(of(InputMeaning::Or, Input::Null), "and()");
    check(
        of(InputMeaning::And, list([one(), two()])),
        "and(age = $0, age = $1)",
    );
    check(
        of(InputMeaning::Or, list([one(), two()])),
        "or(age = $0, age = $1)",
    );
    check(
        of(InputMeaning::Not, list([one(), two()])),
        "and(not(age = $0), not(age = $1))",
    );
    check(of(InputMeaning::Not, one()), "not(age = $0)");
    check(
        object([age_is(3), (InputMeaning::Or, list([one(), two()]))]),
        "and(age = $0, or(age = $1, age = $2))",
    );
}

#[test]
fn elements_without_keys_count_except_beside_others_in_or() {
    let empty = || object([]);
    let one = || object([age_is(1)]);
    let of = |meaning, input| object([(meaning, input)]);
    check(of(InputMeaning::Or, list([empty()])), "and()");
    check(of(InputMeaning::Or, list([empty(), one()])), "age = $0");
    check(
        of(InputMeaning::Or, list([one(), empty(), one()])),
        "or(age = $0, age = $1)",
    );
    let all = of(InputMeaning::And, list([]));
    check(
        of(InputMeaning::Or, list([all, one()])),
        "or(and(), age = $0)",
    );
    check(of(InputMeaning::Not, list([empty()])), "not(and())");
    check(
        of(InputMeaning::Not, list([empty(), one()])),
        "and(not(and()), not(age = $0))",
    );
    check(
        of(InputMeaning::And, list([empty(), one()])),
        "and(and(), age = $0)",
    );
}

#[test]
fn related_nodes() {
    let one = || object([age_is(1)]);
    check(
        object([related("boss", Quantifier::Is, one())]),
        "Some boss: age = $0",
    );
    check(
        object([related("boss", Quantifier::Is, object([]))]),
        "Some boss: and()",
    );
    check(
        object([related("boss", Quantifier::Is, Input::Null)]),
        "not(Some boss: and())",
    );
    check(
        object([related("posts", Quantifier::Some, object([]))]),
        "Some posts: and()",
    );
    check(
        object([related("posts", Quantifier::Every, object([]))]),
        "Every posts: and()",
    );
    check(
        object([related("posts", Quantifier::None, object([]))]),
        "None posts: and()",
    );
}

#[test]
fn lists_of_nodes_are_not_filtered_by_null() {
    for quantifier in [Quantifier::Some, Quantifier::Every, Quantifier::None] {
        let input = object([related("posts", quantifier, Input::Null)]);
        let error = filter(&datamodel(), &input, &mut Values::default()).unwrap_err();
        assert!(
            matches!(&error, ApiError::ToManyFilteredByNull { field } if field == "posts"),
            "{error:?}"
        );
    }
}
