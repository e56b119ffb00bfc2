//! Row 82, and what must hold when writes meet (attack case list, part 3).

use serde_json::Value;

use crate::api::Api;

/// How many requests come at once.
const CROWD: usize = 64;

const BANK: &str = r"
type Owner { id: ID! @id name: String @unique count: Int cards: [Card] seat: Seat @relation(link: INLINE) tags: [String] @scalarList(strategy: RELATION) }
type Card { id: ID! @id number: Int owner: Owner! }
type Seat { id: ID! @id owner: Owner }
";

/// Sends so many requests at once; all must succeed.
#[track_caller]
fn all_succeed(api: &Api, count: usize, request: impl Fn(usize) -> String) -> Vec<Value> {
    let answers = api.together((0..count).map(|index| format!("mutation{{r:{}}}", request(index))));
    for answer in &answers {
        assert!(answer.get("errors").is_none(), "{answer}");
    }
    answers
        .into_iter()
        .map(|mut answer| answer["data"]["r"].take())
        .collect()
}

suite!(row_82_creations, BANK, |api| {
    all_succeed(api, CROWD, |index| {
        format!(
            r#"createOwner(data:{{name:"o{index}",tags:{{set:["a","b"]}},seat:{{create:{{}}}},cards:{{create:[{{number:{index}}},{{number:0}}]}}}}){{id}}"#
        )
    });
    api.reads(
        "a:ownersConnection(where:{cards_some:{number:0},seat:{}}){aggregate{count}}",
        &format!(r#"{{"aggregate":{{"count":{CROWD}}}}}"#),
    );
});

suite!(row_82_updates_of_one_node, BANK, |api| {
    api.write(r#"createOwner(data:{id:"o",cards:{create:[{id:"c"}]}}){id}"#);
    let answers = all_succeed(api, CROWD, |index| {
        format!(
            r#"updateOwner(where:{{id:"o"}},data:{{count:{index},tags:{{set:["{index}","x"]}},cards:{{create:[{{number:{index}}}],update:[{{where:{{id:"c"}},data:{{number:{index}}}}}]}}}}){{count tags cards(where:{{id:"c"}}){{number}}}}"#
        )
    });
    // What is answered is what this very transaction wrote.
    for (index, answer) in answers.iter().enumerate() {
        let expected =
            format!(r#"{{"count":{index},"tags":["{index}","x"],"cards":[{{"number":{index}}}]}}"#);
        assert_eq!(answer.to_string(), expected);
    }
    let owner = api.read(r#"owner(where:{id:"o"}){count tags cards{number}}"#);
    assert_eq!(
        owner["tags"].to_string(),
        format!(r#"["{}","x"]"#, owner["count"])
    );
    assert_eq!(owner["cards"].as_array().unwrap().len(), CROWD + 1);
});

suite!(row_82_deletions, BANK, |api| {
    for index in 0..CROWD {
        api.write(&format!(
            r#"createOwner(data:{{id:"o{index}",tags:{{set:["x"]}},seat:{{create:{{}}}}}}){{id}}"#
        ));
    }
    all_succeed(api, CROWD, |index| match index % 2 {
        0 => format!(r#"deleteOwner(where:{{id:"o{index}"}}){{id tags}}"#),
        _ => format!(r#"deleteManyOwners(where:{{id:"o{index}"}}){{count}}"#),
    });
    api.lists("owners", "");
});

suite!(upserts_of_one_key_leave_one_node, BANK, |api| {
    for round in 0..4 {
        let answers = all_succeed(api, CROWD, |index| {
            format!(
                r#"upsertOwner(where:{{name:"n{round}"}},create:{{name:"n{round}",count:{index},cards:{{create:[{{}}]}}}},update:{{count:{index}}}){{id name count cards{{id}}}}"#
            )
        });
        let node = api.read(&format!(
            r#"owner(where:{{name:"n{round}"}}){{id cards{{id}}}}"#
        ));
        for (index, answer) in answers.iter().enumerate() {
            assert_eq!(answer["id"], node["id"]);
            assert_eq!(answer["count"], index);
            assert_eq!(answer["cards"], node["cards"]);
        }
    }
    api.reads(
        "ownersConnection{aggregate{count}}",
        r#"{"aggregate":{"count":4}}"#,
    );
});

suite!(
    nested_upserts_of_one_key_leave_one_node,
    r"
type Room { id: ID! @id guests: [Guest] }
type Guest { id: ID! @id name: String! @unique visits: Int rooms: [Room] }
",
    |api| {
        api.write(r#"createRoom(data:{id:"r"}){id}"#);
        all_succeed(api, CROWD, |index| {
            format!(
                r#"updateRoom(where:{{id:"r"}},data:{{guests:{{upsert:[{{where:{{name:"g"}},create:{{name:"g",visits:{index}}},update:{{visits:{index}}}}}]}}}}){{guests{{name}}}}"#
            )
        });
        api.reads("rooms{guests{name}}", r#"[{"guests":[{"name":"g"}]}]"#);
    }
);

suite!(a_seat_has_one_owner, BANK, |api| {
    for round in 0..8 {
        api.write(&format!(r#"createSeat(data:{{id:"s{round}"}}){{id}}"#));
        for index in 0..8 {
            api.write(&format!(
                r#"createOwner(data:{{id:"o{round}x{index}"}}){{id}}"#
            ));
        }
        all_succeed(api, 8, |index| {
            format!(
                r#"updateOwner(where:{{id:"o{round}x{index}"}},data:{{seat:{{connect:{{id:"s{round}"}}}}}}){{seat{{id}}}}"#
            )
        });
        let owners = api.read(&format!(
            r#"owners(where:{{seat:{{id:"s{round}"}}}}){{id}}"#
        ));
        assert_eq!(owners.as_array().unwrap().len(), 1, "{owners}");
        let seat = api.read(&format!(r#"seat(where:{{id:"s{round}"}}){{owner{{id}}}}"#));
        assert_eq!(seat["owner"], owners[0]);
    }
});

suite!(
    a_seat_in_a_table_has_one_owner,
    r"
type Owner { id: ID! @id seat: Seat @relation(link: TABLE) }
type Seat { id: ID! @id owner: Owner }
",
    |api| {
        for round in 0..8 {
            api.write(&format!(r#"createSeat(data:{{id:"s{round}"}}){{id}}"#));
            for index in 0..8 {
                api.write(&format!(
                    r#"createOwner(data:{{id:"o{round}x{index}"}}){{id}}"#
                ));
            }
            all_succeed(api, 8, |index| match index % 2 {
                0 => format!(
                    r#"updateOwner(where:{{id:"o{round}x{index}"}},data:{{seat:{{connect:{{id:"s{round}"}}}}}}){{seat{{id}}}}"#
                ),
                _ => format!(
                    r#"updateSeat(where:{{id:"s{round}"}},data:{{owner:{{connect:{{id:"o{round}x{index}"}}}}}}){{owner{{id}}}}"#
                ),
            });
            let owners = api.read(&format!(
                r#"owners(where:{{seat:{{id:"s{round}"}}}}){{id seat{{id}}}}"#
            ));
            assert_eq!(owners.as_array().unwrap().len(), 1, "{owners}");
            let seat = api.read(&format!(r#"seat(where:{{id:"s{round}"}}){{owner{{id}}}}"#));
            assert_eq!(seat["owner"]["id"], owners[0]["id"]);
        }
    }
);

/// Whatever comes first: a card that is there has an owner, and an owner that was deleted has no cards.
#[track_caller]
fn no_card_without_owner(api: &Api, round: usize) {
    let answer = api.send("{cards{id owner{id}}}");
    assert!(answer.get("errors").is_none(), "round {round}: {answer}");
}

suite!(a_required_owner_is_never_lost, BANK, |api| {
    for round in 0..12 {
        api.write(&format!(
            r#"createOwner(data:{{id:"home{round}",cards:{{create:[{{id:"c{round}"}}]}}}}){{id}}"#
        ));
        api.write(&format!(r#"createOwner(data:{{id:"away{round}"}}){{id}}"#));
        let answers = api.together([
            format!(r#"mutation{{deleteOwner(where:{{id:"away{round}"}}){{id}}}}"#),
            format!(r#"mutation{{updateCard(where:{{id:"c{round}"}},data:{{owner:{{connect:{{id:"away{round}"}}}}}}){{owner{{id}}}}}}"#),
            format!(r#"mutation{{createCard(data:{{owner:{{connect:{{id:"away{round}"}}}}}}){{owner{{id}}}}}}"#),
            format!(r#"mutation{{deleteManyOwners(where:{{id:"away{round}"}}){{count}}}}"#),
        ]);
        for answer in &answers {
            for error in answer["errors"].as_array().into_iter().flatten() {
                let code = error["code"].as_i64();
                assert!(matches!(code, Some(3039 | 3042)), "round {round}: {answer}");
            }
        }
        no_card_without_owner(api, round);
    }
});
