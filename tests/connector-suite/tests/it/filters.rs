//! Rows 17 to 26: filters.

use crate::api::Api;

const THINGS: &str = r"
enum Colour { RED GREEN BLUE }
type Thing {
    id: ID! @id
    text: String
    count: Int
    size: Float
    is: Boolean
    at: DateTime
    colour: Colour
}
";

/// Of every kind: a has all values, b has others, c has none.
fn fill(api: &Api) {
    api.write(r#"a:createThing(data:{id:"a",text:"one two",count:1,size:1.5,is:true,at:"2020-01-01T00:00:00Z",colour:RED}){id}"#);
    api.write(r#"b:createThing(data:{id:"b",text:"Zwei",count:2,size:2,is:false,at:"2021-06-01T12:00:00.250Z",colour:GREEN}){id}"#);
    api.write(r#"c:createThing(data:{id:"c"}){id}"#);
}

/// Filters of a list and what they find.
#[track_caller]
fn find(api: &Api, list: &str, table: &[(&str, &str)]) {
    for (filter, ids) in table {
        api.lists(&format!("{list}(where:{{{filter}}})"), ids);
    }
}

suite!(row_17_null_asks_for_null, THINGS, |api| {
    fill(api);
    for field in ["text", "count", "size", "is", "at", "colour"] {
        find(
            api,
            "things",
            &[
                (&format!("{field}:null"), "c"),
                (&format!("{field}_not:null"), "a b"),
            ],
        );
    }
    for field in ["text", "count", "size", "at", "colour"] {
        find(
            api,
            "things",
            &[
                (&format!("{field}_in:null"), "c"),
                (&format!("{field}_not_in:null"), "a b"),
            ],
        );
    }
    // What has no value is neither equal nor unequal to one.
    find(
        api,
        "things",
        &[
            ("count_not:1", "b"),
            ("count_not_in:[1]", "b"),
            ("NOT:{count:1}", "b"),
            (r#"text_not_contains:"one""#, "b"),
            ("count_lt:null", ""),
            ("count_gte:null", ""),
            ("text_contains:null", ""),
            ("text_not_starts_with:null", ""),
        ],
    );
});

suite!(
    row_18_empty_lists_match_nothing_and_everything,
    THINGS,
    |api| {
        fill(api);
        find(
            api,
            "things",
            &[
                ("count_in:[]", ""),
                ("count_not_in:[]", "a b c"),
                ("text_in:[]", ""),
                ("NOT:{colour_in:[]}", "a b c"),
                ("id_not_in:[]", "a b c"),
                ("count_in:2", "b"),
            ],
        );
    }
);

suite!(row_19_the_neutral_elements_of_logic, THINGS, |api| {
    fill(api);
    find(
        api,
        "things",
        &[
            ("AND:[]", "a b c"),
            ("OR:[]", ""),
            ("NOT:[]", "a b c"),
            ("", "a b c"),
            ("OR:[{}]", "a b c"),
            ("NOT:[{}]", ""),
            ("AND:[{},{count:1}]", "a"),
            ("OR:[{},{count:1}]", "a"),
            ("OR:[{AND:[]},{count:1}]", "a b c"),
            ("NOT:[{count:1},{colour:GREEN}]", ""),
            ("NOT:[{count:1},{count:7}]", "b"),
            ("NOT:{count:1}", "b"),
            ("AND:{count:1}", "a"),
            ("count_gt:0,OR:[{is:true},{count:7}]", "a"),
        ],
    );
});

const FAMILY: &str = r#"
type Parent { id: ID! @id name: String! children: [Child] @relation(name: "Children") favourite: Child @relation(name: "Favourite", link: INLINE) }
type Child { id: ID! @id age: Int parent: Parent @relation(name: "Children") favouriteOf: Parent @relation(name: "Favourite") toys: [Toy] }
type Toy { id: ID! @id name: String! owner: Child! }
"#;

/// p has c1 (with t1 and t2) and c2, q has c3 (t3), r has nobody; c4 is an orphan; c2 is p's favourite.
fn fill_family(api: &Api) {
    api.write(
        r#"p:createParent(data:{id:"p",name:"P",children:{create:[{id:"c1",age:3,toys:{create:[{id:"t1",name:"ball"},{id:"t2",name:"kite"}]}},{id:"c2",age:7}]},favourite:{create:{id:"c5",age:1}}}){id}"#,
    );
    api.write(r#"q:createParent(data:{id:"q",name:"Q",children:{create:[{id:"c3",age:7,toys:{create:[{id:"t3",name:"ball"}]}}]}}){id}"#);
    api.write(r#"r:createParent(data:{id:"r",name:"R"}){id}"#);
    api.write(r#"o:createChild(data:{id:"c4"}){id}"#);
}

suite!(row_20_logic_nests_around_relations, FAMILY, |api| {
    fill_family(api);
    find(
        api,
        "parents",
        &[
            (
                r#"OR:[{children_some:{AND:[{age_gt:5},{NOT:[{toys_some:{name:"ball"}}]}]}},{name:"R"}]"#,
                "p r",
            ),
            (
                r#"NOT:[{OR:[{children_some:{toys_some:{name:"kite"}}},{name:"Q"}]}]"#,
                "r",
            ),
            // One child with both is not two children with one each.
            (
                r#"AND:[{children_some:{age:3}},{children_some:{age:7}}]"#,
                "p",
            ),
            (r#"children_some:{AND:[{age:3},{age:7}]}"#, ""),
        ],
    );
    find(
        api,
        "toys",
        &[(
            r#"owner:{OR:[{parent:{NOT:{name:"P"}}},{AND:[{age:3},{parent:{children_none:{age_gt:7}}}]}]},name_not:"kite""#,
            "t1 t3",
        )],
    );
});

suite!(row_20_related_nodes_by_their_ids, FAMILY, |api| {
    fill_family(api);
    find(
        api,
        "parents",
        &[
            (r#"favourite:{id:"c5"}"#, "p"),
            (r#"favourite:{id_not:"c5"}"#, ""),
            (r#"favourite:{id_not:"c1"}"#, "p"),
            (r#"favourite:{id_starts_with:"c",id_in:["c1","c5"]}"#, "p"),
            (r#"NOT:{favourite:{id:"c5"}}"#, "q r"),
            (r#"OR:[{favourite:{id:"c1"}},{name:"R"}]"#, "r"),
            // Who has no favourite has none that these would let through.
            ("favourite:{id_not_in:[]}", "p"),
            ("favourite:{NOT:[{OR:[]}]}", "p"),
            ("NOT:{favourite:{id_not_in:[]}}", "q r"),
            ("favourite:{OR:[]}", ""),
            (r#"children_some:{id:"c1"}"#, "p"),
            (r#"children_none:{id:"c1"}"#, "q r"),
            (r#"children_every:{id:"c3"}"#, "q r"),
            (r#"children_every:{id_not:"c3"}"#, "p r"),
            (r#"children_some:{toys_some:{id:"t3"}}"#, "q"),
        ],
    );
    find(
        api,
        "children",
        &[
            (r#"parent:{id:"p"}"#, "c1 c2"),
            (r#"parent:{id_not:"p"}"#, "c3"),
            (r#"NOT:{parent:{id:"p"}}"#, "c3 c4 c5"),
            (r#"favouriteOf:{id:"p"}"#, "c5"),
        ],
    );
    find(
        api,
        "toys",
        &[
            (r#"owner:{id:"c1"}"#, "t1 t2"),
            (r#"owner:{parent:{id:"q"}}"#, "t3"),
        ],
    );
});

suite!(row_21_null_asks_for_no_related_node, FAMILY, |api| {
    fill_family(api);
    find(
        api,
        "children",
        &[
            ("parent:null", "c4 c5"),
            ("NOT:{parent:null}", "c1 c2 c3"),
            ("favouriteOf:null", "c1 c2 c3 c4"),
            ("parent:{}", "c1 c2 c3"),
            (r#"NOT:{parent:{name:"P"}}"#, "c3 c4 c5"),
        ],
    );
    find(
        api,
        "parents",
        &[
            ("favourite:null", "q r"),
            ("favourite:{}", "p"),
            ("NOT:{favourite:{age:1}}", "q r"),
        ],
    );
});

suite!(
    row_21_null_on_self_relations,
    r#"
    type Person {
        id: ID! @id
        boss: Person @relation(name: "Work", link: INLINE)
        staff: [Person] @relation(name: "Work")
        guard: Person @relation(name: "Guard", link: TABLE)
    }
    "#,
    |api| {
        api.write(r#"createPerson(data:{id:"a",staff:{create:[{id:"b",guard:{create:{id:"d"}}},{id:"c"}]}}){id}"#);
        find(
            api,
            "persons",
            &[
                ("boss:null", "a d"),
                ("NOT:{boss:null}", "b c"),
                ("guard:null", "a c d"),
                ("staff_none:{}", "b c d"),
                ("staff_some:{guard:{}}", "a"),
                ("boss:{boss:null}", "b c"),
            ],
        );
    }
);

suite!(row_22_lists_of_nodes_and_nothing, FAMILY, |api| {
    fill_family(api);
    for quantifier in ["some", "every", "none"] {
        api.refuses_to_read(
            &format!("parents(where:{{children_{quantifier}:null}}){{id}}"),
            3033,
            "The field 'children' is a toMany relation. This cannot be filtered by null.",
        );
    }
    find(
        api,
        "parents",
        &[
            ("children_some:{}", "p q"),
            ("children_every:{}", "p q r"),
            ("children_none:{}", "r"),
        ],
    );
});

suite!(
    row_23_quantifiers_and_those_without_children,
    FAMILY,
    |api| {
        fill_family(api);
        find(
            api,
            "parents",
            &[
                ("children_every:{age:7}", "q r"),
                ("children_some:{toys_some:{name:\"ball\"}}", "p q"),
                ("children_some:{toys_every:{name:\"ball\"}}", "p q"),
                ("children_some:{toys_none:{name:\"ball\"}}", "p"),
                ("children_every:{toys_some:{name:\"ball\"}}", "q r"),
                ("children_every:{toys_every:{name:\"ball\"}}", "q r"),
                ("children_every:{toys_none:{name:\"kite\"}}", "q r"),
                ("children_none:{toys_some:{name:\"kite\"}}", "q r"),
                ("children_none:{toys_every:{name:\"ball\"}}", "r"),
                ("children_none:{toys_none:{name:\"ball\"}}", "q r"),
            ],
        );
        // A child whose age nobody knows violates nothing, and satisfies nothing.
        api.write(r#"updateChild(where:{id:"c3"},data:{age:null}){id}"#);
        find(
            api,
            "parents",
            &[
                ("children_every:{age:99}", "q r"),
                ("children_some:{NOT:{age:99}}", "p"),
                ("children_none:{age_gt:0}", "q r"),
            ],
        );
    }
);

suite!(row_24_order_survives_a_filter, THINGS, |api| {
    fill(api);
    api.write(r#"createThing(data:{id:"d",count:9}){id}"#);
    api.lists("things(where:{count_gt:0},orderBy:count_DESC)", "d b a");
    api.lists(
        "things(where:{OR:[{count_lt:2},{count_gt:8}]},orderBy:count_DESC,first:1)",
        "d",
    );
    api.lists("things(where:{count_not:2},orderBy:id_DESC)", "d a");
});

suite!(row_25_moments_and_numbers_in_any_spelling, THINGS, |api| {
    fill(api);
    find(
        api,
        "things",
        &[
            (r#"at:"2020-01-01""#, "a"),
            (r#"at:"2020""#, "a"),
            (r#"at:"2020-01-01T01:00:00+01:00""#, "a"),
            (r#"at_gt:"2021-06-01T12:00:00.249""#, "b"),
            (r#"at_lt:"2021-06-01T12:00:00.25""#, "a"),
            (r#"at_in:["2021-06-01T12:00:00.250Z","2000"]"#, "b"),
            ("size:2", "b"),
            ("size_in:[2,1.5]", "a b"),
            ("size_gt:1.49999999999999", "a b"),
            ("size_lt:1.50000000000001", "a"),
            ("size_gte:1.5,size_not:2.0", "a"),
        ],
    );
});

suite!(
    row_26_uuids_are_compared,
    "type Doc { id: UUID! @id other: UUID name: String }",
    |api| {
        let (one, two) = (
            "1b4e28ba-2fa1-41d2-883f-0016d3cca427",
            "6fa459ea-ee8a-4ca4-894e-db77e160355e",
        );
        api.write(&format!(
            r#"a:createDoc(data:{{id:"{one}",name:"a"}}){{id}}"#
        ));
        api.write(&format!(
            r#"b:createDoc(data:{{id:"{two}",other:"{one}",name:"b"}}){{id}}"#
        ));
        api.reads(
            "docs(orderBy:name_ASC){name other}",
            &format!(r#"[{{"name":"a","other":null}},{{"name":"b","other":"{one}"}}]"#),
        );
        api.lists(&format!(r#"docs(where:{{id:"{one}"}})"#), one);
        api.lists(
            &format!(
                r#"docs(where:{{id_in:["{}","{one}"]}})"#,
                two.to_uppercase()
            ),
            &format!("{one} {two}"),
        );
        api.lists(&format!(r#"docs(where:{{id_not:"{one}"}})"#), two);
        api.lists("docs(where:{other:null})", one);
        api.reads(
            &format!(r#"doc(where:{{id:"{}"}}){{name}}"#, one.to_uppercase()),
            r#"{"name":"a"}"#,
        );
    }
);

const WORDS: &str = "type Word { id: ID! @id text: String! }";

fn fill_words(api: &Api) {
    for (id, text) in [
        ("a", "50%"),
        ("b", "a_b"),
        ("c", "Ab"),
        ("d", r"back\\slash"),
        ("e", "ab"),
    ] {
        api.write(&format!(
            r#"createWord(data:{{id:"{id}",text:"{text}"}}){{id}}"#
        ));
    }
}

suite!(wildcards_stand_for_themselves, WORDS, |api| {
    fill_words(api);
    find(
        api,
        "words",
        &[
            (r#"text_contains:"%""#, "a"),
            (r#"text_contains:"_""#, "b"),
            (r#"text_contains:"\\""#, "d"),
            (r#"text_contains:"!""#, ""),
            (r#"text_starts_with:"_""#, ""),
            (r#"text_ends_with:"%""#, "a"),
            (r#"text_not_contains:"_""#, "a c d e"),
            (r#"text_contains:"""#, "a b c d e"),
            (r#"text_not_contains:"""#, ""),
        ],
    );
});

suite!(texts_of_any_length_are_searched_for, WORDS, |api| {
    // SQLite takes no pattern of more than 50,000 bytes; MySQL keeps 65,535 bytes of a text in some columns.
    let long = "Ab_".repeat(20_000);
    for (id, text) in [("a", format!("x{long}y")), ("b", "x".to_owned())] {
        api.write(&format!(
            r#"createWord(data:{{id:"{id}",text:"{text}"}}){{id}}"#
        ));
    }
    let conditions = [
        ("contains", &*long, "a"),
        ("contains", &format!("{long}x"), ""),
        ("not_contains", &long, "b"),
        ("starts_with", &format!("x{long}"), "a"),
        ("starts_with", &long, ""),
        ("not_starts_with", &long, "a b"),
        ("ends_with", &format!("{long}y"), "a"),
        ("ends_with", &format!("yy{long}y"), ""),
        ("not_ends_with", &format!("{long}y"), "b"),
    ]
    .map(|(comparison, text, ids)| (format!(r#"text_{comparison}:"{text}""#), ids));
    let conditions: Vec<_> = conditions.iter().map(|(it, ids)| (&**it, *ids)).collect();
    find(api, "words", &conditions);
});

suite!(
    equality_tells_case_where_the_store_does,
    WORDS,
    requires(|can| can.case_sensitive_equality),
    |api| {
        fill_words(api);
        find(
            api,
            "words",
            &[(r#"text:"AB""#, ""), (r#"text_in:["Ab"]"#, "c")],
        );
    }
);

suite!(
    equality_ignores_case_where_the_store_does,
    WORDS,
    requires(|can| !can.case_sensitive_equality),
    |api| {
        fill_words(api);
        find(
            api,
            "words",
            &[(r#"text:"AB""#, "c e"), (r#"text_in:["aB "]"#, "c e")],
        );
    }
);

suite!(
    searches_tell_case_where_the_store_does,
    WORDS,
    requires(|can| can.case_sensitive_search),
    |api| {
        fill_words(api);
        find(
            api,
            "words",
            &[
                (r#"text_contains:"B""#, ""),
                (r#"text_starts_with:"A""#, "c"),
            ],
        );
    }
);

suite!(
    searches_ignore_case_where_the_store_does,
    WORDS,
    requires(|can| !can.case_sensitive_search),
    |api| {
        fill_words(api);
        find(
            api,
            "words",
            &[
                (r#"text_starts_with:"AB""#, "c e"),
                (r#"text_ends_with:"_B""#, "b"),
            ],
        );
    }
);
