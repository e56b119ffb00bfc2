//! Connections (api.md §3.7).

use prisma_connector::{
    AggregateRead, Connection, ConnectionPart, ConnectionRead, EdgePart, EdgeRead, Format, Page,
    PageInfoRead, ReadPlan,
};

use super::ask::{Arguments, Ask, find};
use super::world::World;

fn part(key: &str, read: ConnectionRead) -> ConnectionPart {
    ConnectionPart {
        key: key.into(),
        read,
    }
}

fn page_info() -> ConnectionPart {
    part(
        "pageInfo",
        ConnectionRead::PageInfo(vec![
            ("next".into(), PageInfoRead::HasNextPage),
            ("previous".into(), PageInfoRead::HasPreviousPage),
            ("start".into(), PageInfoRead::StartCursor),
            ("end".into(), PageInfoRead::EndCursor),
        ]),
    )
}

fn count() -> ConnectionPart {
    let count = vec![("count".into(), AggregateRead::Count)];
    part("aggregate", ConnectionRead::Aggregate(count))
}

fn edges_part(ask: &mut Ask<'_>, model: &str, select: &str) -> ConnectionPart {
    let select = ask.select(ask.world.model(model), select);
    let edge = |key: &str, read| EdgePart {
        key: key.into(),
        read,
    };
    let edge = vec![
        edge("node", EdgeRead::Node(select)),
        edge("cursor", EdgeRead::Cursor),
    ];
    part("edges", ConnectionRead::Edges(edge))
}

fn connection(
    ask: &Ask<'_>,
    model: &str,
    arguments: Arguments,
    parts: Vec<ConnectionPart>,
) -> ReadPlan {
    ReadPlan::Connection(Connection {
        find: find(ask.world.model(model), arguments, Vec::new()),
        parts,
    })
}

/// `{ edges { node { … } cursor } }`
pub(crate) fn edges(
    ask: &mut Ask<'_>,
    model: &str,
    arguments: Arguments,
    select: &str,
) -> ReadPlan {
    let edges = edges_part(ask, model, select);
    connection(ask, model, arguments, vec![edges])
}

fn world() -> World {
    let world = World::new(
        "type Item { id: ID! @id n: Int parts: [Part] } type Part { id: ID! @id of: Item }",
    );
    world.rows(
        "INSERT INTO Item VALUES ('a', 1), ('b', 2), ('c', 3), ('d', 4)
         INSERT INTO Part VALUES ('p', 'b')",
    );
    world
}

#[test]
fn page_info_and_count_by_page() {
    let world = world();
    let mut lines = String::new();
    for (first, last, skip) in [
        (None, None, None),
        (Some(0), None, None),
        (Some(3), None, None),
        (Some(4), None, None),
        (Some(9), None, None),
        (Some(2), None, Some(1)),
        (Some(2), None, Some(4)),
        (None, Some(0), None),
        (None, Some(3), None),
        (None, Some(4), None),
        (None, Some(2), Some(1)),
        (None, None, Some(3)),
    ] {
        let mut ask = Ask::new(&world);
        let page = Page {
            first: first.map(|count| ask.count(count)),
            last: last.map(|count| ask.count(count)),
            skip: skip.map(|count| ask.count(count)),
            ..Page::default()
        };
        let arguments = Arguments {
            page,
            ..Arguments::default()
        };
        let edges = edges_part(&mut ask, "Item", "n");
        let all = connection(
            &ask,
            "Item",
            arguments.clone(),
            vec![page_info(), edges, count()],
        );
        let only_count = connection(&ask, "Item", arguments, vec![count()]);
        lines += &format!(
            "first {first:?} last {last:?} skip {skip:?}\n  {}\n  {}\n",
            ask.json(&all),
            ask.json(&only_count)
        );
    }
    insta::assert_snapshot!(lines.replace("Some(", "").replace(')', ""));
}

#[test]
fn nothing_but_counts_and_literals_reads_no_nodes() {
    let world = world();
    let ask = Ask::new(&world);
    let parts = vec![part("t", ConnectionRead::Literal("\"C\"".into())), count()];
    let plan = connection(&ask, "Item", Arguments::default(), parts);
    let prepared = world.connector.prepare(&plan, Format::Json).unwrap();
    insta::assert_snapshot!(prepared.statements().join("\n"));
    assert_eq!(ask.json(&plan), r#"{"t":"C","aggregate":{"count":4}}"#);
}

#[test]
fn edges_twice_with_other_selections() {
    let world = world();
    let mut ask = Ask::new(&world);
    let first = ask.count(2);
    let arguments = Arguments {
        page: Page {
            first: Some(first),
            ..Page::default()
        },
        ..Arguments::default()
    };
    let mut again = edges_part(&mut ask, "Item", "parts { id }");
    again.key = "again".into();
    let edges = edges_part(&mut ask, "Item", "n");
    let plan = connection(&ask, "Item", arguments, vec![edges, page_info(), again]);
    insta::assert_snapshot!(ask.json(&plan));
}
