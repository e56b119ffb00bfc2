//! Orders and pages (api.md §3.5, §3.6).

use prisma_connector::{Comparison, Page, Value};
use proptest::prelude::*;

use super::ask::{Arguments, Ask};
use super::world::World;

const DATAMODEL: &str =
    "type Item { id: ID! @id n: Int of: Owner } type Owner { id: ID! @id items: [Item] }";

/// Items `a`, `b` … with these numbers.
fn world(numbers: &[Option<i64>]) -> World {
    let world = World::new(DATAMODEL);
    world.rows("INSERT INTO Owner VALUES ('o1'), ('o2')");
    for (index, number) in numbers.iter().enumerate() {
        let number = number.map_or("NULL".to_owned(), |number| number.to_string());
        let owner = index % 2 + 1;
        world.rows(&format!(
            "INSERT INTO Item VALUES ('{}', {number}, 'o{owner}')",
            id(index)
        ));
    }
    world
}

fn id(index: usize) -> char {
    char::from(b'a' + u8::try_from(index).unwrap())
}

/// An order and a page, by names and values.
#[derive(Clone, Debug, Default)]
struct Want {
    order: Option<(&'static str, bool)>,
    first: Option<i64>,
    last: Option<i64>,
    skip: Option<i64>,
    after: Option<String>,
    before: Option<String>,
}

impl Want {
    fn arguments(&self, ask: &mut Ask<'_>) -> Arguments {
        Arguments {
            order: self
                .order
                .and_then(|(field, descending)| ask.order(field, descending)),
            page: Page {
                first: self.first.map(|count| ask.count(count)),
                last: self.last.map(|count| ask.count(count)),
                skip: self.skip.map(|count| ask.count(count)),
                after: self.after.as_deref().map(|id| ask.text(id)),
                before: self.before.as_deref().map(|id| ask.text(id)),
            },
            ..Arguments::default()
        }
    }

    fn ids(&self, world: &World) -> String {
        let mut ask = Ask::new(world);
        let arguments = self.arguments(&mut ask);
        ask.ids("Item", arguments).concat()
    }
}

#[test]
fn ties_are_broken_by_id_ascending() {
    let world = world(&[Some(2), Some(1), None, Some(2), Some(1), None]);
    for (order, expected) in [
        (None, "abcdef"),
        (Some(("Item.id", false)), "abcdef"),
        (Some(("Item.id", true)), "fedcba"),
        (Some(("Item.n", false)), "cfbead"),
        (Some(("Item.n", true)), "adbecf"),
    ] {
        let want = Want {
            order,
            ..Want::default()
        };
        assert_eq!(want.ids(&world), expected, "{order:?}");
        let last = Want {
            last: Some(100),
            ..want
        };
        assert_eq!(last.ids(&world), expected, "the last of {order:?}");
    }
}

#[test]
fn windows_skips_and_limits() {
    let world = world(&[Some(1), Some(2), Some(3), Some(4), Some(5)]);
    let text = |id: &str| Some(id.to_owned());
    let any = Want::default;
    for (want, expected) in [
        (
            Want {
                first: Some(2),
                ..any()
            },
            "ab",
        ),
        (
            Want {
                first: Some(0),
                ..any()
            },
            "",
        ),
        (
            Want {
                last: Some(2),
                ..any()
            },
            "de",
        ),
        (
            Want {
                last: Some(0),
                ..any()
            },
            "",
        ),
        (
            Want {
                skip: Some(2),
                ..any()
            },
            "cde",
        ),
        (
            Want {
                skip: Some(9),
                ..any()
            },
            "",
        ),
        (
            Want {
                first: Some(2),
                skip: Some(1),
                ..any()
            },
            "bc",
        ),
        (
            Want {
                last: Some(2),
                skip: Some(1),
                ..any()
            },
            "cd",
        ),
        (
            Want {
                last: Some(9),
                skip: Some(1),
                ..any()
            },
            "abcd",
        ),
        (
            Want {
                first: Some(i64::from(i32::MAX)),
                ..any()
            },
            "abcde",
        ),
        (
            Want {
                after: text("b"),
                ..any()
            },
            "cde",
        ),
        (
            Want {
                before: text("d"),
                ..any()
            },
            "abc",
        ),
        (
            Want {
                after: text("a"),
                before: text("e"),
                ..any()
            },
            "bcd",
        ),
        (
            Want {
                after: text("a"),
                first: Some(2),
                skip: Some(1),
                ..any()
            },
            "cd",
        ),
        (
            Want {
                before: text("e"),
                last: Some(2),
                ..any()
            },
            "cd",
        ),
        (
            Want {
                after: text("d"),
                before: text("b"),
                ..any()
            },
            "",
        ),
        (
            Want {
                after: text("x"),
                ..any()
            },
            "",
        ),
        (
            Want {
                before: text(""),
                ..any()
            },
            "",
        ),
    ] {
        assert_eq!(want.ids(&world), expected, "{want:?}");
        let descending = Want {
            order: Some(("Item.n", true)),
            after: want.before.clone(),
            before: want.after.clone(),
            ..any()
        };
        if want.first.is_none() && want.last.is_none() && want.skip.is_none() {
            let reversed: String = expected.chars().rev().collect();
            assert_eq!(descending.ids(&world), reversed, "{descending:?}");
        }
    }
}

#[test]
fn cursors_stand_where_their_rows_do() {
    let world = world(&[Some(3), Some(1), None, Some(2)]);
    let mut ask = Ask::new(&world);
    let filter = ask.is("Item.n", Comparison::Less, Value::Int(3));
    let after = ask.text("a");
    let arguments = Arguments {
        filter,
        order: ask.order("Item.n", true),
        page: Page {
            after: Some(after),
            ..Page::default()
        },
    };
    assert_eq!(
        ask.ids("Item", arguments),
        ["d", "b"],
        "a cursor outside of the filter"
    );
    for order in [("Item.n", true), ("Item.n", false)] {
        for (after, before) in [(Some("c"), None), (None, Some("c")), (Some("?"), None)] {
            let want = Want {
                order: Some(order),
                after: after.map(str::to_owned),
                before: before.map(str::to_owned),
                ..Want::default()
            };
            assert_eq!(want.ids(&world), "", "{want:?}");
        }
    }
    // What is no id of the type arrives as null.
    let mut ask = Ask::new(&world);
    let after = ask.slot(Value::Null);
    let arguments = Arguments {
        page: Page {
            after: Some(after),
            ..Page::default()
        },
        ..Arguments::default()
    };
    assert!(ask.ids("Item", arguments).is_empty());
}

#[test]
fn pages_of_nested_lists_are_per_parent() {
    let world = world(&[Some(3), Some(1), Some(2), Some(2), Some(1), Some(3)]);
    for (name, want) in [
        (
            "first",
            Want {
                first: Some(2),
                ..Want::default()
            },
        ),
        (
            "last",
            Want {
                last: Some(2),
                skip: Some(1),
                ..Want::default()
            },
        ),
        (
            "last",
            Want {
                last: Some(2),
                order: Some(("Item.n", true)),
                ..Want::default()
            },
        ),
        (
            "after",
            Want {
                after: Some("b".into()),
                ..Want::default()
            },
        ),
    ] {
        let mut ask = Ask::new(&world);
        let arguments = want.arguments(&mut ask);
        ask.lists.push((name, arguments));
        let select = format!("id {name}:items {{ id n }}");
        let plan = ask.many("Owner", Arguments::default(), &select);
        insta::assert_snapshot!(format!("{want:?}\n{}", ask.json(&plan)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Pages in either direction concatenate to the whole, however many equal keys there are.
    #[test]
    fn pages_concatenate_to_the_whole(
        numbers in prop::collection::vec(0_i64..4, 0..12),
        size in 1_i64..5,
        descending: bool,
        by_number: bool,
    ) {
        let numbers: Vec<_> = numbers.into_iter().map(Some).collect();
        let world = world(&numbers);
        let order = Some((if by_number { "Item.n" } else { "Item.id" }, descending));
        let whole = Want { order, ..Want::default() }.ids(&world);

        let mut forward = String::new();
        loop {
            let after = forward.chars().next_back().map(String::from);
            let page = Want { order, first: Some(size), after, ..Want::default() }.ids(&world);
            if page.is_empty() { break; }
            forward += &page;
        }
        prop_assert_eq!(&forward, &whole);

        let mut backward = String::new();
        loop {
            let before = backward.chars().next().map(String::from);
            let page = Want { order, last: Some(size), before, ..Want::default() }.ids(&world);
            if page.is_empty() { break; }
            backward = page + &backward;
        }
        prop_assert_eq!(&backward, &whole);

        let mut skipped = String::new();
        for index in 0.. {
            let page = Want { order, first: Some(size), skip: Some(index * size), ..Want::default() }.ids(&world);
            if page.is_empty() { break; }
            skipped += &page;
        }
        prop_assert_eq!(&skipped, &whole);
    }

    /// A page is what its definition says, computed in memory.
    #[test]
    fn a_page_is_a_part_of_the_whole(
        numbers in prop::collection::vec(prop::option::weighted(0.8, 0_i64..4), 1..10),
        take in prop::option::of(0_i64..6),
        from_end: bool,
        skip in prop::option::of(0_i64..4),
        after in prop::option::of(0_usize..10),
        before in prop::option::of(0_usize..10),
        descending: bool,
    ) {
        let world = world(&numbers);
        let order = Some(("Item.n", descending));
        let whole = Want { order, ..Want::default() }.ids(&world);
        let want = Want {
            order,
            first: take.filter(|_| !from_end),
            last: take.filter(|_| from_end),
            skip,
            after: after.map(|index| id(index).to_string()),
            before: before.map(|index| id(index).to_string()),
        };
        let number = |item: char| numbers.get(item as usize - usize::from(b'a')).copied().flatten();
        let mut expected: Vec<char> = whole.chars().collect();
        for (cursor, behind) in [(after, true), (before, false)] {
            let Some(cursor) = cursor.map(id) else { continue };
            let position = whole.find(cursor).filter(|_| number(cursor).is_some());
            // Rows without a number compare with nothing.
            expected.retain(|&item| position.is_some_and(|position| {
                let at = whole.find(item).unwrap_or_default();
                number(item).is_some() && if behind { at > position } else { at < position }
            }));
        }
        let skip = usize::try_from(skip.unwrap_or(0)).unwrap();
        let take = take.map_or(usize::MAX, |take| usize::try_from(take).unwrap());
        let expected: String = if from_end && want.last.is_some() {
            let taken: Vec<char> = expected.into_iter().rev().skip(skip).take(take).collect();
            taken.into_iter().rev().collect()
        } else {
            expected.into_iter().skip(skip).take(take).collect()
        };
        prop_assert_eq!(want.ids(&world), expected);
    }
}
