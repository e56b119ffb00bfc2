//! Rows 60 to 68: create, connect, set, disconnect and delete by the shape of the relation (api.md §4.5), wherever it
//! is stored.

use crate::{api::Api, nested_shapes::shapes};

const VIOLATED: &str = "The change you are trying to make would violate the required relation 'ChildToParent' between Child and Parent";

/// Who is linked to whom, seen from both sides: `p:c q:-`.
#[track_caller]
fn links(api: &Api, parents: &str, children: &str) {
    for (list, field, expected) in [
        ("parents", "child", parents),
        ("children", "parent", children),
    ] {
        let nodes = api.read(&format!("{list}{{id {field}{{id}}}}"));
        let shown: Vec<String> = nodes
            .as_array()
            .unwrap()
            .iter()
            .map(|node| {
                let linked = match &node[field] {
                    serde_json::Value::Null => "-".to_owned(),
                    nodes @ serde_json::Value::Array(_) => {
                        crate::api::listed(nodes).replace(' ', "+")
                    }
                    one => one["id"].as_str().unwrap().to_owned(),
                };
                format!("{}:{linked}", node["id"].as_str().unwrap())
            })
            .collect();
        assert_eq!(shown.join(" "), expected, "{list}");
    }
}

/// Parents p and q with the children c and d, and a free parent r and child e where the shape allows them.
fn pairs(api: &Api, child: &str) {
    let child = |id: &str| child.replace('#', id);
    api.write(&format!(
        r#"createParent(data:{{id:"p",child:{{create:{}}}}}){{id}}"#,
        child("c")
    ));
    api.write(&format!(
        r#"createParent(data:{{id:"q",child:{{create:{}}}}}){{id}}"#,
        child("d")
    ));
}

fn free(api: &Api) {
    api.write(r#"createParent(data:{id:"r"}){id}"#);
    api.write(r#"createChild(data:{id:"e"}){id}"#);
}

/// An update of a parent's child.
#[track_caller]
fn update(api: &Api, parent: &str, operation: &str) {
    api.write(&format!(
        r#"updateParent(where:{{id:"{parent}"}},data:{{child:{{{operation}}}}}){{id}}"#
    ));
}

#[track_caller]
fn refused(api: &Api, parent: &str, operation: &str, code: i64, text: &str) {
    api.refuses_to_write(
        &format!(
            r#"updateParent(where:{{id:"{parent}"}},data:{{name:"x",child:{{{operation}}}}}){{id}}"#
        ),
        code,
        text,
    );
    api.lists(r#"parents(where:{name:"x"})"#, "");
}

const ONE: &str = r##"{id:"#"}"##;
const LIST: &str = r##"[{id:"#"}]"##;

shapes!(
    row_60_one_to_one_connects_take_both_partners,
    Optional,
    Optional,
    |api| {
        pairs(api, ONE);
        free(api);
        update(api, "p", r#"connect:{id:"c"}"#);
        links(api, "p:c q:d r:-", "c:p d:q e:-");
        update(api, "p", r#"connect:{id:"d"}"#);
        links(api, "p:d q:- r:-", "c:- d:p e:-");
        update(api, "q", r#"connect:{id:"e"}"#);
        update(api, "p", r#"connect:{id:"e"}"#);
        links(api, "p:e q:- r:-", "c:- d:- e:p");
        api.write(r#"createParent(data:{id:"s",child:{connect:{id:"e"}}}){id}"#);
        links(api, "p:- q:- r:- s:e", "c:- d:- e:s");
        api.write(r#"createChild(data:{id:"f",parent:{connect:{id:"s"}}}){id}"#);
        links(api, "p:- q:- r:- s:f", "c:- d:- e:- f:s");
    }
);

shapes!(
    row_61_a_child_moves_to_its_new_parent,
    Many,
    Optional,
    |api| {
        pairs(api, LIST);
        free(api);
        update(api, "p", r#"connect:[{id:"d"},{id:"e"},{id:"c"}]"#);
        links(api, "p:c+d+e q: r:", "c:p d:p e:p");
        api.write(r#"createParent(data:{id:"s",child:{connect:[{id:"c"}]}}){id}"#);
        api.write(r#"updateChild(where:{id:"d"},data:{parent:{connect:{id:"s"}}}){id}"#);
        links(api, "p:e q: r: s:c+d", "c:s d:s e:p");
        api.write(r#"updateChild(where:{id:"d"},data:{parent:{create:{id:"t"}}}){id}"#);
        links(api, "p:e q: r: s:c t:d", "c:s d:t e:p");
    }
);

shapes!(
    row_61_many_to_many_links_are_there_once,
    Many,
    Many,
    |api| {
        pairs(api, LIST);
        free(api);
        update(api, "p", r#"connect:[{id:"c"},{id:"d"},{id:"d"}]"#);
        update(api, "p", r#"connect:[{id:"d"}],create:[{id:"f"}]"#);
        links(api, "p:c+d+f q:d r:", "c:p d:p+q e: f:p");
        update(api, "p", r#"disconnect:[{id:"d"}]"#);
        links(api, "p:c+f q:d r:", "c:p d:q e: f:p");
    }
);

shapes!(
    row_62_a_required_child_that_is_taken,
    Required,
    Optional,
    |api| {
        pairs(api, ONE);
        api.write(r#"createChild(data:{id:"e"}){id}"#);
        refused(api, "p", r#"connect:{id:"d"}"#, 3042, VIOLATED);
        refused(api, "p", r#"connect:{id:"c"}"#, 3042, VIOLATED);
        api.refuses_to_write(
            r#"createParent(data:{child:{connect:{id:"c"}}}){id}"#,
            3042,
            VIOLATED,
        );
        update(api, "p", r#"connect:{id:"e"}"#);
        links(api, "p:e q:d", "c:- d:q e:p");
    }
);

shapes!(
    row_62_a_parent_that_has_a_child_that_needs_it,
    Optional,
    Required,
    |api| {
        pairs(api, ONE);
        api.write(r#"createParent(data:{id:"r"}){id}"#);
        refused(api, "p", r#"connect:{id:"d"}"#, 3042, VIOLATED);
        refused(api, "p", r#"connect:{id:"c"}"#, 3042, VIOLATED);
        update(api, "r", r#"connect:{id:"c"}"#);
        links(api, "p:- q:d r:c", "c:r d:q");
        api.write(r#"createParent(data:{id:"s",child:{connect:{id:"d"}}}){id}"#);
        links(api, "p:- q:- r:c s:d", "c:r d:s");
    }
);

shapes!(row_62_two_that_need_each_other, Required, Required, |api| {
    pairs(api, ONE);
    refused(api, "p", r#"connect:{id:"d"}"#, 3042, VIOLATED);
    refused(api, "p", r#"connect:{id:"nobody"}"#, 3042, VIOLATED);
    api.refuses_to_write(
        r#"createParent(data:{child:{connect:{id:"c"}}}){id}"#,
        3042,
        VIOLATED,
    );
    links(api, "p:c q:d", "c:p d:q");
});

shapes!(row_63_connecting_nobody, Many, Many, |api| {
    pairs(api, LIST);
    for id in ["nobody", "p"] {
        refused(
            api,
            "p",
            &format!(r#"connect:[{{id:"{id}"}}]"#),
            3039,
            &format!("No Node for the model Child with value {id} for id found."),
        );
    }
    api.refuses_to_write(
        r#"createChild(data:{parent:{connect:[{id:"c"}]}}){id}"#,
        3039,
        "No Node for the model Parent with value c for id found.",
    );
});

shapes!(
    row_64_creating_for_two_that_need_each_other,
    Required,
    Required,
    |api| {
        pairs(api, ONE);
        refused(api, "p", r#"create:{id:"e"}"#, 3042, VIOLATED);
        links(api, "p:c q:d", "c:p d:q");
    }
);

shapes!(
    row_64_creating_beside_a_child_that_needs_its_parent,
    Optional,
    Required,
    |api| {
        pairs(api, ONE);
        api.write(r#"createParent(data:{id:"r"}){id}"#);
        refused(api, "p", r#"create:{id:"e"}"#, 3042, VIOLATED);
        update(api, "r", r#"create:{id:"e"}"#);
        links(api, "p:c q:d r:e", "c:p d:q e:r");
    }
);

shapes!(row_64_creating_replaces, Required, Optional, |api| {
    pairs(api, ONE);
    update(api, "p", r#"create:{id:"e"}"#);
    links(api, "p:e q:d", "c:- d:q e:p");
    api.write(r#"updateChild(where:{id:"c"},data:{parent:{create:{id:"r"}}}){id}"#);
    links(api, "p:e q:d r:c", "c:r d:q e:p");
});

shapes!(row_64_creating_for_a_child_of_many, Optional, Many, |api| {
    pairs(api, ONE);
    update(api, "p", r#"connect:{id:"d"}"#);
    update(api, "p", r#"create:{id:"e"}"#);
    links(api, "p:e q:d", "c: d:q e:p");
});

shapes!(
    row_65_a_required_relation_left_empty,
    Many,
    Required,
    |api| {
        for empty in ["{}", "{create:null}", "{connect:null}"] {
            api.refuses_to_write(
            &format!("createChild(data:{{parent:{empty}}}){{id}}"),
            3032,
            "The field 'parent' on type 'Child' is required. Performing this mutation would violate that constraint",
        );
        }
        api.invalid("mutation{createChild(data:{}){id}}", "Reason: 'parent' Not-null field 'parent' of type 'ParentCreateOneWithoutChildInput!' defined in the 'ChildCreateInput' input type is missing.");
        api.lists("children", "");
    }
);

suite!(
    row_65_a_required_relation_left_empty_far_below,
    r"
    type A { id: ID! @id bs: [B] }
    type B { id: ID! @id a: A c: C! }
    type C { id: ID! @id d: D! }
    type D { id: ID! @id }
    ",
    |api| {
        for (data, field, model) in [("c:{}", "c", "B"), ("c:{create:{d:{}}}", "d", "C")] {
            api.refuses_to_write(
                &format!("createA(data:{{bs:{{create:[{{{data}}}]}}}}){{id}}"),
                3032,
                &format!("The field '{field}' on type '{model}' is required. Performing this mutation would violate that constraint"),
            );
        }
        api.lists("as", "");
    }
);

shapes!(row_66_set_leaves_exactly_those, Many, Optional, |api| {
    pairs(api, LIST);
    free(api);
    update(api, "p", r#"set:[{id:"d"},{id:"e"},{id:"d"}]"#);
    links(api, "p:d+e q: r:", "c:- d:p e:p");
    update(api, "p", r#"set:[{id:"e"}]"#);
    update(api, "p", r#"set:[{id:"e"}]"#);
    links(api, "p:e q: r:", "c:- d:- e:p");
    refused(
        api,
        "p",
        r#"set:[{id:"d"},{id:"nobody"}]"#,
        3039,
        "No Node for the model Child with value nobody for id found.",
    );
    update(api, "q", r#"connect:[{id:"c"}]"#);
    update(api, "p", "set:[]");
    links(api, "p: q:c r:", "c:q d:- e:-");
});

shapes!(row_66_set_among_many_parents, Many, Many, |api| {
    pairs(api, LIST);
    free(api);
    update(api, "p", r#"set:[{id:"d"},{id:"e"}]"#);
    links(api, "p:d+e q:d r:", "c: d:p+q e:p");
    update(api, "q", "set:[]");
    links(api, "p:d+e q: r:", "c: d:p e:p");
});

shapes!(
    row_66_set_does_not_look_at_required_parents,
    Many,
    Required,
    |api| {
        pairs(api, LIST);
        update(api, "p", r#"set:[{id:"c"},{id:"d"}]"#);
        links(api, "p:c+d q:", "c:p d:p");
        update(api, "p", r#"set:[{id:"d"}]"#);
        let answer = api.send("{children{id parent{id}}}");
        assert_eq!(
            answer["data"].to_string(),
            r#"{"children":[null,{"id":"d","parent":{"id":"p"}}]}"#
        );
        assert_eq!(
            answer["errors"][0]["path"],
            serde_json::json!(["children", 0, "parent"])
        );
    }
);

shapes!(row_67_disconnecting, Many, Optional, |api| {
    pairs(api, LIST);
    free(api);
    refused(
        api,
        "p",
        r#"disconnect:[{id:"d"}]"#,
        3041,
        "The relation ChildToParent has no node for the model Parent with the value 'p' for the field 'id' connected to a node for the model Child with the value 'd' for the field 'id'",
    );
    refused(
        api,
        "p",
        r#"disconnect:[{id:"c"},{id:"c"}]"#,
        3041,
        "The relation ChildToParent has no node for the model Parent with the value 'p' for the field 'id' connected to a node for the model Child with the value 'c' for the field 'id'",
    );
    update(api, "p", r#"disconnect:[{id:"c"}]"#);
    links(api, "p: q:d r:", "c:- d:q e:-");
    api.refuses_to_write(
        r#"updateChild(where:{id:"c"},data:{parent:{disconnect:true}}){id}"#,
        3041,
        "The relation ChildToParent has no node for the model Child with the value 'c' for the field 'id' connected to a node for the model Parent on your mutation path.",
    );
    api.write(r#"updateChild(where:{id:"d"},data:{parent:{disconnect:true}}){id}"#);
    links(api, "p: q: r:", "c:- d:- e:-");
});

shapes!(
    row_67_required_ends_are_never_disconnected,
    Many,
    Required,
    |api| {
        pairs(api, LIST);
        for id in ["c", "d", "nobody"] {
            refused(
                api,
                "p",
                &format!(r#"disconnect:[{{id:"{id}"}}]"#),
                3042,
                VIOLATED,
            );
        }
        links(api, "p:c q:d", "c:p d:q");
    }
);

shapes!(
    row_67_nor_is_a_child_that_needs_its_parent,
    Optional,
    Required,
    |api| {
        pairs(api, ONE);
        refused(api, "p", "disconnect:true", 3042, VIOLATED);
        update(api, "p", "disconnect:false");
        links(api, "p:c q:d", "c:p d:q");
    }
);

shapes!(row_68_deleting_children, Many, Required, |api| {
    pairs(api, LIST);
    refused(
        api,
        "p",
        r#"delete:[{id:"c"},{id:"d"}]"#,
        3041,
        "The relation ChildToParent has no node for the model Parent with the value 'p' for the field 'id' connected to a node for the model Child with the value 'd' for the field 'id'",
    );
    update(api, "p", r#"delete:[{id:"c"}]"#);
    links(api, "p: q:d", "d:q");
});

shapes!(row_68_deleting_the_only_child, Optional, Optional, |api| {
    pairs(api, ONE);
    free(api);
    update(api, "p", "delete:true");
    update(api, "q", "delete:false");
    links(api, "p:- q:d r:-", "d:q e:-");
    refused(
        api,
        "p",
        "delete:true",
        3041,
        "The relation ChildToParent has no node for the model Parent with the value 'p' for the field 'id' connected to a node for the model Child on your mutation path.",
    );
});

shapes!(row_68_links_of_other_parents_vanish, Many, Many, |api| {
    pairs(api, LIST);
    update(api, "q", r#"connect:[{id:"c"}]"#);
    update(api, "p", r#"delete:[{id:"c"}]"#);
    links(api, "p: q:d", "d:q");
});

suite!(
    row_68_a_child_that_somebody_else_needs,
    r"
    type Album { id: ID! @id photos: [Photo] }
    type Photo { id: ID! @id album: Album frames: [Frame] }
    type Frame { id: ID! @id photo: Photo! }
    ",
    |api| {
        api.write(r#"createAlbum(data:{id:"a",photos:{create:[{id:"p",frames:{create:[{id:"f"}]}},{id:"q"}]}}){id}"#);
        let violated = "The change you are trying to make would violate the required relation 'FrameToPhoto' between Frame and Photo";
        for operation in [r#"delete:[{id:"q"},{id:"p"}]"#, "deleteMany:[{}]"] {
            api.refuses_to_write(
                &format!(r#"updateAlbum(where:{{id:"a"}},data:{{photos:{{{operation}}}}}){{id}}"#),
                3042,
                violated,
            );
        }
        api.writes(
            r#"updateAlbum(where:{id:"a"},data:{photos:{delete:[{id:"q"}],update:[{where:{id:"p"},data:{frames:{delete:[{id:"f"}]}}}]}}){photos{frames{id}}}"#,
            r#"{"photos":[{"frames":[]}]}"#,
        );
    }
);
