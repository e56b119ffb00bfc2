use prisma_datamodel::{Arity, Datamodel, DefaultValue, Link, Side, Source, Span, Version};
use prisma_deploy::stored_schema::{Identifiers, read, write};

/// What a stored schema knows of a datamodel.
fn without_text(mut datamodel: Datamodel) -> Datamodel {
    for model in &mut datamodel.models {
        (model.docs, model.renamed_from, model.span) = (None, None, Span::default());
    }
    for field in &mut datamodel.fields {
        // The column of a link is the relation's.
        if field.relation().is_some() {
            field.db_name = None;
        }
        (field.docs, field.renamed_from, field.span) = (None, None, Span::default());
    }
    for item in &mut datamodel.enums {
        (item.docs, item.renamed_from, item.span) = (None, None, Span::default());
    }
    for relation in &mut datamodel.relations {
        relation.renamed_from = None;
    }
    datamodel
}

fn parse(text: &str) -> Datamodel {
    prisma_datamodel::parse(&Source::new("datamodel", text))
        .unwrap()
        .0
}

#[test]
fn every_datamodel_comes_back() {
    for (name, text) in crate::fixtures() {
        let datamodel = parse(&text);
        let identifiers: Identifiers = datamodel
            .models
            .iter()
            .map(|model| (model.name.clone(), format!("c-{}", model.name)))
            .collect();
        let stored = write(&datamodel, &identifiers).unwrap();
        let back = read(&stored).unwrap();
        assert_eq!(back.datamodel, without_text(datamodel), "{name}");
        assert_eq!(back.identifiers, identifiers, "{name}");
    }
}

#[test]
fn the_format_is_that_of_the_contract() {
    let datamodel = parse(
        r#"
        type User @db(name: "users") {
          id: ID! @id
          email: String! @unique @db(name: "mail")
          role: Role! @default(value: ADMIN)
          born: DateTime @default(value: "2018-01-01")
          meta: Json @default(value: "{\"a\": [1.50]}")
          score: Float @default(value: 4.5)
          made: DateTime! @createdAt
          tags: [String] @scalarList(strategy: RELATION)
          posts: [Post] @relation(onDelete: CASCADE)
        }
        type Post { id: Int! @id author: User! labels: [Label] }
        type Label { id: UUID! @id(strategy: NONE) }
        enum Role { ADMIN USER }
        "#,
    );
    let stored = write(&datamodel, &Identifiers::new()).unwrap();
    let value: serde_json::Value = serde_json::from_str(&stored).unwrap();
    insta::assert_json_snapshot!(value);
    assert_eq!(read(&stored).unwrap().datamodel, without_text(datamodel));
}

#[test]
fn a_fresh_service_is_stored_as_the_original_does() {
    assert_eq!(
        write(&Datamodel::default(), &Identifiers::new()).unwrap(),
        r#"{"models":[],"relations":[],"enums":[],"version":"v2"}"#
    );
}

/// Keys in another order, optional ones absent or null, a hidden field that is not stored.
#[test]
fn what_other_servers_leave_out_is_filled_in() {
    let stored = r#"{"version":"v2","enums":[],"relations":[{"manifestation":{"referencingColumn":"boss","inTableOfModelId":"Person","relationManifestationType":"inline"},"modelBId":"Person","modelAId":"Person","name":"PersonToPerson"}],"models":[{"fields":[{"isUnique":false,"name":"id","typeIdentifier":"GraphQLID","isRequired":true,"isList":false,"behaviour":{"sequence":null,"strategy":"Auto","type":"id"},"defaultValue":null},{"name":"boss","typeIdentifier":"Relation","isRequired":false,"isList":false,"isUnique":false,"relationName":"PersonToPerson","relationSide":"A"}],"name":"Person"}]}"#;
    let datamodel = read(stored).unwrap().datamodel;
    assert_eq!(
        datamodel,
        without_text(parse("type Person { id: ID! @id boss: Person }"))
    );
}

/// A schema of 2018: ids and timestamps by name, tables with an id column.
#[test]
fn schemas_without_a_version_are_read_as_old_syntax() {
    let field = |name: &str, ty: &str, hidden: bool, unique: bool| {
        format!(
            r#"{{"name":"{name}","typeIdentifier":"{ty}","isRequired":true,"isList":false,"isUnique":{unique},"isHidden":{hidden}}}"#
        )
    };
    let stored = format!(
        r#"{{"models":[{{"name":"A","stableIdentifier":"x","isEmbedded":false,"fields":[{},{},{},
        {{"name":"bs","typeIdentifier":"Relation","isRequired":false,"isList":true,"isUnique":false,"relationName":"R","relationSide":"A"}}]}}],
        "relations":[{{"name":"R","modelAId":"A","modelBId":"A","modelAOnDelete":"SET_NULL","modelBOnDelete":"CASCADE"}}],"enums":[]}}"#,
        field("id", "GraphQLID", false, true),
        field("createdAt", "DateTime", true, false),
        field("updatedAt", "DateTime", true, false),
    );
    let datamodel = read(&stored).unwrap().datamodel;
    assert_eq!(datamodel.version, Version::V1);
    assert!(datamodel.fields[0].id.is_some());
    assert!(datamodel.fields[1].managed.is_some() && datamodel.fields[1].hidden);
    assert_eq!(datamodel.fields[4].name, "_MagicalBackRelation_R");
    assert_eq!(datamodel.fields[4].arity, Arity::List);
    let Link::Table {
        table, id_column, ..
    } = &datamodel.relations[0].link
    else {
        panic!("no table");
    };
    assert_eq!((table.as_str(), id_column.as_deref()), ("_R", Some("id")));
    assert_eq!(datamodel.relations[0].end(Side::B).model.0, 0);
}

#[test]
fn defaults_keep_their_values() {
    let datamodel = parse(
        r#"type A { id: ID! @id
          a: String @default(value: "null") b: Json @default(value: "12345678901234567890.10")
          c: DateTime @default(value: "1969-12-31T23:59:59.999Z") d: Float @default(value: 1e21) e: Int @default(value: -5)
          f: Boolean @default(value: false) }"#,
    );
    let stored = write(&datamodel, &Identifiers::new()).unwrap();
    assert!(
        stored.contains(
            r#""gcValueType":"datetime","isList":false,"value":"1969-12-31T23:59:59.999""#
        ),
        "{stored}"
    );
    let defaults: Vec<_> = read(&stored)
        .unwrap()
        .datamodel
        .fields
        .into_iter()
        .filter_map(|field| field.default)
        .collect();
    assert_eq!(
        defaults,
        [
            DefaultValue::Null,
            DefaultValue::Json("12345678901234567890.1".to_owned()),
            DefaultValue::DateTime(-1),
            DefaultValue::Float(1e21),
            DefaultValue::Int(-5),
            DefaultValue::Boolean(false),
        ]
    );
}

#[test]
fn what_is_no_schema_is_refused() {
    let relation = |name: &str| {
        format!(
            r#"{{"models":[{{"name":"A","fields":[{{"name":"r","typeIdentifier":"Relation","isRequired":false,"isList":false,"isUnique":false,"relationName":"{name}"}}]}}],"relations":[],"enums":[],"version":"v2"}}"#
        )
    };
    for (stored, error) in [
        (String::new(), "no JSON"),
        ("[]".to_owned(), "no JSON"),
        (relation("R"), "`A.r` names `R`, which is not there"),
        (
            r#"{"models":[{"name":"A","fields":[]}],"relations":[],"enums":[],"version":"v2"}"#
                .to_owned(),
            "no id field",
        ),
        (
            r#"{"models":[{"name":"A","isEmbedded":true,"fields":[]}],"relations":[],"enums":[]}"#
                .to_owned(),
            "document",
        ),
        (
            r#"{"models":[],"relations":[{"name":"R","modelAId":"A","modelBId":"A"}],"enums":[]}"#
                .to_owned(),
            "`R` names `A`",
        ),
    ] {
        let message = read(&stored).unwrap_err().to_string();
        assert!(message.contains(error), "{message}");
    }
}
