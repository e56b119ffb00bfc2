//! Row 84: variables.

use serde_json::json;

const NOTES: &str = r"
type Note { id: ID! @id title: String stars: Int tags: [String] @scalarList(strategy: RELATION) topics: [Topic] }
type Topic { id: ID! @id name: String }
";

suite!(
    row_84_variables_that_are_not_given_are_not_there,
    NOTES,
    |api| {
        let create = "mutation($id:ID,$title:String,$stars:Int){createNote(data:{id:$id,title:$title,stars:$stars}){title stars}}";
        api.send_with(create, &json!({ "id": "n", "title": "old", "stars": 1 }));
        let update = r#"mutation($title:String,$stars:Int=7){updateNote(where:{id:"n"},data:{title:$title,stars:$stars}){title stars}}"#;
        let after = |variables| api.send_with(update, &variables)["data"]["updateNote"].to_string();
        assert_eq!(after(json!({})), r#"{"title":"old","stars":7}"#);
        assert_eq!(
            after(json!({ "stars": null })),
            r#"{"title":"old","stars":null}"#
        );
        assert_eq!(
            after(json!({ "title": null, "stars": 2 })),
            r#"{"title":null,"stars":2}"#
        );
        let find = "query($where:NoteWhereInput,$first:Int,$order:NoteOrderByInput){notes(where:$where,first:$first,orderBy:$order){id}}";
        for variables in [
            json!({}),
            json!({ "where": null, "first": null, "order": null }),
        ] {
            assert_eq!(
                api.send_with(find, &variables)["data"]["notes"],
                json!([{ "id": "n" }])
            );
        }
    }
);

suite!(row_84_single_values_are_lists_of_one, NOTES, |api| {
    let answer = api.send_with(
        "mutation($tags:[String!],$topics:[TopicCreateInput!]){createNote(data:{id:\"n\",tags:{set:$tags},topics:{create:$topics}}){tags topics{name}}}",
        &json!({ "tags": "one", "topics": { "name": "t" } }),
    );
    assert_eq!(
        answer["data"]["createNote"].to_string(),
        r#"{"tags":["one"],"topics":[{"name":"t"}]}"#
    );
    let find = "query($ids:[ID!],$or:[NoteWhereInput!]){notes(where:{id_in:$ids,OR:$or}){id}}";
    let answer = api.send_with(find, &json!({ "ids": "n", "or": { "stars": null } }));
    assert_eq!(answer["data"]["notes"], json!([{ "id": "n" }]));
    api.lists(r#"notes(where:{id_in:"n",AND:{stars:null}})"#, "n");
});

suite!(row_84_variables_in_every_position, NOTES, |api| {
    let answer = api.send_with(
        "mutation($id:ID!,$name:String!,$set:[String!]){createNote(data:{id:$id,topics:{create:[{id:$id,name:$name},{id:\"z\",name:\"fixed\"}]},tags:{set:$set}}){topics(where:{name:$name}){id name}tags}}",
        &json!({ "id": "n", "name": "x", "set": ["a", "b"] }),
    );
    assert_eq!(
        answer["data"]["createNote"].to_string(),
        r#"{"topics":[{"id":"n","name":"x"}],"tags":["a","b"]}"#
    );
    let pages = "query($first:Int,$after:String){topics(first:$first,after:$after){id}}";
    for (variables, found) in [
        (json!({ "first": 1 }), json!([{ "id": "n" }])),
        (json!({ "after": "n" }), json!([{ "id": "z" }])),
        (json!({ "first": 0, "after": null }), json!([])),
        (json!({}), json!([{ "id": "n" }, { "id": "z" }])),
    ] {
        assert_eq!(api.send_with(pages, &variables)["data"]["topics"], found);
    }
});
