//! Rows 15 and 16: selectors of one node.

use crate::api::Api;

const PEOPLE: &str = r"
type Person { id: ID! @id email: String @unique number: Int @unique name: String }
";

fn fill(api: &Api) {
    api.write(r#"a:createPerson(data:{id:"a",email:"a@x",number:1}){id}"#);
    api.write(r#"b:createPerson(data:{id:"b",email:"b@x"}){id}"#);
}

suite!(row_15_a_selector_has_one_value, PEOPLE, |api| {
    fill(api);
    let none = "You provided an invalid argument for the where selector on Person. Please provide exactly one unique field and value.";
    let several = "You provided more than one field for the unique selector on Person. If you want that behavior you can use the many query and combine fields with AND / OR.";
    for selector in ["", "email:null", "id:null,email:null,number:null"] {
        api.refuses_to_read(&format!("person(where:{{{selector}}}){{id}}"), 3040, none);
        api.refuses_to_write(
            &format!("deletePerson(where:{{{selector}}}){{id}}"),
            3040,
            none,
        );
        let update = format!(r#"updatePerson(where:{{{selector}}},data:{{name:"x"}}){{id}}"#);
        api.refuses_to_write(&update, 3040, none);
    }
    let both = r#"id:"a",email:"a@x""#;
    api.refuses_to_read(&format!("person(where:{{{both}}}){{id}}"), 3045, several);
    api.refuses_to_write(
        &format!("deletePerson(where:{{{both}}}){{id}}"),
        3045,
        several,
    );
    let found = r#"{"id":"a"}"#;
    api.reads(r#"person(where:{id:null,email:"a@x"}){id}"#, found);
    api.reads("person(where:{number:1,email:null}){id}", found);
    api.reads(r#"person(where:{email:"nobody@x"}){id}"#, "null");
});

suite!(row_16_filters_combine_unique_fields, PEOPLE, |api| {
    fill(api);
    api.lists(r#"persons(where:{id:"a",email:"a@x"})"#, "a");
    api.lists(r#"persons(where:{id:"a",email:"b@x"})"#, "");
    api.lists(r#"persons(where:{OR:[{id:"a"},{email:"b@x"}]})"#, "a b");
    api.lists(r#"persons(where:{AND:[{id:"a"},{email:"b@x"}]})"#, "");
});
