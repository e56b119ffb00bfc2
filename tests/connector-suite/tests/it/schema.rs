//! Rows 4 to 12: shapes of the derived schema that are easily missed.

const POSTS: &str = r"
type User { id: ID! @id name: String posts: [Post] }
type Post { id: ID! @id title: String! author: User! }
";

suite!(row_04_lists_are_null_or_not, POSTS, |api| {
    let types = [
        ("Query.users", "[User]!"),
        ("User.posts", "[Post!]"),
        ("UserConnection.edges", "[UserEdge]!"),
        ("UserEdge.node", "User!"),
        ("Query.user", "User"),
        ("Mutation.createUser", "User!"),
        ("Mutation.updateUser", "User"),
        ("Mutation.deleteUser", "User"),
        ("Mutation.upsertUser", "User!"),
        ("Mutation.deleteManyUsers", "BatchPayload!"),
    ];
    for (path, expected) in types {
        assert_eq!(api.type_of(path).as_deref(), Some(expected), "{path}");
    }
});

suite!(row_05_what_is_required_is_not_taken_away, POSTS, |api| {
    let fields = api.fields_of("UserUpdateOneRequiredWithoutPostsInput");
    assert_eq!(fields.as_deref(), Some("create connect update upsert"));
    api.write(r#"createUser(data:{id:"u",posts:{create:[{id:"p",title:"t"}]}}){id}"#);
    for operation in ["disconnect", "delete"] {
        api.invalid(
            &format!(r#"mutation{{updatePost(where:{{id:"p"}},data:{{author:{{{operation}:true}}}}){{id}}}}"#),
            &format!("Reason: 'author.{operation}' Field '{operation}' is not defined in the input type 'UserUpdateOneRequiredWithoutPostsInput'."),
        );
    }
    api.reads("posts{author{id}}", r#"[{"author":{"id":"u"}}]"#);
});

suite!(
    row_06_an_id_alone_cannot_be_updated,
    r"
    type Pin { id: ID! @id }
    type Board { id: ID! @id name: String pins: [Pin] }
    ",
    |api| {
        assert_eq!(api.type_of("Mutation.createPin").as_deref(), Some("Pin!"));
        for name in ["updatePin", "upsertPin", "updateManyPins"] {
            assert_eq!(api.type_of(&format!("Mutation.{name}")), None, "{name}");
        }
        assert_eq!(
            api.fields_of("PinUpdateManyInput").as_deref(),
            Some("create connect set disconnect delete deleteMany")
        );
    }
);

suite!(
    row_07_relations_alone_are_not_updated_by_the_dozen,
    r"
    type Team { id: ID! @id members: [Member] }
    type Member { id: ID! @id teams: [Team] }
    ",
    |api| {
        for name in ["updateTeam", "upsertTeam", "deleteManyTeams"] {
            assert!(api.type_of(&format!("Mutation.{name}")).is_some(), "{name}");
        }
        assert_eq!(api.type_of("Mutation.updateManyTeams"), None);
        api.write(r#"createTeam(data:{id:"t"}){id}"#);
        api.writes(
            r#"updateTeam(where:{id:"t"},data:{members:{create:[{id:"m"}]}}){members{id}}"#,
            r#"{"members":[{"id":"m"}]}"#,
        );
        api.writes(
            r#"upsertTeam(where:{id:"t"},create:{},update:{members:{disconnect:[{id:"m"}]}}){members{id}}"#,
            r#"{"members":[]}"#,
        );
    }
);

suite!(
    row_08_who_makes_an_id_decides_who_may_give_it,
    r"
    type Given { id: ID! @id(strategy: NONE) note: String }
    type Made { id: ID! @id note: String }
    type Counted { id: Int! @id note: String }
    type Tick { id: Int! @id }
    ",
    |api| {
        assert_eq!(api.type_of("GivenCreateInput.id").as_deref(), Some("ID!"));
        assert_eq!(api.type_of("MadeCreateInput.id").as_deref(), Some("ID"));
        assert_eq!(api.type_of("CountedCreateInput.id"), None);
        assert_eq!(api.fields_of("TickCreateInput"), None);
        api.writes("createTick{id}", r#"{"id":1}"#);
        api.writes("createTick{id}", r#"{"id":2}"#);
        api.invalid(
            "mutation{createGiven(data:{}){id}}",
            "Reason: 'id' Not-null field 'id' of type 'ID!' defined in the 'GivenCreateInput' input type is missing.",
        );
    }
);

suite!(
    row_09_hidden_fields_leave_no_trace,
    r"
    type Note { id: ID! @id text: String writer: Writer labels: [Label] }
    type Writer { id: ID! @id name: String }
    type Label { id: ID! @id name: String }
    ",
    |api| {
        let types = api.types();
        let traces: Vec<&String> = types
            .iter()
            .filter(|name| name.contains("Without") || name.contains("Magic"))
            .collect();
        assert!(traces.is_empty(), "{traces:?}");
        assert_eq!(api.fields_of("Writer").as_deref(), Some("id name"));
        assert_eq!(
            api.type_of("NoteCreateInput.writer").as_deref(),
            Some("WriterCreateOneInput")
        );
        assert_eq!(
            api.type_of("NoteUpdateInput.labels").as_deref(),
            Some("LabelUpdateManyInput")
        );
    }
);

suite!(
    row_10_list_inputs_keep_the_case_of_their_field,
    "type User { id: ID! @id tags: [String] @scalarList(strategy: RELATION) }",
    |api| {
        assert_eq!(
            api.type_of("UserCreateInput.tags").as_deref(),
            Some("UserCreatetagsInput")
        );
        assert_eq!(
            api.type_of("UserUpdateInput.tags").as_deref(),
            Some("UserUpdatetagsInput")
        );
        assert_eq!(
            api.type_of("UserCreatetagsInput.set").as_deref(),
            Some("[String!]")
        );
    }
);

suite!(
    row_11_batches_need_a_list,
    r"
    type Pair { id: ID! @id n: Int other: Other }
    type Other { id: ID! @id n: Int pairs: [Pair] }
    ",
    |api| {
        assert_eq!(
            api.fields_of("OtherUpdateOneWithoutPairsInput").as_deref(),
            Some("create connect disconnect delete update upsert")
        );
        assert_eq!(
            api.fields_of("PairUpdateManyWithoutOtherInput").as_deref(),
            Some("create connect set disconnect delete update updateMany deleteMany upsert")
        );
    }
);

// Projects of this suite have raw access; without it the mutation is not there, see the tests of `prisma-engine`.
suite!(row_12_raw_access_adds_a_mutation, POSTS, |api| {
    assert_eq!(api.type_of("Mutation.executeRaw").as_deref(), Some("Json!"));
    assert!(api.types().iter().any(|name| name == "PrismaDatabase"));
});
