//! Rows 45 to 47: ids.

const TREE: &str = r"
type Tree { id: ID! @id name: String @unique leaves: [Leaf] }
type Leaf { myId: ID! @id name: String tree: Tree }
";

suite!(row_45_ids_that_the_caller_brings, TREE, |api| {
    api.writes(
        r#"createTree(data:{id:"t",leaves:{create:[{myId:"l"}]}}){id leaves{myId}}"#,
        r#"{"id":"t","leaves":[{"myId":"l"}]}"#,
    );
    api.writes(
        r#"upsertTree(where:{name:"oak"},create:{id:"u",name:"oak"},update:{}){id}"#,
        r#"{"id":"u"}"#,
    );
    api.writes(
        r#"updateTree(where:{id:"u"},data:{leaves:{upsert:[{where:{myId:"m"},create:{myId:"m"},update:{}}]}}){leaves{myId}}"#,
        r#"{"leaves":[{"myId":"m"}]}"#,
    );
    api.refuses_to_write(
        r#"createTree(data:{id:"t"}){id}"#,
        3010,
        "A unique constraint would be violated on Tree. Details: Field name = id",
    );
    api.refuses_to_write(
        r#"createTree(data:{id:"v",leaves:{create:[{myId:"l"}]}}){id}"#,
        3010,
        "A unique constraint would be violated on Leaf. Details: Field name = myId",
    );
    let long = "x".repeat(26);
    api.refuses_to_write(
        &format!(r#"createTree(data:{{id:"{long}"}}){{id}}"#),
        3007,
        "Value for field id is too long.",
    );
    api.refuses_to_write(
        &format!(r#"createTree(data:{{leaves:{{create:[{{myId:"{long}"}}]}}}}){{id}}"#),
        3007,
        "Value for field myId is too long.",
    );
    let fits = &long[..25];
    api.writes(
        &format!(r#"createTree(data:{{id:"{fits}"}}){{id}}"#),
        &format!(r#"{{"id":"{fits}"}}"#),
    );
    api.lists("trees", &format!("t u {fits}"));
});

suite!(row_46_an_id_by_another_name, TREE, |api| {
    api.writes(
        r#"createLeaf(data:{myId:"l",name:"n",tree:{create:{id:"t"}}}){myId tree{id}}"#,
        r#"{"myId":"l","tree":{"id":"t"}}"#,
    );
    api.reads(r#"leaf(where:{myId:"l"}){name}"#, r#"{"name":"n"}"#);
    api.reads(
        r#"leaves(after:"a",orderBy:myId_DESC,where:{myId_in:["l"]}){myId}"#,
        "[]",
    );
    api.reads(r#"leaves(before:"z",where:{myId_gt:"a"}){myId}"#, "[]");
    api.reads(r#"leaves(where:{myId_gt:"a"}){myId}"#, r#"[{"myId":"l"}]"#);
    api.reads(
        "leavesConnection{edges{cursor}}",
        r#"{"edges":[{"cursor":"l"}]}"#,
    );
    assert!(
        api.read(r#"__type(name:"Leaf"){interfaces{name}}"#)["interfaces"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    api.writes(r#"deleteLeaf(where:{myId:"l"}){myId}"#, r#"{"myId":"l"}"#);
});

suite!(
    row_47_numbers_as_ids,
    r#"
    type Auto { id: Int! @id tags: [String] @scalarList(strategy: RELATION) others: [Other] }
    type Other { id: Int! @id name: String auto: Auto }
    type Seq {
        id: Int! @id(strategy: SEQUENCE) @sequence(name: "seq_of_seq", initialValue: 100, allocationSize: 5)
        name: String
    }
    "#,
    |api| {
        for id in 100..103 {
            api.writes("createSeq(data:{}){id}", &format!(r#"{{"id":{id}}}"#));
        }
        api.writes(
            r#"createAuto(data:{tags:{set:["x","y"]},others:{create:[{name:"o"},{name:"p"}]}}){id tags others{id name}}"#,
            r#"{"id":1,"tags":["x","y"],"others":[{"id":1,"name":"o"},{"id":2,"name":"p"}]}"#,
        );
        api.writes(
            r#"updateAuto(where:{id:1},data:{tags:{set:["z"]},others:{disconnect:[{id:1}]}}){tags others{id}}"#,
            r#"{"tags":["z"],"others":[{"id":2}]}"#,
        );
        api.lists("others(where:{id_gt:1,auto:{id:1}})", "2");
        api.lists(r#"others(after:"1")"#, "2");
        api.lists(r#"others(after:"no number")"#, "");
        api.refuses_to_write(
            r#"updateAuto(where:{id:7},data:{tags:{set:[]}}){id}"#,
            3039,
            "No Node for the model Auto with value 7 for id found.",
        );
    }
);
