//! Rows 53 to 56: updates and upserts of one node.

const USERS: &str = r#"
type User { id: ID! @id email: String! @unique name: String @default(value: "nobody") rank: Int! @default(value: 1) groups: [Group] }
type Group { id: ID! @id name: String @unique users: [User] }
"#;

suite!(row_53_a_changed_selector_still_answers, USERS, |api| {
    api.write(r#"createUser(data:{id:"u",email:"old"}){id}"#);
    api.writes(
        r#"updateUser(where:{email:"old"},data:{email:"new"}){id email}"#,
        r#"{"id":"u","email":"new"}"#,
    );
    api.reads(r#"user(where:{email:"old"}){id}"#, "null");
    api.refuses_to_write(
        r#"updateUser(where:{email:"old"},data:{name:"x"}){id}"#,
        3039,
        "No Node for the model User with value old for email found.",
    );
});

suite!(row_54_upserts_that_hit_create_nothing, USERS, |api| {
    api.write(r#"createUser(data:{id:"u",email:"old"}){id}"#);
    api.writes(
        r#"upsertUser(where:{email:"old"},create:{email:"other"},update:{email:"new"}){id email}"#,
        r#"{"id":"u","email":"new"}"#,
    );
    api.writes(
        r#"upsertUser(where:{email:"new"},create:{email:"other"},update:{}){id email}"#,
        r#"{"id":"u","email":"new"}"#,
    );
    api.lists("users", "u");
    // Values of the selector are no data.
    api.writes(
        r#"upsertUser(where:{email:"miss"},create:{id:"v",email:"made"},update:{}){email}"#,
        r#"{"email":"made"}"#,
    );
    api.refuses_to_write(
        r#"upsertUser(where:{email:"miss"},create:{email:"made"},update:{}){email}"#,
        3010,
        "A unique constraint would be violated on User. Details: Field name = email",
    );
});

suite!(row_55_upserts_that_miss_use_defaults, USERS, |api| {
    api.writes(
        r#"upsertUser(where:{email:"a"},create:{email:"a"},update:{name:"x"}){name rank}"#,
        r#"{"name":"nobody","rank":1}"#,
    );
    api.writes(
        r#"upsertUser(where:{email:"a"},create:{email:"a"},update:{rank:2}){name rank}"#,
        r#"{"name":"nobody","rank":2}"#,
    );
});

suite!(row_56_only_the_branch_that_runs_has_effects, USERS, |api| {
    api.write(r#"createGroup(data:{id:"g",name:"g"}){id}"#);
    api.write(r#"createGroup(data:{id:"h",name:"h"}){id}"#);
    let upsert = r#"upsertUser(where:{email:"a"},create:{id:"u",email:"a",groups:{connect:[{id:"g"}],create:[{id:"new"}]}},update:{groups:{disconnect:[{id:"g"}],connect:[{id:"h"}],delete:[{id:"new"}]}}){groups{id}}"#;
    api.writes(upsert, r#"{"groups":[{"id":"g"},{"id":"new"}]}"#);
    api.writes(upsert, r#"{"groups":[{"id":"h"}]}"#);
    api.lists("groups", "g h");
});
