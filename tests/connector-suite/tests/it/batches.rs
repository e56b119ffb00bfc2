//! Row 77: updates and deletions of many.

use crate::api::Api;

const STOCK: &str = r"
type Shelf { id: ID! @id name: String items: [Item] }
type Item { id: ID! @id n: Int code: String @unique shelf: Shelf }
";

fn fill(api: &Api) {
    api.write(r#"createShelf(data:{id:"s",name:"full",items:{create:[{id:"a",n:1},{id:"b",n:2},{id:"c",n:2}]}}){id}"#);
    api.write(r#"createItem(data:{id:"d",n:2}){id}"#);
}

suite!(row_77_batches_count_what_they_match, STOCK, |api| {
    fill(api);
    let count = |mutation: &str, count: usize| {
        api.writes(
            &format!("{mutation}{{count}}"),
            &format!(r#"{{"count":{count}}}"#),
        );
    };
    count("updateManyItems(where:{n:2},data:{n:2})", 3);
    count("updateManyItems(where:{n:2},data:{})", 3);
    count("updateManyItems(data:{n:5})", 4);
    count("updateManyItems(where:null,data:{n:6})", 4);
    count("updateManyItems(where:{},data:{n:7})", 4);
    count("updateManyItems(where:{n:99},data:{n:1})", 0);
    count(
        r#"updateManyItems(where:{shelf:{name:"full"}},data:{n:8})"#,
        3,
    );
    api.lists("items(where:{n:8})", "a b c");
    count(r#"deleteManyItems(where:{OR:[{shelf:null},{id:"a"}]})"#, 2);
    count("deleteManyItems(where:{n:99})", 0);
    count("deleteManyShelves(where:{items_some:{n:8}})", 1);
    api.reads(
        "items{id shelf{id}}",
        r#"[{"id":"b","shelf":null},{"id":"c","shelf":null}]"#,
    );
    count("deleteManyItems", 2);
    count("deleteManyItems(where:{})", 0);
});

suite!(row_77_batches_keep_unique_fields_unique, STOCK, |api| {
    fill(api);
    let taken = "A unique constraint would be violated on Item. Details: Field name = code";
    api.refuses_to_write(
        r#"updateManyItems(data:{code:"x",n:0}){count}"#,
        3010,
        taken,
    );
    api.lists("items(where:{n:0})", "");
    api.writes(
        r#"updateManyItems(where:{id:"a"},data:{code:"x"}){count}"#,
        r#"{"count":1}"#,
    );
    api.refuses_to_write(
        r#"updateManyItems(where:{id:"b"},data:{code:"x"}){count}"#,
        3010,
        taken,
    );
    api.writes("updateManyItems(data:{code:null}){count}", r#"{"count":4}"#);
});
