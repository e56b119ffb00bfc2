//! Rows 57 to 59 and 69 to 72: nested operations in their order, their errors, and how deep they go.

use crate::api::Api;

const BLOG: &str = r"
type User { id: ID! @id name: String @unique posts: [Post] profile: Profile }
type Post { id: ID! @id title: String rank: Int @unique author: User tags: [Tag] }
type Tag { id: ID! @id name: String @unique posts: [Post] }
type Profile { id: ID! @id bio: String user: User @relation(link: INLINE) picture: Picture }
type Picture { id: ID! @id url: String }
";

/// u has the posts a and b, v has c; d has no author. a and c have the tag t.
fn fill(api: &Api) {
    api.write(r#"createUser(data:{id:"u",name:"u",posts:{create:[{id:"a",title:"A",rank:1,tags:{create:[{id:"t",name:"t"}]}},{id:"b",title:"B",rank:2}]}}){id}"#);
    api.write(r#"createUser(data:{id:"v",name:"v",posts:{create:[{id:"c",title:"C",rank:3,tags:{connect:[{id:"t"}]}}]}}){id}"#);
    api.write(r#"createPost(data:{id:"d",title:"D"}){id}"#);
}

/// What an update of the posts of u leaves them.
#[track_caller]
fn posts(api: &Api, operations: &str, left: &str) {
    let user = api.write(&format!(
        r#"updateUser(where:{{id:"u"}},data:{{posts:{{{operations}}}}}){{posts{{id}}}}"#
    ));
    assert_eq!(crate::api::listed(&user["posts"]), left, "{operations}");
}

#[track_caller]
fn posts_refused(api: &Api, operations: &str, code: i64, text: &str) {
    api.refuses_to_write(
        &format!(
            r#"updateUser(where:{{id:"u"}},data:{{name:"changed",posts:{{{operations}}}}}){{id}}"#
        ),
        code,
        text,
    );
    // All or nothing.
    api.reads(
        r#"user(where:{id:"u"}){name posts{id title}}"#,
        r#"{"name":"u","posts":[{"id":"a","title":"A"},{"id":"b","title":"B"}]}"#,
    );
}

suite!(
    row_57_an_upsert_of_another_parents_child_creates,
    BLOG,
    |api| {
        fill(api);
        posts(
            api,
            r#"upsert:[{where:{id:"c"},create:{id:"e",title:"E"},update:{title:"stolen"}}]"#,
            "a b e",
        );
        api.reads(
            r#"post(where:{id:"c"}){title author{id}}"#,
            r#"{"title":"C","author":{"id":"v"}}"#,
        );
        posts(
            api,
            r#"upsert:[{where:{id:"a"},create:{id:"f"},update:{title:"hit"}}]"#,
            "a b e",
        );
        api.reads(r#"post(where:{id:"a"}){title}"#, r#"{"title":"hit"}"#);
        api.writes(
        r#"updateUser(where:{id:"u"},data:{profile:{upsert:{create:{bio:"made"},update:{bio:"changed"}}}}){profile{bio}}"#,
        r#"{"profile":{"bio":"made"}}"#,
    );
        api.writes(
        r#"updateUser(where:{id:"u"},data:{profile:{upsert:{create:{bio:"made"},update:{bio:"changed"}}}}){profile{bio}}"#,
        r#"{"profile":{"bio":"changed"}}"#,
    );
    }
);

suite!(row_58_kinds_run_in_their_order, BLOG, |api| {
    fill(api);
    // However they are written: create, update, upsert, delete, connect, set, disconnect, updateMany, deleteMany.
    posts(
        api,
        r#"update:[{where:{id:"e"},data:{title:"E2"}}],create:[{id:"e",title:"E1"}]"#,
        "a b e",
    );
    api.reads(r#"post(where:{id:"e"}){title}"#, r#"{"title":"E2"}"#);
    posts(api, r#"delete:[{id:"f"}],create:[{id:"f"}]"#, "a b e");
    posts(
        api,
        r#"upsert:[{where:{id:"g"},create:{id:"x"},update:{title:"hit"}}],create:[{id:"g"}]"#,
        "a b e g",
    );
    posts(
        api,
        r#"disconnect:[{id:"g"},{id:"h"}],create:[{id:"h"}]"#,
        "a b e",
    );
    posts(
        api,
        r#"set:[{id:"a"},{id:"b"}],connect:[{id:"g"}],create:[{id:"i"}]"#,
        "a b",
    );
    posts(api, r#"deleteMany:[{id:"h"}],connect:[{id:"h"}]"#, "a b");
    posts(
        api,
        r#"deleteMany:[{title:"many"}],updateMany:[{where:{id:"i"},data:{title:"many"}}],connect:[{id:"i"}]"#,
        "a b",
    );
    api.lists("posts", "a b c d e g");
    // A create in one field comes before an update in every other.
    api.writes(
        r#"updatePost(where:{id:"b"},data:{author:{update:{name:"after"}},tags:{create:[{id:"n",name:"before"}],update:[{where:{name:"before"},data:{name:"now"}}]}}){author{name}tags{name}}"#,
        r#"{"author":{"name":"after"},"tags":[{"name":"now"}]}"#,
    );
});

suite!(row_58_what_comes_too_late, BLOG, |api| {
    fill(api);
    posts_refused(
        api,
        r#"connect:[{id:"d"}],update:[{where:{id:"d"},data:{title:"x"}}]"#,
        3041,
        "The relation PostToUser has no node for the model User connected to a Node for the model Post with the value 'd' for the field 'id' on your mutation path.",
    );
    posts_refused(
        api,
        r#"connect:[{id:"a"}],delete:[{id:"a"}]"#,
        3039,
        "No Node for the model Post with value a for id found.",
    );
});

suite!(row_59_an_error_undoes_everything, BLOG, |api| {
    fill(api);
    let missing = |operation: &str, value: &str, field: &str| {
        posts_refused(
            api,
            &format!(r#"create:[{{id:"new",tags:{{create:[{{name:"new"}}]}}}}],{operation}"#),
            3039,
            &format!("No Node for the model Post with value {value} for {field} found."),
        );
    };
    missing(r#"connect:[{id:"nobody"}]"#, "nobody", "id");
    missing(
        r#"update:[{where:{rank:99},data:{title:"x"}}]"#,
        "99",
        "rank",
    );
    missing(r#"disconnect:[{id:"a"},{rank:98}]"#, "98", "rank");
    missing(r#"set:[{id:"a"},{rank:97}]"#, "97", "rank");
    missing(r#"delete:[{id:"nobody"}]"#, "nobody", "id");
    api.lists("tags", "t");
    api.lists("posts", "a b c d");
});

suite!(
    row_59_errors_show_values_of_every_kind,
    r"
    enum Hue { RED BLUE }
    type Box { id: ID! @id keys: [Key] }
    type Key {
        id: ID! @id
        text: String @unique
        count: Int @unique
        size: Float @unique
        is: Boolean @unique
        other: ID @unique
        hue: Hue @unique
        at: DateTime @unique
        doc: Json @unique
        box: Box
    }
    ",
    |api| {
        api.write(r#"createBox(data:{id:"b"}){id}"#);
        let table = [
            (r#"text:"a b""#, "a b", "text"),
            ("count:-3", "-3", "count"),
            ("size:2", "2.0", "size"),
            ("size:0.25", "0.25", "size"),
            ("is:true", "true", "is"),
            (r#"other:"x""#, "x", "other"),
            ("hue:BLUE", "BLUE", "hue"),
            (
                r#"at:"2018-12-05T14:34:23+02:00""#,
                "2018-12-05T12:34:23.000Z",
                "at",
            ),
            (r#"doc:"{\"b\": 2}""#, r#"{"b":2}"#, "doc"),
        ];
        for (key, value, field) in table {
            api.refuses_to_write(
                &format!(
                    r#"updateBox(where:{{id:"b"}},data:{{keys:{{connect:[{{{key}}}]}}}}){{id}}"#
                ),
                3039,
                &format!("No Node for the model Key with value {value} for {field} found."),
            );
        }
    }
);

suite!(row_69_updates_along_a_broken_path, BLOG, |api| {
    fill(api);
    api.refuses_to_write(
        r#"updateUser(where:{id:"u"},data:{profile:{update:{bio:"x"}}}){id}"#,
        3041,
        "The relation ProfileToUser has no node for the model User connected to a Node for the model Profile on your mutation path.",
    );
    api.refuses_to_write(
        r#"updateTag(where:{id:"t"},data:{posts:{update:[{where:{rank:2},data:{title:"x"}}]}}){id}"#,
        3041,
        "The relation PostToTag has no node for the model Tag connected to a Node for the model Post with the value '2' for the field 'rank' on your mutation path.",
    );
    api.refuses_to_write(
        r#"updateTag(where:{id:"t"},data:{posts:{update:[{where:{rank:1},data:{title:"x",author:{update:{profile:{update:{bio:"x"}}}}}}]}}){id}"#,
        3041,
        "The relation ProfileToUser has no node for the model User connected to a Node for the model Profile on your mutation path.",
    );
    for key in ["{}", "{id:null}", "{rank:null,id:null}"] {
        posts_refused(
            api,
            &format!(r#"update:[{{where:{key},data:{{title:"x"}}}}]"#),
            3040,
            "You provided an invalid argument for the where selector on Post. Please provide exactly one unique field and value.",
        );
    }
    posts_refused(
        api,
        r#"upsert:[{where:{id:"a",rank:1},create:{},update:{}}]"#,
        3045,
        "You provided more than one field for the unique selector on Post. If you want that behavior you can use the many query and combine fields with AND / OR.",
    );
});

suite!(row_70_nested_batches_see_their_own_children, BLOG, |api| {
    fill(api);
    posts(
        api,
        r#"updateMany:[{where:{title:"A"},data:{title:"A2"}},{where:{title:"A2"},data:{title:"A3"}},{where:{title:"C"},data:{title:"never"}}]"#,
        "a b",
    );
    api.reads(
        "posts(orderBy:id_ASC){title}",
        r#"[{"title":"A3"},{"title":"B"},{"title":"C"},{"title":"D"}]"#,
    );
    posts(api, r#"updateMany:[{where:{},data:{title:"all"}}]"#, "a b");
    api.lists(r#"posts(where:{title:"all"})"#, "a b");
    posts(api, r#"deleteMany:[{title:"nobody"}]"#, "a b");
    posts(api, r#"deleteMany:[{id:"a"},{id:"c"}]"#, "b");
    posts(api, "deleteMany:[{}]", "");
    api.lists("posts", "c d");
    // Children of several parents are touched through one of them, and are gone for all.
    api.write(r#"updateTag(where:{id:"t"},data:{posts:{connect:[{id:"d"}]}}){id}"#);
    api.writes(
        r#"updateTag(where:{id:"t"},data:{posts:{updateMany:[{where:{OR:[{id:"c"},{id:"d"}]},data:{title:"t"}}],deleteMany:[{id:"c"}]}}){posts{title}}"#,
        r#"{"posts":[{"title":"t"}]}"#,
    );
    api.reads(r#"user(where:{id:"v"}){posts{id}}"#, r#"{"posts":[]}"#);
});

suite!(row_71_as_deep_as_one_likes, BLOG, |api| {
    api.writes(
        r#"createTag(data:{name:"t",posts:{create:[{id:"p",title:"1",author:{create:{id:"u",profile:{create:{bio:"b",picture:{create:{url:"x"}}}}}}},{id:"q",title:"2"}]}}){posts{title author{profile{picture{url}}}}}"#,
        r#"{"posts":[{"title":"1","author":{"profile":{"picture":{"url":"x"}}}},{"title":"2","author":null}]}"#,
    );
    api.writes(
        r#"updateTag(where:{name:"t"},data:{posts:{update:[{where:{id:"p"},data:{author:{update:{profile:{update:{picture:{upsert:{create:{url:"no"},update:{url:"z"}}}}}}}}},{where:{id:"q"},data:{author:{create:{id:"v",profile:{create:{picture:{create:{url:"w"}}}}}}}}]}}){posts{author{id profile{bio picture{url}}}}}"#,
        r#"{"posts":[{"author":{"id":"u","profile":{"bio":"b","picture":{"url":"z"}}}},{"author":{"id":"v","profile":{"bio":null,"picture":{"url":"w"}}}}]}"#,
    );
    // A missing link in the middle ends it: by doing nothing, or by an error.
    api.write(r#"updatePost(where:{id:"p"},data:{author:{update:{profile:{delete:true}}}}){id}"#);
    api.refuses_to_write(
        r#"updatePost(where:{id:"p"},data:{title:"never",author:{update:{profile:{update:{picture:{delete:true}}}}}}){id}"#,
        3041,
        "The relation ProfileToUser has no node for the model User connected to a Node for the model Profile on your mutation path.",
    );
    api.writes(
        r#"updatePost(where:{id:"p"},data:{title:"now",author:{update:{name:"n"}},tags:{updateMany:[{where:{name:"no such"},data:{name:"x"}}]}}){title author{name profile{bio}}}"#,
        r#"{"title":"now","author":{"name":"n","profile":null}}"#,
    );
});

suite!(
    row_72_self_relations_keep_their_sides,
    r#"
    type Person {
        id: ID! @id
        name: String
        manager: Person @relation(name: "Mgmt", link: INLINE)
        reports: [Person] @relation(name: "Mgmt")
        buddy: Person @relation(name: "Buddy")
        fans: [Person] @relation(name: "Fans")
        idols: [Person] @relation(name: "Fans")
        spouse: Person @relation(name: "Marriage", link: TABLE)
        spouseOf: Person @relation(name: "Marriage")
    }
    "#,
    |api| {
        api.write(r#"createPerson(data:{id:"a",reports:{create:[{id:"b",reports:{create:[{id:"c"},{id:"d"}]}}]},fans:{create:[{id:"f",fans:{create:[{id:"g"}]}}]}}){id}"#);
        api.reads(
            r#"person(where:{id:"a"}){manager{id}reports{id manager{id}reports{id}}fans{id idols{id}fans{id}}idols{id}}"#,
            r#"{"manager":null,"reports":[{"id":"b","manager":{"id":"a"},"reports":[{"id":"c"},{"id":"d"}]}],"fans":[{"id":"f","idols":[{"id":"a"}],"fans":[{"id":"g"}]}],"idols":[]}"#,
        );
        // A second report leaves the first one where it is, from either side.
        api.write(r#"updatePerson(where:{id:"g"},data:{manager:{connect:{id:"a"}}}){id}"#);
        api.reads(
            r#"person(where:{id:"a"}){reports{id}}"#,
            r#"{"reports":[{"id":"b"},{"id":"g"}]}"#,
        );
        // One-sided: b is a's buddy, a is not b's.
        api.write(r#"updatePerson(where:{id:"a"},data:{buddy:{connect:{id:"b"}}}){id}"#);
        api.write(r#"updatePerson(where:{id:"c"},data:{buddy:{connect:{id:"b"}}}){id}"#);
        api.reads(
            "persons(where:{id_in:[\"a\",\"b\",\"c\"]}){buddy{id}}",
            r#"[{"buddy":{"id":"b"}},{"buddy":null},{"buddy":{"id":"b"}}]"#,
        );
        // One to one: who is taken is taken over.
        api.write(r#"updatePerson(where:{id:"a"},data:{spouse:{connect:{id:"b"}}}){id}"#);
        api.writes(
            r#"updatePerson(where:{id:"c"},data:{spouse:{connect:{id:"b"}},spouseOf:{connect:{id:"d"}}}){spouse{id}spouseOf{id}}"#,
            r#"{"spouse":{"id":"b"},"spouseOf":{"id":"d"}}"#,
        );
        api.reads(
            r#"person(where:{id:"a"}){spouse{id}spouseOf{id}}"#,
            r#"{"spouse":null,"spouseOf":null}"#,
        );
        // With oneself.
        api.writes(
            r#"updatePerson(where:{id:"a"},data:{manager:{connect:{id:"a"}}}){manager{id}reports{id}}"#,
            r#"{"manager":{"id":"a"},"reports":[{"id":"a"},{"id":"b"},{"id":"g"}]}"#,
        );
        api.lists("persons(where:{reports_some:{manager:{id:\"a\"}}})", "a");
        api.writes(
            r#"updatePerson(where:{id:"a"},data:{fans:{disconnect:[{id:"f"}]}}){fans{id}}"#,
            r#"{"fans":[]}"#,
        );
        api.reads(
            r#"person(where:{id:"f"}){fans{id}idols{id}}"#,
            r#"{"fans":[{"id":"g"}],"idols":[]}"#,
        );
    }
);
