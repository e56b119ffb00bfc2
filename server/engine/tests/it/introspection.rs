//! Introspection shows the API as it was derived.

use prisma_api::{ApiSchema, ApiType, TypeRef, Wrap};
use serde_json::Value;

use crate::fake::{BLOG, Fake};

const QUERY: &str = "{ __schema {
    queryType { name } mutationType { name } subscriptionType { name }
    types { kind name description
      fields { name description args { ...V } type { ...T } }
      inputFields { ...V } interfaces { name } enumValues { name } possibleTypes { name } }
    directives { name } } }
  fragment V on __InputValue { name description type { ...T } defaultValue }
  fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";

#[test]
fn shows_every_type_field_argument_and_description() {
    let fake = Fake::with(BLOG, true);
    let answer: Value = serde_json::from_str(&fake.ask(QUERY)).unwrap();
    assert_eq!(answer.get("errors"), None);
    let schema = &answer["data"]["__schema"];
    assert_eq!(schema["queryType"]["name"], "Query");
    assert_eq!(schema["mutationType"]["name"], "Mutation");
    assert_eq!(schema["subscriptionType"]["name"], "Subscription");
    let shown = schema["types"].as_array().unwrap();
    let shown: Vec<&Value> = shown
        .iter()
        .filter(|ty| !ty["name"].as_str().unwrap().starts_with("__"))
        .collect();
    let api = fake.api();
    assert_eq!(shown.len(), api.types.len());
    for ty in shown {
        let name = ty["name"].as_str().unwrap();
        same_type(&api, &api.types[name], ty);
    }
}

fn same_type(api: &ApiSchema, ty: &ApiType, shown: &Value) {
    let name = &shown["name"];
    match ty {
        ApiType::Scalar(scalar) => {
            assert_eq!(shown["kind"], "SCALAR");
            if !scalar.is_built_in() {
                assert_eq!(text(&shown["description"]), scalar.description(), "{name}");
            }
        }
        ApiType::Enum(definition) => {
            let values: Vec<_> = definition.values.keys().map(String::as_str).collect();
            assert_eq!(names(&shown["enumValues"]), values, "{name}");
        }
        ApiType::Object(object) | ApiType::Interface(object) => {
            assert_eq!(text(&shown["description"]), object.description, "{name}");
            let fields = object.fields.iter();
            let fields = fields.zip(shown["fields"].as_array().unwrap());
            assert_eq!(
                shown["fields"].as_array().unwrap().len(),
                object.fields.len()
            );
            for ((name, field), shown) in fields {
                assert_eq!(shown["name"], **name);
                assert_eq!(text(&shown["description"]), field.description, "{name}");
                assert_eq!(shown_type(&shown["type"]), written(api, field.ty), "{name}");
                let arguments = field.arguments.iter();
                let arguments: Vec<_> = arguments
                    .map(|(name, argument)| (name.clone(), written(api, argument.ty)))
                    .collect();
                let shown: Vec<_> = shown["args"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(input)
                    .collect();
                assert_eq!(shown, arguments, "{name}");
            }
            let implements = ["Node"].iter().filter(|_| object.implements_node);
            if matches!(ty, ApiType::Object(_)) {
                let implements: Vec<_> = implements.copied().collect();
                assert_eq!(names(&shown["interfaces"]), implements, "{name}");
            } else {
                // By name, which is not the order of the datamodel.
                assert_eq!(names(&shown["possibleTypes"]), ["Post", "User"]);
            }
        }
        ApiType::Input(definition) => {
            let fields = definition.fields.iter();
            let fields: Vec<_> = fields
                .map(|(name, field)| (name.clone(), written(api, field.ty)))
                .collect();
            let shown = shown["inputFields"].as_array().unwrap();
            assert_eq!(
                shown.iter().map(input).collect::<Vec<_>>(),
                fields,
                "{name}"
            );
        }
    }
}

fn input(shown: &Value) -> (String, String) {
    assert_eq!(shown["defaultValue"], Value::Null);
    let name = shown["name"].as_str().unwrap().to_owned();
    (name, shown_type(&shown["type"]))
}

fn text(value: &Value) -> Option<&str> {
    value.as_str()
}

fn names(list: &Value) -> Vec<&str> {
    let list = list.as_array().unwrap();
    list.iter().map(|it| it["name"].as_str().unwrap()).collect()
}

fn shown_type(ty: &Value) -> String {
    match ty["kind"].as_str().unwrap() {
        "NON_NULL" => format!("{}!", shown_type(&ty["ofType"])),
        "LIST" => format!("[{}]", shown_type(&ty["ofType"])),
        _ => ty["name"].as_str().unwrap().to_owned(),
    }
}

fn written(api: &ApiSchema, reference: TypeRef) -> String {
    let (name, _) = api.get(reference.ty).unwrap();
    match reference.wrap {
        Wrap::Optional => name.to_owned(),
        Wrap::Required => format!("{name}!"),
        Wrap::RequiredListOfOptional => format!("[{name}]!"),
        Wrap::OptionalList => format!("[{name}!]"),
        Wrap::RequiredList => format!("[{name}!]!"),
    }
}

#[test]
fn mixes_with_other_fields_in_the_order_of_the_document() {
    let fake = Fake::new(BLOG);
    let query = r#"query($n: String!) { a: __type(name: $n) { name kind } users { id } __typename
        b: __type(name: "Nope") { name } }"#;
    let answer =
        r#"{"data":{"a":{"name":"User","kind":"OBJECT"},"users":0,"__typename":"Query","b":null}}"#;
    assert_eq!(fake.ask_with(query, r#"{"n": "User"}"#), answer);
    let other =
        r#"{"data":{"a":{"name":"Role","kind":"ENUM"},"users":0,"__typename":"Query","b":null}}"#;
    assert_eq!(fake.ask_with(query, r#"{"n": "Role"}"#), other);
}

#[test]
fn lists_in_lists_in_lists_are_refused() {
    let fields = |inner: &str| format!("fields {{ type {{ {inner} }} }}");
    let mut query = "name".to_owned();
    for _ in 0..5 {
        query = fields(&query);
    }
    let fake = Fake::new(BLOG);
    let messages = fake.messages(&format!("{{ __schema {{ types {{ {query} }} }} }}"), "null");
    assert_eq!(messages.len(), 1, "{messages:?}");
}

#[test]
fn an_api_without_models_has_a_node() {
    let fake = Fake::new("enum E { A }");
    let answer = fake.ask("{ __schema { queryType { fields { name } } mutationType { name } } }");
    assert_eq!(
        answer,
        r#"{"data":{"__schema":{"queryType":{"fields":[{"name":"node"}]},"mutationType":null}}}"#
    );
}
