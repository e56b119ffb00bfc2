//! Rows 48 to 50: scalar lists.

const BAGS: &str = r#"
enum Size { S M L }
type Bag {
    id: ID! @id
    name: String
    updatedAt: DateTime! @updatedAt
    texts: [String] @scalarList(strategy: RELATION)
    ints: [Int!]! @scalarList(strategy: RELATION)
    floats: [Float] @scalarList(strategy: RELATION)
    flags: [Boolean] @scalarList(strategy: RELATION)
    moments: [DateTime] @scalarList(strategy: RELATION)
    docs: [Json] @scalarList(strategy: RELATION)
    ids: [ID] @scalarList(strategy: RELATION)
    sizes: [Size] @scalarList(strategy: RELATION)
    owner: Owner
}
type Owner { id: ID! @id bags: [Bag] }
"#;

suite!(row_48_lists_keep_their_order, BAGS, |api| {
    api.writes(
        r#"createBag(data:{id:"b",texts:{set:["z","a","z",""]},ints:{set:[3,1,2]},floats:{set:[1,2.5]},flags:{set:[true,false]},moments:{set:["2020","1969-12-31T23:59:59.999"]},docs:{set:["{\"a\":1}","[]"]},ids:{set:["i",7]},sizes:{set:[L,S]}}){texts ints floats flags moments docs ids sizes}"#,
        r#"{"texts":["z","a","z",""],"ints":[3,1,2],"floats":[1,2.5],"flags":[true,false],"moments":["2020-01-01T00:00:00.000Z","1969-12-31T23:59:59.999Z"],"docs":[{"a":1},[]],"ids":["i","7"],"sizes":["L","S"]}"#,
    );
    for (given, stored) in [
        (r#"["only"]"#, r#"["only"]"#),
        (r#"["a","b","c","d","e"]"#, r#"["a","b","c","d","e"]"#),
        ("[]", "[]"),
        (r#""single""#, r#"["single"]"#),
    ] {
        api.writes(
            &format!(r#"updateBag(where:{{id:"b"}},data:{{texts:{{set:{given}}}}}){{texts ints}}"#),
            &format!(r#"{{"texts":{stored},"ints":[3,1,2]}}"#),
        );
    }
    for nothing in ["null", "{}"] {
        api.writes(
            &format!(r#"updateBag(where:{{id:"b"}},data:{{texts:{nothing}}}){{texts}}"#),
            r#"{"texts":["single"]}"#,
        );
    }
    api.writes(
        r#"updateBag(where:{id:"b"},data:{texts:{set:null}}){texts}"#,
        r#"{"texts":[]}"#,
    );
    api.writes(
        "createBag(data:{}){texts ints}",
        r#"{"texts":[],"ints":[]}"#,
    );
});

suite!(row_49_lists_everywhere_in_writes, BAGS, |api| {
    api.writes(
        r#"createOwner(data:{id:"o",bags:{create:[{id:"a",ints:{set:[1,2]}},{id:"b",ints:{set:[3]}}]}}){bags{ints}}"#,
        r#"{"bags":[{"ints":[1,2]},{"ints":[3]}]}"#,
    );
    api.writes(
        r#"updateOwner(where:{id:"o"},data:{bags:{update:[{where:{id:"a"},data:{ints:{set:[9,8,7]}}}],upsert:[{where:{id:"b"},create:{ints:{set:[0]}},update:{ints:{set:[5]}}},{where:{id:"x"},create:{id:"c",ints:{set:[6]}},update:{ints:{set:[0]}}}]}}){bags{ints}}"#,
        r#"{"bags":[{"ints":[9,8,7]},{"ints":[5]},{"ints":[6]}]}"#,
    );
    api.writes(
        r#"updateManyBags(where:{id_in:["a","c"]},data:{ints:{set:[4,4]}}){count}"#,
        r#"{"count":2}"#,
    );
    api.writes(
        r#"updateOwner(where:{id:"o"},data:{bags:{updateMany:[{where:{id:"c"},data:{ints:{set:[]}}}]}}){bags{ints}}"#,
        r#"{"bags":[{"ints":[4,4]},{"ints":[5]},{"ints":[]}]}"#,
    );
    // A new node with an old id finds no lists of its predecessor.
    for delete in [
        r#"deleteBag(where:{id:"a"}){id}"#,
        r#"deleteManyBags(where:{id:"a"}){count}"#,
        r#"updateOwner(where:{id:"o"},data:{bags:{delete:[{id:"a"}]}}){id}"#,
    ] {
        api.write(delete);
        api.writes(
            r#"createBag(data:{id:"a",owner:{connect:{id:"o"}}}){ints}"#,
            r#"{"ints":[]}"#,
        );
        api.write(r#"updateBag(where:{id:"a"},data:{ints:{set:[1]}}){id}"#);
    }
});

suite!(row_50_lists_count_as_changes, BAGS, |api| {
    let before = api.write(r#"createBag(data:{id:"b",ints:{set:[1]}}){updatedAt}"#);
    crate::timestamps::pause();
    for (data, changes) in [
        ("{ints:{set:[1]}}", true),
        ("{texts:{set:[]}}", true),
        ("{texts:null}", false),
        ("{texts:{}}", false),
        ("{}", false),
    ] {
        api.write(r#"updateManyBags(data:{name:"reset"}){count}"#);
        let before_this = api.read(r#"bag(where:{id:"b"}){updatedAt}"#);
        assert_ne!(before, before_this);
        crate::timestamps::pause();
        let after = api.write(&format!(
            r#"updateBag(where:{{id:"b"}},data:{data}){{updatedAt}}"#
        ));
        assert_eq!(before_this != after, changes, "{data}");
    }
});
