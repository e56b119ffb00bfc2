//! Rows 78, 80 and 81: how failures are answered.

use serde_json::json;

const SHOP: &str = r"
type Shop { id: ID! @id name: String! @unique items: [Item] }
type Item { id: ID! @id code: Int @unique shop: Shop }
";

suite!(row_78_unique_violations_name_the_inner_model, SHOP, |api| {
    api.write(
        r#"createShop(data:{id:"s",name:"s",items:{create:[{code:1},{id:"two",code:2}]}}){id}"#,
    );
    let code = "A unique constraint would be violated on Item. Details: Field name = code";
    let name = "A unique constraint would be violated on Shop. Details: Field name = name";
    let refused = [
        (r#"createItem(data:{code:1}){id}"#, code),
        (r#"updateItem(where:{code:2},data:{code:1}){id}"#, code),
        (
            r#"upsertItem(where:{code:2},create:{},update:{code:1}){id}"#,
            code,
        ),
        (
            r#"upsertItem(where:{code:9},create:{code:1},update:{}){id}"#,
            code,
        ),
        (
            r#"createShop(data:{name:"new",items:{create:[{code:1}]}}){id}"#,
            code,
        ),
        (
            r#"updateShop(where:{id:"s"},data:{items:{create:[{code:1}]}}){id}"#,
            code,
        ),
        (
            r#"updateShop(where:{id:"s"},data:{items:{update:[{where:{code:2},data:{code:1}}]}}){id}"#,
            code,
        ),
        (
            r#"updateShop(where:{id:"s"},data:{items:{upsert:[{where:{code:9},create:{code:1},update:{}}]}}){id}"#,
            code,
        ),
        (
            r#"updateShop(where:{id:"s"},data:{items:{updateMany:[{where:{},data:{code:7}}]}}){id}"#,
            code,
        ),
        (r#"createShop(data:{name:"s"}){id}"#, name),
        (r#"createItem(data:{shop:{create:{name:"s"}}}){id}"#, name),
        (
            r#"updateItem(where:{code:2},data:{shop:{create:{name:"s"}}}){id}"#,
            name,
        ),
    ];
    for (mutation, text) in refused {
        api.refuses_to_write(mutation, 3010, text);
    }
    api.reads(
        "shops{name items{code}}",
        r#"[{"name":"s","items":[{"code":1},{"code":2}]}]"#,
    );
});

suite!(row_80_codes_are_of_execution, SHOP, |api| {
    let answer = api.send(
        r#"mutation($w:ShopWhereUniqueInput={name:"x"}){
        renamed: updateShop(where:$w,data:{name:"y"}){id}
    }"#,
    );
    assert_eq!(answer["data"], json!({ "renamed": null }));
    let error = &answer["errors"][0];
    assert_eq!(error["code"], 3039);
    assert_eq!(error["path"], json!(["renamed"]));
    assert_eq!(error["locations"], json!([{ "line": 2, "column": 9 }]));
    assert_eq!(error["requestId"], "test");
    let answer = api.send("{shops{nam}}");
    assert_eq!(answer["data"], json!(null));
    assert!(answer["errors"][0].get("code").is_none());
    assert!(answer["errors"][0]["locations"].is_array());
    api.invalid(
        "{shops{nam}}",
        "Cannot query field 'nam' on type 'Shop'. Did you mean 'name'?",
    );
    api.invalid(
        "{shops(limit:1){id}}",
        "Unknown argument 'limit' on field 'shops' of type 'Query'.",
    );
});

suite!(
    values_that_do_not_fit_name_their_field_or_none,
    "type User { id: ID! @id name: String @unique born: DateTime }",
    |api| {
        let table = api.table("User");
        let (alter, text) = match table.as_bytes()[0] {
            b'`' => (
                Some("MODIFY name varchar(5)"),
                "Value for field name is too long.",
            ),
            _ if table.contains('.') => (
                Some("ALTER COLUMN name TYPE varchar(5)"),
                "Value for a field is too long.",
            ),
            // SQLite keeps to no length.
            _ => (None, ""),
        };
        // More than an index of PostgreSQL takes; letters that cannot be packed.
        let mut letter = 1_u32;
        let long: String = std::iter::repeat_with(|| {
            letter = letter.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from(b'a' + u8::try_from(letter >> 24).unwrap() % 26)
        })
        .take(100_000)
        .collect();
        let create = format!("createUser(data:{{name:\"{long}\"}}){{name}}");
        if text.contains("a field") {
            api.refuses_to_write(&create, 3007, text);
        } else {
            assert_eq!(api.write(&create)["name"], long);
            api.write("deleteManyUsers{count}");
        }
        // MySQL has four digits for a year.
        let create = r#"createUser(data:{born:"+12000-01-01T00:00:00Z"}){born}"#;
        if table.starts_with('`') {
            api.refuses_to_write(create, 3007, "Value for field born is too long.");
        } else {
            api.writes(create, r#"{"born":"12000-01-01T00:00:00.000Z"}"#);
        }
        api.write("deleteManyUsers{count}");
        let Some(alter) = alter else { return };
        let table = serde_json::to_string(&format!("ALTER TABLE {table} {alter}")).unwrap();
        api.write(&format!("executeRaw(query:{table})"));
        api.write(r#"createUser(data:{id:"u",name:"short"}){id}"#);
        for refused in [
            r#"createUser(data:{name:"longer"}){id}"#,
            r#"updateUser(where:{id:"u"},data:{name:"longer"}){id}"#,
            r#"updateManyUsers(data:{name:"longer"}){count}"#,
            r#"upsertUser(where:{id:"u"},create:{},update:{name:"longer"}){id}"#,
        ] {
            api.refuses_to_write(refused, 3007, text);
        }
        api.reads("users{name}", r#"[{"name":"short"}]"#);
    }
);

suite!(
    row_81_fields_of_a_mutation_run_in_their_order,
    SHOP,
    |api| {
        let answer = api.send(
            r#"mutation{
            a:createShop(data:{id:"a",name:"a"}){items{id}}
            b:updateShop(where:{id:"nobody"},data:{name:"b"}){id}
            c:updateShop(where:{id:"a"},data:{name:"c",items:{create:[{id:"i"}]}}){name items{id}}
            d:createShop(data:{id:"d",name:"c"}){id}
            e:createShop(data:{id:"e",name:"e"}){id}
        }"#,
        );
        assert_eq!(answer["data"], json!(null));
        let errors = answer["errors"].as_array().unwrap();
        let errors: Vec<_> = errors
            .iter()
            .map(|error| (&error["path"][0], &error["code"]))
            .collect();
        assert_eq!(
            errors,
            [(&json!("b"), &json!(3039)), (&json!("d"), &json!(3010))]
        );
        // What ran before the failure stays; what stands behind it does not run.
        api.reads(
            "shops{name items{id}}",
            r#"[{"name":"c","items":[{"id":"i"}]}]"#,
        );
        let answer = api.send(
        r#"mutation{a:deleteShop(where:{id:"a"}){name items{id}}b:createShop(data:{id:"b",name:"c"}){name}c:deleteManyItems{count}}"#,
    );
        assert_eq!(
            answer["data"].to_string(),
            r#"{"a":{"name":"c","items":[{"id":"i"}]},"b":{"name":"c"},"c":{"count":1}}"#
        );
    }
);
