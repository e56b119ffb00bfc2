//! Rows 27 to 29: orders.

use crate::api::Api;

const RUNNERS: &str = r"
type Race { id: ID! @id name: String runners: [Runner] }
type Runner { id: ID! @id time: Int name: String race: Race }
";

fn fill(api: &Api) {
    for (id, time, name) in [("d", 3, "x"), ("a", 5, "x"), ("c", 3, "y"), ("b", 3, "x")] {
        api.write(&format!(
            r#"createRunner(data:{{id:"{id}",time:{time},name:"{name}"}}){{id}}"#
        ));
    }
}

suite!(row_27_ids_that_are_made_grow, RUNNERS, |api| {
    let made: Vec<String> = (0..30)
        .map(|_| {
            let node = api.write("createRunner(data:{}){id}");
            node["id"].as_str().unwrap().to_owned()
        })
        .collect();
    api.lists("runners", &made.join(" "));
    assert!(made.iter().all(|id| id.len() == 25 && id.starts_with('c')));
});

suite!(row_27_the_default_order_is_by_id, RUNNERS, |api| {
    fill(api);
    api.lists("runners", "a b c d");
    api.lists("runners(orderBy:id_DESC)", "d c b a");
});

suite!(row_28_ties_are_broken_by_id_upwards, RUNNERS, |api| {
    fill(api);
    api.lists("runners(orderBy:time_ASC)", "b c d a");
    api.lists("runners(orderBy:time_DESC)", "a b c d");
    api.lists("runners(orderBy:time_ASC,last:2)", "d a");
    api.lists("runners(orderBy:time_DESC,last:2)", "c d");
    api.lists("runners(orderBy:name_DESC)", "c a b d");
});

suite!(row_29_orders_by_what_is_not_selected, RUNNERS, |api| {
    fill(api);
    api.reads(
        "runners(orderBy:time_DESC,first:1){name}",
        r#"[{"name":"x"}]"#,
    );
    api.writes(
        r#"createRace(data:{name:"r",runners:{connect:[{id:"a"},{id:"b"},{id:"c"}]}}){name runners(orderBy:time_DESC){id}}"#,
        r#"{"name":"r","runners":[{"id":"a"},{"id":"b"},{"id":"c"}]}"#,
    );
});

fn fill_nulls(api: &Api) {
    fill(api);
    api.write(r#"createRunner(data:{id:"n"}){id}"#);
}

suite!(
    nulls_come_first,
    RUNNERS,
    requires(|can| !can.nulls_last),
    |api| {
        fill_nulls(api);
        api.lists("runners(orderBy:time_ASC)", "n b c d a");
        api.lists("runners(orderBy:time_DESC)", "a b c d n");
        api.lists("runners(orderBy:time_ASC,last:1)", "a");
    }
);

suite!(
    nulls_come_last,
    RUNNERS,
    requires(|can| can.nulls_last),
    |api| {
        fill_nulls(api);
        api.lists("runners(orderBy:time_ASC)", "b c d a n");
        api.lists("runners(orderBy:time_DESC)", "n a b c d");
        api.lists("runners(orderBy:time_ASC,last:1)", "n");
    }
);
