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
