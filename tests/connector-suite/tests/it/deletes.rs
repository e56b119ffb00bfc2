//! Rows 73 to 76: deletions and what they take along.

use serde_json::json;

use crate::api::Api;

const HOUSE: &str = r"
type House { id: ID! @id name: String rooms: [Room] owner: Owner }
type Room { id: ID! @id house: House! things: [Thing] }
type Thing { id: ID! @id rooms: [Room] tags: [String] @scalarList(strategy: RELATION) }
type Owner { id: ID! @id houses: [House] }
";

suite!(row_73_what_is_needed_stays, HOUSE, |api| {
    api.write(r#"createHouse(data:{id:"h",name:"old",rooms:{create:[{id:"r"}]}}){id}"#);
    api.write(r#"createHouse(data:{id:"i"}){id}"#);
    let violated = "The change you are trying to make would violate the required relation 'HouseToRoom' between House and Room";
    api.refuses_to_write(r#"deleteHouse(where:{id:"h"}){id}"#, 3042, violated);
    api.refuses_to_write("deleteManyHouses{count}", 3042, violated);
    api.refuses_to_write(
        r#"deleteManyHouses(where:{name:"old"}){count}"#,
        3042,
        violated,
    );
    api.lists("houses", "h i");
    api.writes(
        r#"deleteManyHouses(where:{name:null}){count}"#,
        r#"{"count":1}"#,
    );
    api.writes(
        r#"deleteRoom(where:{id:"r"}){house{id}}"#,
        r#"{"house":{"id":"h"}}"#,
    );
    api.writes(r#"deleteHouse(where:{id:"h"}){id}"#, r#"{"id":"h"}"#);
});

suite!(row_74_links_go_with_their_node, HOUSE, |api| {
    api.write(r#"createOwner(data:{id:"o",houses:{create:[{id:"h"},{id:"i",rooms:{create:[{id:"r",things:{create:[{id:"t",tags:{set:["x"]}}]}}]}}]}}){id}"#);
    api.write(r#"deleteHouse(where:{id:"h"}){id}"#);
    api.writes(
        r#"deleteThing(where:{id:"t"}){id tags rooms{id house{owner{id}}}}"#,
        r#"{"id":"t","tags":["x"],"rooms":[{"id":"r","house":{"owner":{"id":"o"}}}]}"#,
    );
    api.reads(
        "owners{houses{id rooms{things{id}}}}",
        r#"[{"houses":[{"id":"i","rooms":[{"things":[]}]}]}]"#,
    );
    api.write(r#"deleteOwner(where:{id:"o"}){id}"#);
    api.reads("houses{id owner{id}}", r#"[{"id":"i","owner":null}]"#);
    api.refuses_to_write(
        r#"deleteOwner(where:{id:"o"}){id}"#,
        3039,
        "No Node for the model Owner with value o for id found.",
    );
});

const LINE: &str = r#"
type Parent { id: ID! @id name: String children: [Child] @relation(name: "PC", onDelete: CASCADE) friends: [Child] @relation(name: "Friends") }
type Child { id: ID! @id parent: Parent! @relation(name: "PC") friendOf: Parent @relation(name: "Friends") grand: [Grand] @relation(onDelete: CASCADE) }
type Grand { id: ID! @id child: Child guards: [Guard] }
type Guard { id: ID! @id ward: Grand! }
"#;

fn fill(api: &Api, parent: &str) {
    api.write(&format!(
        r#"createParent(data:{{id:"{parent}",children:{{create:[{{id:"{parent}c",grand:{{create:[{{id:"{parent}g"}},{{id:"{parent}h"}}]}}}},{{id:"{parent}d"}}]}}}}){{id}}"#
    ));
}

suite!(row_75_cascades_reach_down, LINE, |api| {
    for parent in ["p", "q", "r"] {
        fill(api, parent);
    }
    api.write(r#"updateParent(where:{id:"p"},data:{friends:{connect:[{id:"qc"}]}}){id}"#);
    api.writes(
        r#"deleteParent(where:{id:"p"}){children{id grand{id}}}"#,
        r#"{"children":[{"id":"pc","grand":[{"id":"pg"},{"id":"ph"}]},{"id":"pd","grand":[]}]}"#,
    );
    // The other relation between the two models takes nobody along.
    api.lists("children", "qc qd rc rd");
    api.lists("grands", "qg qh rg rh");
    api.write(r#"updateParent(where:{id:"q"},data:{children:{delete:[{id:"qc"}]}}){id}"#);
    api.lists("grands", "rg rh");
    api.writes(
        r#"deleteManyParents(where:{id_not:"q"}){count}"#,
        r#"{"count":1}"#,
    );
    api.lists("children", "qd");
    api.lists("grands", "");
});

suite!(row_75_a_violation_anywhere_stops_a_cascade, LINE, |api| {
    fill(api, "p");
    api.write(r#"createGuard(data:{id:"w",ward:{connect:{id:"ph"}}}){id}"#);
    let violated = "The change you are trying to make would violate the required relation 'GrandToGuard' between Grand and Guard";
    for mutation in [
        r#"deleteParent(where:{id:"p"}){id}"#,
        "deleteManyParents{count}",
        r#"updateParent(where:{id:"p"},data:{children:{delete:[{id:"pd"},{id:"pc"}]}}){id}"#,
        r#"updateParent(where:{id:"p"},data:{name:"x",children:{deleteMany:[{}]}}){id}"#,
    ] {
        api.refuses_to_write(mutation, 3042, violated);
    }
    api.reads("parents{name children{grand{guards{id}}}}", r#"[{"name":null,"children":[{"grand":[{"guards":[]},{"guards":[{"id":"w"}]}]},{"grand":[]}]}]"#);
});

suite!(
    row_75_circles_and_both_sides,
    r#"
    type Bead { id: ID! @id next: Bead @relation(name: "Ring", link: INLINE, onDelete: CASCADE) before: Bead @relation(name: "Ring") }
    type Left { id: ID! @id rights: [Right] @relation(onDelete: CASCADE) }
    type Right { id: ID! @id lefts: [Left] @relation(onDelete: CASCADE) }
    type One { id: ID! @id many: [Many] @relation(onDelete: CASCADE) }
    type Many { id: ID! @id ones: [One] }
    "#,
    |api| {
        api.write(r#"createBead(data:{id:"a",next:{create:{id:"b",next:{create:{id:"c"}}}}}){id}"#);
        api.write(r#"updateBead(where:{id:"c"},data:{next:{connect:{id:"a"}}}){id}"#);
        api.write(r#"createBead(data:{id:"s",next:{create:{id:"t"}}}){id}"#);
        api.write(r#"updateBead(where:{id:"t"},data:{next:{connect:{id:"t"}}}){id}"#);
        api.writes(r#"deleteBead(where:{id:"b"}){id}"#, r#"{"id":"b"}"#);
        api.lists("beads", "s t");
        api.write(r#"deleteBead(where:{id:"t"}){id}"#);
        api.lists("beads", "s");
        // With both sides the whole connected cluster goes.
        api.write(r#"createLeft(data:{id:"l",rights:{create:[{id:"r"}]}}){id}"#);
        api.write(r#"createLeft(data:{id:"m",rights:{connect:[{id:"r"}],create:[{id:"q"}]}}){id}"#);
        api.write(r#"createLeft(data:{id:"n",rights:{create:[{id:"z"}]}}){id}"#);
        api.writes(r#"deleteRight(where:{id:"q"}){id}"#, r#"{"id":"q"}"#);
        api.lists("lefts", "n");
        api.lists("rights", "z");
        // With one side shared children go, and their other parents stay.
        api.write(r#"createOne(data:{id:"o",many:{create:[{id:"x"}]}}){id}"#);
        api.write(r#"createOne(data:{id:"p",many:{connect:[{id:"x"}],create:[{id:"y"}]}}){id}"#);
        api.write(r#"deleteOne(where:{id:"o"}){id}"#);
        api.reads("ones{id many{id}}", r#"[{"id":"p","many":[{"id":"y"}]}]"#);
    }
);

suite!(
    row_75_siblings_that_still_need_a_parent,
    r"
    type Trunk { id: ID! @id twigs: [Twig] }
    type Twig { id: ID! @id trunk: Trunk! @relation(onDelete: CASCADE) }
    ",
    |api| {
        api.write(r#"createTrunk(data:{id:"t",twigs:{create:[{id:"a"},{id:"b"}]}}){id}"#);
        api.refuses_to_write(
            r#"deleteTwig(where:{id:"a"}){id}"#,
            3042,
            "The change you are trying to make would violate the required relation 'TrunkToTwig' between Trunk and Twig",
        );
        api.lists("twigs", "a b");
        api.writes("deleteManyTwigs{count}", r#"{"count":2}"#);
        api.lists("trunks", "");
    }
);

suite!(
    row_76_more_ids_than_a_statement_has_parameters,
    r"
    type Crowd { id: ID! @id members: [Member] @relation(onDelete: CASCADE) }
    type Member { id: ID! @id n: Int! crowd: Crowd }
    ",
    |api| {
        const COUNT: usize = 40_000;
        let members: Vec<_> = (0..COUNT / 32)
            .map(|index| json!({ "id": index, "n": index }))
            .collect();
        let answer = api.send_with(
            r#"mutation($members:[MemberCreateWithoutCrowdInput!]!){createCrowd(data:{id:"c",members:{create:$members}}){id}}"#,
            &json!({ "members": members }),
        );
        assert!(answer.get("errors").is_none(), "{answer}");
        // Five times twice as many, by the database's own means: nodes are made one by one.
        let table = api.table("Member");
        for letter in ["a", "b", "c", "d", "e"] {
            let copy = format!(
                "insert into {table} select concat('{letter}', m.id), n, crowd from {table} m"
            );
            let answer = api.send_with(
                "mutation($sql:String!){executeRaw(query:$sql)}",
                &json!({ "sql": copy }),
            );
            assert!(answer.get("errors").is_none(), "{answer}");
        }
        let ids = api.read("members{id}");
        let ids: Vec<_> = ids
            .as_array()
            .unwrap()
            .iter()
            .map(|member| &member["id"])
            .collect();
        let answer = api.send_with(
            "query($ids:[ID!]){membersConnection(where:{id_in:$ids}){aggregate{count}}}",
            &json!({ "ids": ids }),
        );
        assert_eq!(
            answer["data"]["membersConnection"]["aggregate"]["count"],
            COUNT
        );
        api.writes(
            "updateManyMembers(data:{n:1}){count}",
            &format!(r#"{{"count":{COUNT}}}"#),
        );
        api.writes(r#"deleteCrowd(where:{id:"c"}){id}"#, r#"{"id":"c"}"#);
        api.reads(
            "membersConnection{aggregate{count}}",
            r#"{"aggregate":{"count":0}}"#,
        );
    }
);
