//! Rows 35 to 37: connections.

use crate::api::Api;

const BIRDS: &str = "type Bird { id: ID! @id weight: Int }";

fn fill(api: &Api) {
    for (index, id) in ["a", "b", "c", "d"].iter().enumerate() {
        api.write(&format!(
            r#"createBird(data:{{id:"{id}",weight:{index}}}){{id}}"#
        ));
    }
}

suite!(row_35_what_a_page_knows_of_its_neighbours, BIRDS, |api| {
    fill(api);
    let table = [
        ("", false, false, "a", "d"),
        ("(first:2)", true, false, "a", "b"),
        ("(first:4)", false, false, "a", "d"),
        ("(last:2)", false, true, "c", "d"),
        ("(last:4)", false, false, "a", "d"),
        (r#"(first:2,after:"a")"#, true, false, "b", "c"),
        (r#"(first:2,after:"b")"#, false, false, "c", "d"),
        (r#"(last:1,before:"c")"#, false, true, "b", "b"),
        (r#"(after:"b")"#, false, false, "c", "d"),
        ("(skip:1)", false, false, "b", "d"),
        ("(skip:2,first:1)", true, false, "c", "c"),
    ];
    for (arguments, next, previous, start, end) in table {
        api.reads(
            &format!("birdsConnection{arguments}{{pageInfo{{hasNextPage hasPreviousPage startCursor endCursor}}}}"),
            &format!(r#"{{"pageInfo":{{"hasNextPage":{next},"hasPreviousPage":{previous},"startCursor":"{start}","endCursor":"{end}"}}}}"#),
        );
    }
    for (arguments, next, previous) in [("first:0", true, false), ("last:0", false, true)] {
        api.reads(
            &format!("birdsConnection({arguments}){{edges{{cursor}}pageInfo{{hasNextPage hasPreviousPage startCursor endCursor}}}}"),
            &format!(r#"{{"edges":[],"pageInfo":{{"hasNextPage":{next},"hasPreviousPage":{previous},"startCursor":null,"endCursor":null}}}}"#),
        );
    }
});

suite!(row_36_counts_obey_all_arguments, BIRDS, |api| {
    let count = |arguments: &str, count: usize| {
        api.reads(
            &format!("birdsConnection{arguments}{{aggregate{{count}}}}"),
            &format!(r#"{{"aggregate":{{"count":{count}}}}}"#),
        );
    };
    count("", 0);
    fill(api);
    count("", 4);
    count("(where:{weight_gt:0})", 3);
    count("(first:3)", 3);
    count("(first:5)", 4);
    count("(last:2,skip:3)", 1);
    count(r#"(after:"b")"#, 2);
    count(r#"(before:"b",where:{weight_gt:0})"#, 0);
    count("(skip:9)", 0);
});

suite!(row_37_counts_beside_edges, BIRDS, |api| {
    fill(api);
    api.reads(
        r#"birdsConnection(first:2,after:"a",orderBy:weight_ASC){aggregate{count}edges{cursor node{id weight}}pageInfo{hasNextPage}}"#,
        r#"{"aggregate":{"count":2},"edges":[{"cursor":"b","node":{"id":"b","weight":1}},{"cursor":"c","node":{"id":"c","weight":2}}],"pageInfo":{"hasNextPage":true}}"#,
    );
    api.reads(
        "birdsConnection(where:{weight_gt:8}){edges{node{id}}aggregate{count}}",
        r#"{"edges":[],"aggregate":{"count":0}}"#,
    );
    // The path of an error leads to what was asked for.
    let answer = api.send("{birdsConnection(first:-1){aggregate{count}}}");
    assert_eq!(
        answer["errors"][0]["path"],
        serde_json::json!(["birdsConnection", "aggregate", "count"])
    );
});
