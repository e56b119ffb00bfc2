//! Rows 38 to 41: values in and out.

use serde_json::json;

use crate::api::assert_invalid;

const ALL: &str = r"
enum Mood { GLAD SAD }
type Thing {
    id: ID! @id
    other: ID
    text: String
    count: Int
    size: Float
    is: Boolean
    at: DateTime
    doc: Json
    mood: Mood
    uuid: UUID
}
";

suite!(row_38_moments, ALL, |api| {
    let table = [
        ("2016", "2016-01-01T00:00:00.000Z"),
        ("2016-07-31", "2016-07-31T00:00:00.000Z"),
        ("2016-W05-1", "2016-02-01T00:00:00.000Z"),
        ("2016-123", "2016-05-02T00:00:00.000Z"),
        ("2016-09-24T12:29:32.342999Z", "2016-09-24T12:29:32.342Z"),
        ("2016-09-24T12:29:32,3", "2016-09-24T12:29:32.300Z"),
        ("2016-09-24T12:29:32+02:30", "2016-09-24T09:59:32.000Z"),
        ("1969-07-20T20:17:40.005Z", "1969-07-20T20:17:40.005Z"),
        ("1901-01-01T00:00:00Z", "1901-01-01T00:00:00.000Z"),
    ];
    for (given, stored) in table {
        let answer = api.write(&format!(r#"createThing(data:{{at:"{given}"}}){{id at}}"#));
        assert_eq!(answer["at"], stored, "{given}");
        // What was given finds it again.
        api.lists(
            &format!(r#"things(where:{{at:"{given}",at_lte:"{stored}"}},last:1)"#),
            answer["id"].as_str().unwrap(),
        );
    }
    for given in ["12:30", "2016Z", "2016-02-30", "2016-07-31 12:00", ""] {
        api.invalid(
            &format!(r#"mutation{{createThing(data:{{at:"{given}"}}){{id}}}}"#),
            "Date value expected",
        );
    }
});

suite!(row_39_documents, ALL, |api| {
    api.writes(
        r#"createThing(data:{doc:"{\"b\": [1.0, 1e3, null], \"a\": {\"ü\": true}}"}){doc}"#,
        r#"{"doc":{"b":[1,1000,null],"a":{"ü":true}}}"#,
    );
    api.writes(r#"createThing(data:{doc:"[]"}){doc}"#, r#"{"doc":[]}"#);
    api.invalid(
        r#"mutation{createThing(data:{doc:{a:1}}){id}}"#,
        "Not valid JSON",
    );
    api.invalid(
        r#"mutation{createThing(data:{doc:"{'a': 1}"}){id}}"#,
        "Not valid JSON",
    );
    let request = "mutation($doc:Json){createThing(data:{doc:$doc}){doc}}";
    for doc in [json!({"deep": [{"er": 1}]}), json!([1, "two"])] {
        let answer = api.send_with(request, &json!({ "doc": doc }));
        assert_eq!(answer["data"]["createThing"]["doc"], doc);
    }
    for doc in [json!("{}"), json!(1), json!(true)] {
        let answer = api.send_with(request, &json!({ "doc": doc }));
        assert_invalid(&answer, "Not valid JSON");
    }
});

suite!(row_40_texts_of_any_length_and_script, ALL, |api| {
    let long = "0123456789abcdef".repeat(25_000);
    let doc = json!({ "long": long });
    let answer = api.send_with(
        "mutation($text:String,$doc:Json){createThing(data:{text:$text,doc:$doc}){text doc}}",
        &json!({ "text": long, "doc": doc }),
    );
    assert_eq!(
        answer["data"]["createThing"],
        json!({ "text": long, "doc": doc })
    );
    let texts = [
        "",
        " leading and trailing ",
        "tab\tnewline\nreturn\r",
        "🦆 👩‍👩‍👧‍👦 \u{10ffff}",
        "e\u{301} is not é",
        "\u{202e}right to left\u{202c} עברית",
        "quotes ' \" ` \\ and $1 ? :a %s",
        "\u{1}\u{7f}\u{feff}",
    ];
    for text in texts {
        let answer = api.send_with(
            "mutation($text:String){createThing(data:{text:$text}){id text}}",
            &json!({ "text": text }),
        );
        let thing = &answer["data"]["createThing"];
        assert_eq!(thing["text"], text, "{answer}");
        let found = api.send_with(
            "query($text:String,$id:ID){things(where:{text:$text,id:$id}){id}}",
            &json!({ "text": text, "id": thing["id"] }),
        );
        assert_eq!(found["data"]["things"][0]["id"], thing["id"], "{text:?}");
    }
});

suite!(row_41_ids_are_texts, ALL, |api| {
    api.writes(
        "createThing(data:{id:12,other:345678901234}){id other}",
        r#"{"id":"12","other":"345678901234"}"#,
    );
    api.reads("thing(where:{id:12}){id}", r#"{"id":"12"}"#);
    api.reads(r#"thing(where:{id:"12"}){id}"#, r#"{"id":"12"}"#);
    api.invalid(
        "{thing(where:{id:true}){id}}",
        "String or Int value expected",
    );
    api.invalid(
        "{thing(where:{id:1.5}){id}}",
        "String or Int value expected",
    );
});

suite!(every_kind_of_value_comes_back, ALL, |api| {
    api.writes(
        r#"createThing(data:{text:"t",count:-2147483648,size:0.00001,is:false,mood:SAD,uuid:"1B4E28BA-2FA1-41D2-883F-0016D3CCA427"}){text count size is at doc mood uuid}"#,
        r#"{"text":"t","count":-2147483648,"size":0.00001,"is":false,"at":null,"doc":null,"mood":"SAD","uuid":"1b4e28ba-2fa1-41d2-883f-0016d3cca427"}"#,
    );
    api.writes(
        "createThing(data:{count:2147483647,size:-1234567.25,is:true}){count size is}",
        r#"{"count":2147483647,"size":-1234567.25,"is":true}"#,
    );
    for (size, shown) in [
        ("1", "1"),
        ("1.50", "1.5"),
        ("1e10", "10000000000"),
        ("0.1", "0.1"),
    ] {
        api.writes(
            &format!("createThing(data:{{size:{size}}}){{size}}"),
            &format!(r#"{{"size":{shown}}}"#),
        );
    }
    let mistakes = [
        ("text:1", "String value expected"),
        ("count:1.0", "Int value expected"),
        ("count:2147483648", "Value is too big to fit in Int"),
        ("size:true", "Float or Int value expected"),
        ("is:0", "Boolean value expected"),
        (r#"mood:"SAD""#, "Enum value expected"),
        (
            "mood:CROSS",
            "Enum value 'CROSS' is undefined in enum type 'Mood'. Known values are: GLAD, SAD.",
        ),
        (r#"uuid:"nonsense""#, "This is not a valid type 4 UUID."),
    ];
    for (given, text) in mistakes {
        api.invalid(
            &format!("mutation{{createThing(data:{{{given}}}){{id}}}}"),
            text,
        );
    }
});
