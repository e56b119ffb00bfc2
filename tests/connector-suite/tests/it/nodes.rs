//! Rows 13 and 14: `node` and fragments.

const ZOO: &str = r"
type Keeper { id: ID! @id name: String animals: [Animal] }
type Animal { id: ID! @id name: String keeper: Keeper cage: Cage }
type Cage { id: ID! @id size: Int }
type Ticket { id: Int! @id price: Int }
";

suite!(row_13_node_finds_by_id, ZOO, |api| {
    api.write(r#"createKeeper(data:{id:"k",name:"Ada",animals:{create:[{id:"a",name:"gnu"},{id:"b",name:"yak"}]}}){id}"#);
    api.reads(r#"node(id:"nobody"){id}"#, "null");
    api.reads(r#"node(id:"1"){id}"#, "null");
    api.reads(
        r#"node(id:"k"){id ...on Keeper{animals(first:1){id}} ...K ...on Animal{keeper{id}}}}fragment K on Keeper{name animals(first:1){name ...on Animal{keeper{name}}}"#,
        r#"{"id":"k","animals":[{"id":"a","name":"gnu","keeper":{"name":"Ada"}}],"name":"Ada"}"#,
    );
});

suite!(row_14_types_of_nodes_are_concrete, ZOO, |api| {
    api.write(
        r#"createAnimal(data:{id:"a",cage:{create:{id:"c",size:2}},keeper:{create:{id:"k"}}}){id}"#,
    );
    for (id, name) in [("a", "Animal"), ("c", "Cage"), ("k", "Keeper")] {
        api.reads(
            &format!(r#"node(id:"{id}"){{__typename ...on Node{{__typename}} ...on {name}{{kind:__typename}}}}"#),
            &format!(r#"{{"__typename":"{name}","kind":"{name}"}}"#),
        );
    }
    api.reads(
        "animals{__typename keeper{__typename}}",
        r#"[{"__typename":"Animal","keeper":{"__typename":"Keeper"}}]"#,
    );
});
