//! Conditions on scalars, with nulls (api.md §3.2, §3.3).

use prisma_connector::{Comparison, Filter, Value};

use super::ask::{Arguments, Ask};
use super::world::World;

const DATAMODEL: &str = r#"
    type Item {
        id: ID! @id
        text: String
        number: Int
        amount: Float
        yes: Boolean
        at: DateTime
        uuid: UUID
        colour: Colour
    }
    enum Colour { RED GREEN }
"#;

/// `a` < `b` in every column; `n` has nulls.
fn world() -> World {
    let world = World::new(DATAMODEL);
    world.rows(
        "INSERT INTO Item VALUES ('a', 'Abc', 1, 0.5, 0, -5, '00000000-0000-0000-0000-000000000001', 'GREEN')
         INSERT INTO Item VALUES ('b', 'abc%', 2, 1.5, 1, 5, '00000000-0000-0000-0000-000000000002', 'RED')
         INSERT INTO Item (id) VALUES ('n')",
    );
    world
}

fn found(world: &World, filter: impl FnOnce(&mut Ask<'_>) -> Filter) -> String {
    let mut ask = Ask::new(world);
    let filter = filter(&mut ask);
    let arguments = Arguments {
        filter,
        ..Arguments::default()
    };
    ask.ids("Item", arguments).concat()
}

fn not(filter: Filter) -> Filter {
    Filter::Not(Box::new(filter))
}

#[test]
fn every_comparison_of_every_type_and_its_opposite() {
    let world = world();
    let uuid = |last: u8| {
        let mut bytes = [0; 16];
        bytes[15] = last;
        Value::Uuid(bytes)
    };
    let text = |text: &str| Value::Text(text.to_owned());
    let fields = [
        ("text", text("Abc"), text("abc%")),
        ("number", Value::Int(1), Value::Int(2)),
        ("amount", Value::Float(0.5), Value::Float(1.5)),
        ("yes", Value::Bool(false), Value::Bool(true)),
        ("at", Value::DateTime(-5), Value::DateTime(5)),
        ("uuid", uuid(1), uuid(2)),
        (
            "colour",
            Value::Enum("GREEN".into()),
            Value::Enum("RED".into()),
        ),
    ];
    use Comparison::{Equals, Greater, GreaterOrEqual, In, Less, LessOrEqual};
    for (field, a, b) in fields {
        let field = format!("Item.{field}");
        for (comparison, value, expected, opposite) in [
            (Equals, a.clone(), "a", "b"),
            (Less, b.clone(), "a", "b"),
            (LessOrEqual, a.clone(), "a", "b"),
            (Greater, a.clone(), "b", "a"),
            (GreaterOrEqual, b.clone(), "b", "a"),
            (In, Value::List(vec![b.clone()]), "b", "a"),
            (
                In,
                Value::List(vec![a.clone(), b.clone(), a.clone()]),
                "ab",
                "",
            ),
        ] {
            let what = format!("{field} {comparison:?} {value:?}");
            let plain = found(&world, |ask| ask.is(&field, comparison, value.clone()));
            assert_eq!(plain, expected, "{what}");
            let negated = found(&world, |ask| not(ask.is(&field, comparison, value)));
            assert_eq!(negated, opposite, "not {what}");
        }
        let field = world.field(&field);
        assert_eq!(found(&world, |_| Filter::Null(field)), "n");
        assert_eq!(found(&world, |_| not(Filter::Null(field))), "ab");
    }
}

#[test]
fn searches_take_every_character_for_itself() {
    let world = World::new("type Item { id: ID! @id text: String }");
    world.rows(
        r"INSERT INTO Item VALUES ('1', '50%_off'), ('2', '50 off'), ('3', 'a!b\c'), ('4', ''), ('5', NULL), ('6', 'ÄX')",
    );
    use Comparison::{Contains, EndsWith, StartsWith};
    for (comparison, text, expected, opposite) in [
        (Contains, "%", "1", "2346"),
        (Contains, "_", "1", "2346"),
        (Contains, "%_", "1", "2346"),
        (Contains, "0_o", "", "12346"),
        (Contains, "!b\\", "3", "1246"),
        (Contains, "", "12346", ""),
        (Contains, "OFF", "12", "346"),
        (Contains, "ä", "", "12346"),
        (Contains, "Äx", "6", "1234"),
        (StartsWith, "50", "12", "346"),
        (StartsWith, "50%", "1", "2346"),
        (EndsWith, "_off", "1", "2346"),
        (EndsWith, "\\c", "3", "1246"),
        (EndsWith, "b!c", "", "12346"),
    ] {
        let value = Value::Text(text.to_owned());
        let plain = found(&world, |ask| ask.is("Item.text", comparison, value.clone()));
        assert_eq!(plain, expected, "{comparison:?} {text}");
        let negated = found(&world, |ask| not(ask.is("Item.text", comparison, value)));
        assert_eq!(negated, opposite, "not {comparison:?} {text}");
    }
}

#[test]
fn all_any_and_none() {
    let world = world();
    let number =
        |ask: &mut Ask<'_>, value| ask.is("Item.number", Comparison::Equals, Value::Int(value));
    assert_eq!(found(&world, |_| Filter::TRUE), "abn");
    assert_eq!(found(&world, |_| Filter::FALSE), "");
    assert_eq!(found(&world, |_| not(Filter::TRUE)), "");
    assert_eq!(found(&world, |_| not(Filter::FALSE)), "abn");
    let either = |ask: &mut Ask<'_>| Filter::Or(vec![number(ask, 1), number(ask, 2)]);
    assert_eq!(found(&world, either), "ab");
    assert_eq!(found(&world, |ask| not(either(ask))), "");
    let both =
        |ask: &mut Ask<'_>| Filter::And(vec![number(ask, 1), Filter::Or(vec![Filter::TRUE])]);
    assert_eq!(found(&world, both), "a");
    assert_eq!(found(&world, |ask| not(both(ask))), "b");
    let with_null = |ask: &mut Ask<'_>| {
        Filter::Or(vec![
            number(ask, 1),
            Filter::Null(world.field("Item.number")),
        ])
    };
    assert_eq!(found(&world, with_null), "an");
}

#[test]
fn long_chains_and_long_lists() {
    let world = world();
    let chain = |ask: &mut Ask<'_>| {
        let numbers = (-5_000..=1)
            .map(|number| ask.is("Item.number", Comparison::Equals, Value::Int(number)));
        Filter::Or(numbers.collect())
    };
    assert_eq!(found(&world, chain), "a");
    assert_eq!(found(&world, |ask| not(chain(ask))), "b");
    let mut ids: Vec<Value> = (0..100_000)
        .map(|id| Value::Text(format!("id{id}")))
        .collect();
    ids.push(Value::Text("b".into()));
    let listed = found(&world, |ask| {
        ask.is("Item.id", Comparison::In, Value::List(ids))
    });
    assert_eq!(listed, "b");
}

#[test]
fn values_with_quotes_and_controls() {
    let world = World::new("type Item { id: ID! @id text: String }");
    for (id, text) in [
        ("1", "'; DROP TABLE Item; --"),
        ("2", "\"\\\n\u{1}\u{1F388}\u{2028}"),
    ] {
        let quoted = text.replace('\'', "''");
        world
            .raw(&format!("INSERT INTO Item VALUES ('{id}', '{quoted}')"))
            .unwrap();
        let value = || Value::Text(text.to_owned());
        let equal = found(&world, |ask| {
            ask.is("Item.text", Comparison::Equals, value())
        });
        assert_eq!(equal, id);
        let listed = Value::List(vec![value()]);
        assert_eq!(
            found(&world, |ask| ask.is("Item.text", Comparison::In, listed)),
            id
        );
        assert_eq!(
            found(&world, |ask| ask.is(
                "Item.text",
                Comparison::Contains,
                value()
            )),
            id
        );
    }
}

#[test]
fn floats_in_lists_are_exact() {
    let world = World::new("type Item { id: ID! @id amount: Float }");
    for amount in [
        0.1 + 0.2,
        1.0 / 3.0,
        123_456.789_012_345_67,
        5e-20,
        9.007_199_254_740_993e15,
    ] {
        world.raw("DELETE FROM Item").unwrap();
        world
            .raw(&format!("INSERT INTO Item VALUES ('f', {amount:?})"))
            .unwrap();
        for (comparison, value) in [
            (Comparison::Equals, Value::Float(amount)),
            (Comparison::In, Value::List(vec![Value::Float(amount)])),
        ] {
            let found = found(&world, |ask| ask.is("Item.amount", comparison, value));
            assert_eq!(found, "f", "{comparison:?} {amount}");
        }
    }
}
