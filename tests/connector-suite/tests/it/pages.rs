//! Rows 30 to 34 and 85: pages.

use crate::api::Api;

const ROWS: &str = r"
type List { id: ID! @id items: [Item] }
type Item { id: ID! @id rank: Int! list: List marks: [Mark] }
type Mark { id: ID! @id item: Item! }
";

/// a to f in one list, with ranks that tie: a1 b1 c2 d2 e2 f3. Another list has x1 and y2.
fn fill(api: &Api) {
    let item = |id: &str, rank: i32| {
        format!(r#"{{id:"{id}",rank:{rank},marks:{{create:[{{id:"{id}m"}},{{id:"{id}n"}}]}}}}"#)
    };
    let items = |all: &[(&str, i32)]| {
        let all: Vec<String> = all.iter().map(|(id, rank)| item(id, *rank)).collect();
        all.join(",")
    };
    let first = items(&[("a", 1), ("b", 1), ("c", 2), ("d", 2), ("e", 2), ("f", 3)]);
    let second = items(&[("x", 1), ("y", 2)]);
    api.write(&format!(
        r#"createList(data:{{id:"l",items:{{create:[{first}]}}}}){{id}}"#
    ));
    api.write(&format!(
        r#"createList(data:{{id:"m",items:{{create:[{second}]}}}}){{id}}"#
    ));
}

/// Pages of the first list, at the root and below it.
#[track_caller]
fn pages(api: &Api, table: &[(&str, &str)]) {
    for (arguments, ids) in table {
        api.lists(
            &format!(r#"items(where:{{list:{{id:"l"}}}},{arguments})"#),
            ids,
        );
        let list = api.read(&format!(
            r#"list(where:{{id:"l"}}){{items({arguments}){{id}}}}"#
        ));
        assert_eq!(
            crate::api::listed(&list["items"]),
            *ids,
            "{arguments}, nested"
        );
    }
}

suite!(row_30_pages_of_nothing_and_of_everything, ROWS, |api| {
    fill(api);
    pages(
        api,
        &[
            ("first:0", ""),
            ("last:0", ""),
            ("first:2", "a b"),
            ("last:2", "e f"),
            ("first:99", "a b c d e f"),
            ("last:99", "a b c d e f"),
            ("first:2147483646", "a b c d e f"),
        ],
    );
});

suite!(
    row_31_skipping_counts_from_where_the_page_is_taken,
    ROWS,
    |api| {
        fill(api);
        pages(
            api,
            &[
                ("skip:6", ""),
                ("skip:99", ""),
                ("skip:4", "e f"),
                ("skip:1,first:2", "b c"),
                ("skip:1,last:2", "d e"),
                ("skip:5,last:3", "a"),
                ("skip:0,last:1", "f"),
            ],
        );
    }
);

suite!(
    row_32_cursors_among_ties_lose_and_repeat_nothing,
    ROWS,
    |api| {
        fill(api);
        for order in ["rank_ASC", "rank_DESC", "id_ASC", "id_DESC"] {
            let whole = api.read(&format!("items(orderBy:{order}){{id}}"));
            let (mut forwards, mut backwards) = (Vec::new(), Vec::new());
            let mut cursor = String::new();
            while let [id] = &api
                .read(&format!("items(orderBy:{order},first:1{cursor}){{id}}"))
                .as_array()
                .unwrap()[..]
            {
                cursor = format!(",after:{}", id["id"]);
                forwards.push(id.clone());
            }
            cursor.clear();
            while let [id] = &api
                .read(&format!("items(orderBy:{order},last:1{cursor}){{id}}"))
                .as_array()
                .unwrap()[..]
            {
                cursor = format!(",before:{}", id["id"]);
                backwards.insert(0, id.clone());
            }
            assert_eq!(&forwards, whole.as_array().unwrap(), "{order}");
            assert_eq!(&backwards, whole.as_array().unwrap(), "{order}");
        }
        pages(
            api,
            &[
                (r#"orderBy:rank_DESC,after:"d""#, "e a b"),
                (r#"orderBy:rank_DESC,before:"d""#, "f c"),
                (r#"orderBy:rank_ASC,after:"b",before:"e""#, "c d"),
                (r#"after:"b",first:2"#, "c d"),
                (r#"before:"e",last:2"#, "c d"),
                (r#"after:"b",last:1"#, "f"),
                (r#"after:"a",skip:1,first:1"#, "c"),
                (r#"before:"f",skip:1,last:2"#, "c d"),
            ],
        );
    }
);

suite!(row_33_each_parent_has_its_own_window, ROWS, |api| {
    fill(api);
    api.reads(
        r#"lists{id items(orderBy:rank_DESC,after:"f",first:2){id marks(last:1,before:"zz"){id} some:marks(after:"am",first:1){id}}}"#,
        r#"[{"id":"l","items":[{"id":"c","marks":[],"some":[{"id":"cm"}]},{"id":"d","marks":[],"some":[{"id":"dm"}]}]},{"id":"m","items":[{"id":"y","marks":[],"some":[{"id":"ym"}]},{"id":"x","marks":[],"some":[{"id":"xm"}]}]}]"#,
    );
    // The node of a cursor need not be in the list, nor pass its filter.
    api.lists(r#"items(where:{rank_gt:1},after:"a")"#, "c d e f y");
    api.reads(
        r#"lists(after:"l"){items(after:"e",orderBy:id_ASC){id}}"#,
        r#"[{"items":[{"id":"x"},{"id":"y"}]}]"#,
    );
});

suite!(row_34_unknown_cursors_find_nothing, ROWS, |api| {
    fill(api);
    pages(
        api,
        &[
            (r#"after:"nobody""#, ""),
            (r#"before:"nobody",last:2"#, ""),
            (r#"after:"""#, ""),
            (r#"after:"nobody",orderBy:rank_DESC,first:1"#, ""),
        ],
    );
    api.reads(
        r#"itemsConnection(after:"nobody"){edges{cursor}aggregate{count}}"#,
        r#"{"edges":[],"aggregate":{"count":0}}"#,
    );
});

suite!(row_85_page_arguments_that_make_no_sense, ROWS, |api| {
    fill(api);
    let both = "Including a value for both first and last is not supported. See the spec for a discussion of why https://facebook.github.io/relay/graphql/connections.htm#sec-Pagination-algorithm";
    let table = [
        ("first:1,last:1", 3014, both),
        ("first:0,last:0", 3014, both),
        (
            "first:-1",
            3026,
            "The 'first' argument must be non negative",
        ),
        ("last:-1", 3027, "The 'last' argument must be non negative"),
        ("skip:-1", 3028, "The 'skip' argument must be non negative"),
    ];
    for (arguments, code, text) in table {
        api.refuses_to_read(&format!("items({arguments}){{id}}"), code, text);
        api.refuses_to_read(
            &format!("itemsConnection({arguments}){{edges{{cursor}}}}"),
            code,
            text,
        );
        // Below the root the list is null, once for every parent, and the rest is answered.
        let answer = api.send(&format!("{{lists{{id items({arguments}){{id}}}}}}"));
        assert_eq!(
            answer["data"].to_string(),
            r#"{"lists":[{"id":"l","items":null},{"id":"m","items":null}]}"#
        );
        let errors = answer["errors"].as_array().unwrap();
        assert_eq!(errors.len(), 2);
        for (index, error) in errors.iter().enumerate() {
            assert_eq!(error["path"], serde_json::json!(["lists", index, "items"]));
            assert_eq!(
                (&error["code"], &error["message"]),
                (&code.into(), &text.into())
            );
        }
    }
    api.lists("items(first:null,last:2,skip:null,after:null)", "x y");
});

suite!(
    related_nodes_of_any_number_of_parents,
    r"
    type Shelf { id: Int! @id(strategy: AUTO) books: [Book] tags: [Int] @scalarList(strategy: RELATION) }
    type Book { id: Int! @id(strategy: AUTO) shelf: Shelf @relation(link: INLINE) title: String! }
    ",
    |api| {
        for shelf in 1..=130 {
            api.write(&format!(
                r#"createShelf(data:{{tags:{{set:[{shelf}]}},books:{{create:[{{title:"{shelf}"}}]}}}}){{id}}"#
            ));
        }
        // Databases may have statements for few parents, for so many, and for many.
        for count in [1, 2, 3, 4, 5, 127, 128, 129, 130] {
            let shelves: Vec<String> = (1..=count)
                .map(|it| {
                    format!(
                        r#"{{"tags":[{it}],"books":[{{"title":"{it}","shelf":{{"id":{it}}}}}]}}"#
                    )
                })
                .collect();
            api.reads(
                &format!(
                    "shelves(first:{count},orderBy:id_ASC){{tags books{{title shelf{{id}}}}}}"
                ),
                &format!("[{}]", shelves.join(",")),
            );
        }
    }
);
