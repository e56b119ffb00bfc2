//! Rows 1 to 3 and 83: how names of models become names of the API, and that names of tables and columns do not.

const MODELS: &str = r"
type Todo { id: ID! @id title: String }
type News { id: ID! @id title: String }
type Homework { id: ID! @id title: String }
type Scissors { id: ID! @id title: String }
type A { id: ID! @id title: String }
type Child { id: ID! @id title: String }
type AUser { id: ID! @id title: String }
";

suite!(row_01_plurals_follow_the_old_rules, MODELS, |api| {
    for name in ["todo", "todoes", "todoesConnection"] {
        assert!(api.type_of(&format!("Query.{name}")).is_some(), "{name}");
    }
    for name in ["updateManyTodoes", "deleteManyTodoes", "createTodo"] {
        assert!(api.type_of(&format!("Mutation.{name}")).is_some(), "{name}");
    }
    api.writes(r#"createTodo(data:{id:"t"}){id}"#, r#"{"id":"t"}"#);
    api.lists("todoes", "t");
    api.writes(
        r#"updateManyTodoes(data:{title:"x"}){count}"#,
        r#"{"count":1}"#,
    );
});

suite!(row_02_what_has_no_plural_gets_one, MODELS, |api| {
    let query = api.fields_of("Query").unwrap();
    let query: Vec<&str> = query.split(' ').collect();
    for name in [
        "news",
        "newses",
        "homework",
        "homeworks",
        "scissors",
        "scissorses",
    ] {
        assert!(query.contains(&name), "{name} of {query:?}");
    }
    api.lists("newses", "");
    api.writes("deleteManyScissorses{count}", r#"{"count":0}"#);
});

suite!(row_03_one_letter_changes_its_case, MODELS, |api| {
    let query = api.fields_of("Query").unwrap();
    let query: Vec<&str> = query.split(' ').collect();
    for name in ["a", "as", "children", "aUsers", "aUsersConnection"] {
        assert!(query.contains(&name), "{name} of {query:?}");
    }
});

suite!(
    row_83_names_in_the_database_show_nowhere,
    r#"
    type Shop @db(name: "t shops") {
        key: ID! @id @db(name: "shop id")
        name: String! @unique @db(name: "n")
        since: DateTime! @createdAt @db(name: "created")
        tags: [String] @scalarList(strategy: RELATION)
        goods: [Good]
        twin: Shop @relation(name: "Twin", link: INLINE) @db(name: "twin_of")
    }
    type Good @db(name: "t_goods") {
        id: ID! @id @db(name: "select")
        label: String @db(name: "name")
        shop: Shop! @relation(link: INLINE) @db(name: "shop fk")
        kinds: [Kind]
    }
    type Kind { id: ID! @id @db(name: "kind_id") name: String! @db(name: "it's") goods: [Good] }
    "#,
    |api| {
        api.write(
            r#"createShop(data:{key:"s",name:"corner",tags:{set:["a","b"]},goods:{create:[{id:"g",label:"soap",kinds:{create:[{id:"k",name:"clean"}]}}]}}){key}"#,
        );
        api.reads(
            r#"goods(where:{label_contains:"oa",shop:{name:"corner"},kinds_some:{name:"clean"}},orderBy:label_DESC){label shop{key tags twin{key}}kinds{name}}"#,
            r#"[{"label":"soap","shop":{"key":"s","tags":["a","b"],"twin":null},"kinds":[{"name":"clean"}]}]"#,
        );
        api.writes(
            r#"updateShop(where:{name:"corner"},data:{name:"market",twin:{create:{key:"t",name:"other"}},goods:{updateMany:[{where:{label:"soap"},data:{label:"bread"}}]}}){name twin{name}goods(orderBy:label_ASC){label}}"#,
            r#"{"name":"market","twin":{"name":"other"},"goods":[{"label":"bread"}]}"#,
        );
        api.refuses_to_write(
            r#"createShop(data:{name:"market"}){key}"#,
            3010,
            "A unique constraint would be violated on Shop. Details: Field name = name",
        );
        api.refuses_to_write(
            r#"createShop(data:{key:"s",name:"new"}){key}"#,
            3010,
            "A unique constraint would be violated on Shop. Details: Field name = key",
        );
        api.refuses_to_read(
            "shop(where:{}){key}",
            3040,
            "You provided an invalid argument for the where selector on Shop. Please provide exactly one unique field and value.",
        );
        api.writes(
            r#"deleteManyGoods(where:{label:"bread"}){count}"#,
            r#"{"count":1}"#,
        );
        api.reads(r#"kinds{goods{id}}"#, r#"[{"goods":[]}]"#);
    }
);
