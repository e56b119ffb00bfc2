//! Rows 42 to 44: null, and what is not given.

const NOTES: &str = r#"
enum Kind { LONG SHORT }
type Note {
    id: ID! @id
    key: String @unique
    title: String!
    stars: Int! @default(value: 3)
    kind: Kind @default(value: LONG)
    text: String
    book: Book
}
type Book { id: ID! @id name: String notes: [Note] }
"#;

suite!(
    row_42_null_is_null_and_nothing_is_the_default,
    NOTES,
    |api| {
        api.writes(
            r#"createNote(data:{title:"t"}){stars kind text}"#,
            r#"{"stars":3,"kind":"LONG","text":null}"#,
        );
        api.writes(
            r#"createNote(data:{title:"t",kind:null,text:null}){stars kind text}"#,
            r#"{"stars":3,"kind":null,"text":null}"#,
        );
        let answer = api.send(
        r#"mutation{a:createNote(data:{title:"a",text:null,kind:null}){text kind}b:createNote(data:{title:"b",text:"x",kind:SHORT}){text kind}}"#,
    );
        assert_eq!(
            answer["data"].to_string(),
            r#"{"a":{"text":null,"kind":null},"b":{"text":"x","kind":"SHORT"}}"#
        );
    }
);

suite!(row_43_what_is_required_cannot_be_null, NOTES, |api| {
    api.write(r#"createNote(data:{id:"n",title:"t"}){id}"#);
    let to_null = |field: &str| {
        format!(
            "You are trying to set a required field to null. If you are using GraphQL arguments, make sure that you specify a value for all arguments. Fieldname if known: {field}"
        )
    };
    api.refuses_to_write(
        r#"updateNote(where:{id:"n"},data:{title:null}){id}"#,
        3020,
        &to_null("title"),
    );
    api.refuses_to_write(
        r#"updateNote(where:{id:"n"},data:{stars:null,title:null,text:"x"}){id}"#,
        3020,
        &to_null("title"),
    );
    api.refuses_to_write(
        "updateManyNotes(data:{stars:null}){count}",
        3020,
        &to_null("stars"),
    );
    let invalid = "The input value null was not valid for field stars of type Note.";
    api.refuses_to_write(
        r#"createNote(data:{title:"t",stars:null}){id}"#,
        3036,
        invalid,
    );
    // The branch that will not run is looked at, too.
    api.refuses_to_write(
        r#"upsertNote(where:{id:"n"},create:{title:"t",stars:null},update:{text:"y"}){id}"#,
        3036,
        invalid,
    );
    api.invalid(
        "mutation{createNote(data:{}){id}}",
        "Reason: 'title' Not-null field 'title' of type 'String!' defined in the 'NoteCreateInput' input type is missing.",
    );
    api.reads(
        "notes{title stars text}",
        r#"[{"title":"t","stars":3,"text":null}]"#,
    );
});

suite!(row_44_nulls_of_unique_fields_are_many, NOTES, |api| {
    for (id, key) in [("a", "null"), ("b", "null"), ("c", r#""k""#)] {
        api.write(&format!(
            r#"createNote(data:{{id:"{id}",title:"t",key:{key},book:{{create:{{id:"{id}b",name:"old"}}}}}}){{id}}"#
        ));
    }
    api.writes(
        r#"updateNote(where:{key:"k"},data:{key:null,book:{update:{name:"new"}}}){id key book{name}}"#,
        r#"{"id":"c","key":null,"book":{"name":"new"}}"#,
    );
    api.reads(
        "notes{key book{name}}",
        r#"[{"key":null,"book":{"name":"old"}},{"key":null,"book":{"name":"old"}},{"key":null,"book":{"name":"new"}}]"#,
    );
});

suite!(null_in_relations_means_nothing, NOTES, |api| {
    api.write(
        r#"createBook(data:{id:"b",notes:{create:[{id:"n",title:"t"},{id:"m",title:"t"}]}}){id}"#,
    );
    api.writes(
        r#"updateBook(where:{id:"b"},data:{notes:null,name:"x"}){name notes{id}}"#,
        r#"{"name":"x","notes":[{"id":"m"},{"id":"n"}]}"#,
    );
    api.writes(
        r#"updateBook(where:{id:"b"},data:{notes:{create:null,connect:null,delete:null}}){notes{id}}"#,
        r#"{"notes":[{"id":"m"},{"id":"n"}]}"#,
    );
    api.writes(
        r#"updateNote(where:{id:"n"},data:{book:{disconnect:false,delete:null}}){book{id}}"#,
        r#"{"book":{"id":"b"}}"#,
    );
    api.writes(
        r#"updateBook(where:{id:"b"},data:{notes:{set:null}}){notes{id}}"#,
        r#"{"notes":[]}"#,
    );
});
