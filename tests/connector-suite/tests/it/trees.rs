//! Creates of many nodes at once: the same answers, the same order of errors as one after the other (api.md §4.3).

use crate::api::Api;

const SHOP: &str = r#"
type Artist { id: Int! @id(strategy: AUTO) name: String @unique albums: [Album] label: Label @relation(link: INLINE) }
type Album { id: Int! @id(strategy: AUTO) title: String! @unique price: Float year: Int artist: Artist! @relation(link: INLINE) songs: [Song] }
type Song { id: ID! @id name: String album: Album @relation(link: INLINE) genre: Genre @relation(link: INLINE) moods: [Mood] next: Song @relation(name: "Order", link: INLINE) before: [Song] @relation(name: "Order") }
type Genre { id: ID! @id name: String! @unique songs: [Song] }
type Mood { id: Int! @id(strategy: AUTO) name: String! @unique rank: Int @unique songs: [Song] }
type Label { id: ID! @id name: String! @unique artists: [Artist] }
"#;

fn fill(api: &Api) {
    for name in ["rock", "folk"] {
        api.write(&format!(
            r#"createGenre(data:{{id:"{name}",name:"{name}"}}){{id}}"#
        ));
    }
    for rank in 1..=3 {
        api.write(&format!(
            r#"createMood(data:{{name:"m{rank}",rank:{rank}}}){{id}}"#
        ));
    }
    api.write(r#"createLabel(data:{id:"l",name:"L"}){id}"#);
}

suite!(trees_are_answered_as_they_are_read, SHOP, |api| {
    fill(api);
    let selections = [
        "name albums{title price}",
        "albums{year songs{id name moods{name}} title} name",
        "name albums{title artist{name albums{title}}}",
        "albums(orderBy:title_DESC){title} label{name}",
        "albums(first:1){title} more:albums{title year}",
        "albums(where:{title_contains:\"1\"}){title} name",
        "albums{songs{id album{title} genre{name songs{id}} next{id} before{id}}}",
        "albums{songs(orderBy:id_ASC){id name moods{name rank}}} label{artists{name}}",
        "__typename albums{__typename}",
    ];
    for (number, selection) in selections.iter().enumerate() {
        let written = api.write(&format!(
            r#"createArtist(data:{{name:"a{number}",label:{{connect:{{name:"L"}}}},albums:{{create:[
                {{title:"{number}1",price:0.1,songs:{{create:[{{id:"s{number}a",name:"A"}},{{id:"s{number}b",name:"B"}}]}}}},
                {{title:"{number}2",year:1970}},{{title:"{number}3",year:1971}},
                {{title:"{number}4",songs:{{create:[{{id:"s{number}d",genre:{{connect:{{name:"rock"}}}},moods:{{connect:[{{name:"m1"}},{{rank:2}},{{rank:1}}]}}}},
                    {{id:"s{number}c",genre:{{connect:{{id:"folk"}}}}}}]}}}}]}}}}){{{selection}}}"#
        ));
        let read = api.read(&format!(
            r#"artist(where:{{name:"a{number}"}}){{{selection}}}"#
        ));
        assert_eq!(written.to_string(), read.to_string(), "{selection}");
    }
    api.reads(
        r#"songs(where:{id_in:["s0a","s0c","s0d"]}){id genre{name} moods{name}}"#,
        r#"[{"id":"s0a","genre":null,"moods":[]},{"id":"s0c","genre":{"name":"folk"},"moods":[]},{"id":"s0d","genre":{"name":"rock"},"moods":[{"name":"m1"},{"name":"m2"}]}]"#,
    );
});

suite!(trees_of_new_rows_alone_are_answered_in_order, SHOP, |api| {
    let albums: Vec<String> = (0..21)
        .map(|number| format!(r#"{{title:"t{number}"}}"#))
        .collect();
    let artist = format!(
        r#"createArtist(data:{{name:"a",albums:{{create:[{}]}}}}){{name albums{{id title}}}}"#,
        albums.join(",")
    );
    let written = api.write(&artist);
    api.reads(
        r#"artist(where:{name:"a"}){name albums{id title}}"#,
        &written.to_string(),
    );
    let titles: Vec<String> = (0..21).map(|number| format!("t{number}")).collect();
    let listed = written["albums"].as_array().unwrap();
    assert!(listed.iter().map(|album| &album["title"]).eq(&titles));
});

const MISSING: &str = "No Node for the model Genre with value none for name found.";
const TAKEN: &str = "A unique constraint would be violated on Album. Details: Field name = title";

suite!(trees_refuse_what_comes_first, SHOP, |api| {
    fill(api);
    api.write(r#"createArtist(data:{albums:{create:[{title:"old"}]}}){id}"#);
    let missing = r#"{title:"x",songs:{create:[{genre:{connect:{name:"none"}}}]}}"#;
    let taken = r#"{title:"old"}"#;
    for (albums, code, text) in [
        (format!("{missing},{taken}"), 3039, MISSING),
        (format!("{taken},{missing}"), 3010, TAKEN),
        (format!("{taken},{taken}"), 3010, TAKEN),
        (
            format!(r#"{{title:"new"}},{{title:"new"}},{missing}"#),
            3010,
            TAKEN,
        ),
    ] {
        api.refuses_to_write(
            &format!(
                r#"createArtist(data:{{name:"n",albums:{{create:[{albums}]}}}}){{albums{{id}}}}"#
            ),
            code,
            text,
        );
    }
    api.refuses_to_write(
        r#"createSong(data:{name:"n",genre:{connect:{id:"none"}},moods:{connect:{rank:1}}}){id}"#,
        3039,
        "No Node for the model Genre with value none for id found.",
    );
    // All or nothing.
    api.reads("albums{title}", r#"[{"title":"old"}]"#);
    api.reads("songs{id}", "[]");
});

suite!(trees_connect_what_was_made_before, SHOP, |api| {
    let song = |id: &str, next: &str| {
        let next = match next {
            "" => String::new(),
            next => format!(r#",next:{{connect:{{id:"{next}"}}}}"#),
        };
        format!(r#"{{id:"{id}"{next}}}"#)
    };
    let album = |songs: &[String]| {
        format!(
            r#"createAlbum(data:{{title:"t",artist:{{create:{{}}}},songs:{{create:[{}]}}}}){{songs{{id next{{id}}}}}}"#,
            songs.join(",")
        )
    };
    api.refuses_to_write(
        &album(&[song("a", "b"), song("b", "")]),
        3039,
        "No Node for the model Song with value b for id found.",
    );
    api.writes(
        &album(&[song("b", ""), song("a", "b"), song("c", "b")]),
        r#"{"songs":[{"id":"a","next":{"id":"b"}},{"id":"b","next":null},{"id":"c","next":{"id":"b"}}]}"#,
    );
});

suite!(trees_do_without_a_label_that_is_gone, SHOP, |api| {
    // Creates and deletions of the node that they connect: either comes first, and no link is left without its end.
    for round in 0..20 {
        api.write(&format!(
            r#"createLabel(data:{{id:"l{round}",name:"l{round}"}}){{id}}"#
        ));
        let create = |by: &str| {
            format!(
                r#"mutation{{createArtist(data:{{name:"{by}{round}",label:{{connect:{{{by}:"l{round}"}}}},albums:{{create:[{{title:"{by}{round}"}}]}}}}){{label{{name}}}}}}"#
            )
        };
        let delete = format!(r#"mutation{{deleteLabel(where:{{id:"l{round}"}}){{id}}}}"#);
        for answer in api.together([create("id"), delete, create("name")]) {
            let error = &answer["errors"][0]["code"];
            assert!(error.is_null() || *error == 3039, "{answer}");
        }
    }
    api.reads("labels{id}", "[]");
    let artists = api.read("artists{name albums{title} label{id}}");
    for artist in artists.as_array().unwrap() {
        assert!(artist["label"].is_null(), "{artist}");
        assert_eq!(artist["albums"][0]["title"], artist["name"]);
    }
});
