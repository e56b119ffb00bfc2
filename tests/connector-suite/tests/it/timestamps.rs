//! Rows 51 and 52: timestamps that the server keeps.

use std::{thread, time::Duration};

use serde_json::Value;

use crate::api::Api;

const LOGS: &str = r"
type Log {
    id: ID! @id
    text: String
    made: DateTime! @createdAt
    changed: DateTime! @updatedAt
    entries: [Entry]
}
type Entry { id: ID! @id text: String made: DateTime @createdAt changed: DateTime @updatedAt log: Log }
";

/// Longer than the clock of timestamps ticks.
pub(crate) fn pause() {
    thread::sleep(Duration::from_millis(3));
}

fn times(api: &Api) -> (Value, Value) {
    (
        api.read(r#"log(where:{id:"l"}){made changed}"#),
        api.read(r#"entry(where:{id:"e"}){made changed}"#),
    )
}

/// Whether a mutation moves `changed` of the log and of the entry. Nothing ever moves `made`.
#[track_caller]
fn moves(api: &Api, mutation: &str, log: bool, entry: bool) {
    let before = times(api);
    pause();
    api.write(mutation);
    let after = times(api);
    let moved = (
        before.0["changed"] != after.0["changed"],
        before.1["changed"] != after.1["changed"],
    );
    assert_eq!(moved, (log, entry), "{mutation}");
    assert_eq!(before.0["made"], after.0["made"], "{mutation}");
    assert_eq!(before.1["made"], after.1["made"], "{mutation}");
}

fn fill(api: &Api) {
    api.write(r#"createLog(data:{id:"l",text:"t",entries:{create:[{id:"e"}]}}){id}"#);
    for (_, node) in [times(api)]
        .into_iter()
        .flat_map(|(log, entry)| [("log", log), ("entry", entry)])
    {
        assert!(node["made"].is_string());
        assert_eq!(node["made"], node["changed"]);
    }
}

suite!(row_51_changes_move_the_timestamp, LOGS, |api| {
    fill(api);
    moves(
        api,
        r#"updateLog(where:{id:"l"},data:{text:"u"}){id}"#,
        true,
        false,
    );
    moves(
        api,
        r#"updateLog(where:{id:"l"},data:{text:"u"}){id}"#,
        true,
        false,
    );
    moves(
        api,
        r#"updateLog(where:{id:"l"},data:{text:null}){id}"#,
        true,
        false,
    );
    moves(
        api,
        r#"upsertLog(where:{id:"l"},create:{},update:{text:"v"}){id}"#,
        true,
        false,
    );
    moves(
        api,
        r#"updateManyLogs(data:{text:"w"}){count}"#,
        true,
        false,
    );
    moves(
        api,
        r#"updateManyEntries(where:{log:{id:"l"}},data:{text:"w"}){count}"#,
        false,
        true,
    );
    moves(
        api,
        r#"updateLog(where:{id:"l"},data:{}){id}"#,
        false,
        false,
    );
    moves(api, r#"updateManyLogs(data:{}){count}"#, false, false);
    moves(
        api,
        r#"upsertLog(where:{id:"l"},create:{},update:{}){id}"#,
        false,
        false,
    );
});

suite!(row_52_nested_changes_stay_with_the_child, LOGS, |api| {
    fill(api);
    let nested = |operation: &str| {
        format!(r#"updateLog(where:{{id:"l"}},data:{{entries:{{{operation}}}}}){{id}}"#)
    };
    moves(
        api,
        &nested(r#"update:[{where:{id:"e"},data:{text:"x"}}]"#),
        false,
        true,
    );
    moves(
        api,
        &nested(r#"updateMany:[{where:{},data:{text:"y"}}]"#),
        false,
        true,
    );
    moves(
        api,
        &nested(r#"upsert:[{where:{id:"e"},create:{},update:{text:"z"}}]"#),
        false,
        true,
    );
    moves(api, &nested(r#"create:[{text:"new"}]"#), false, false);
    moves(api, &nested(r#"disconnect:[{id:"e"}]"#), false, false);
    moves(api, &nested(r#"connect:[{id:"e"}]"#), false, false);
    moves(api, &nested("set:[]"), false, false);
    moves(
        api,
        r#"updateEntry(where:{id:"e"},data:{log:{connect:{id:"l"}}}){id}"#,
        false,
        false,
    );
});
