//! Row 79: statements in the database's own language.

use serde_json::json;

const MODEL: &str = "type Row { id: ID! @id n: Int }";

suite!(row_79_rows_are_objects, MODEL, |api| {
    api.writes(
        r#"executeRaw(query:"Select 1 as one, 'x' as text, null as gap")"#,
        r#"[{"one":1,"text":"x","gap":null}]"#,
    );
    api.writes(
        r#"executeRaw(database:default,query:"select 2.5 as n where 1 = 0")"#,
        "[]",
    );
});

suite!(row_79_errors_have_the_code_of_the_database, MODEL, |api| {
    let answer = api.send(r#"mutation{executeRaw(query:"selct 1")}"#);
    assert_eq!(answer["data"], json!(null));
    let error = &answer["errors"][0];
    assert!(error["code"].is_i64(), "{answer}");
    assert!(
        error["message"].as_str().unwrap().contains("selct"),
        "{answer}"
    );
});

suite!(
    row_79_names_and_counts_on_sqlite,
    MODEL,
    requires(|can| can.connector == "sqlite"),
    |api| {
        api.writes(r#"executeRaw(query:"Select 1")"#, r#"[{"1":1}]"#);
        api.write(r#"createRow(data:{id:"a",n:1}){id}"#);
        api.writes(r#"executeRaw(query:"update \"Row\" set \"n\" = 2")"#, "1");
        api.writes(
            r#"executeRaw(query:"select \"id\", \"n\" as m from \"Row\"")"#,
            r#"[{"id":"a","m":2}]"#,
        );
        let answer =
            api.send(r#"mutation{executeRaw(query:"insert into \"Row\" (\"id\") values ('a')")}"#);
        assert_eq!(answer["errors"][0]["code"], 19);
    }
);
