//! Changes that come from elsewhere.

use async_graphql::{InputObject, InputType, MaybeUndefined, value};
use prisma_runtime::{ErrorKind, Patch};
use prisma_tests_client::blog::{Db, Models, Role, post, user};
use serde_json::json;

use crate::recorder::{Recorder, Transcript};

#[test]
fn texts() {
    let db = Db::custom(Recorder::answering(""));
    let mut said = Transcript::new("blog");
    let changes = || user::Patch {
        name: "Ann".to_owned().into(),
        age: Patch::NULL,
        role: Patch::Set(Role::Admin),
        ..user::Patch::default()
    };
    let ann = || user::by_email("a@b");
    said.add(&db.user().update(ann()).patch(changes()).pick(|u| u.id));
    said.add(
        &db.user()
            .update(ann())
            .patch(user::Patch::default())
            .pick(|u| u.id),
    );
    said.add(&db.user().update_many().patch(changes()).everything());
    // With assignments of the program's own, which count if they come later.
    said.add(
        &db.user()
            .update(ann())
            .set(|u| (changes(), u.age.to(3)))
            .pick(|u| u.id),
    );
    insta::assert_snapshot!(said.text());
}

/// Absent, null and a value, as they come in a request.
#[test]
fn from_json() {
    let read = |json| serde_json::from_value::<user::Patch>(json);
    let changes = read(json!({"name": "Ann", "age": null, "role": "ADMIN"})).unwrap();
    let expected = user::Patch {
        email: Patch::Unset,
        name: Patch::Set("Ann".into()),
        age: Patch::Set(None),
        role: Patch::Set(Role::Admin),
    };
    assert_eq!(changes, expected);
    assert_eq!(read(json!({})).unwrap(), user::Patch::default());
    let text = r#"{"name": "A\"nn", "age": 3}"#;
    let of_text: user::Patch = serde_json::from_str(text).unwrap();
    assert_eq!(of_text.name, Patch::Set("A\"nn".into()));
    assert_eq!(of_text.age, Patch::Set(Some(3)));
}

#[test]
fn json_that_is_refused() {
    let refused = |json| {
        let read = serde_json::from_value::<user::Patch>(json);
        read.unwrap_err().to_string()
    };
    insta::assert_snapshot!(
        [
            refused(json!({"name": null})),
            refused(json!({"name": 3})),
            refused(json!({"role": "BOSS"})),
            refused(json!({"id": "1"})),
            refused(json!({"nmae": "Ann"})),
            refused(json!([])),
        ]
        .join("\n")
    );
}

/// Names are those of the API.
#[test]
fn names_of_the_wire() {
    let read = serde_json::from_value::<post::Patch>(json!({"published": true}));
    assert_eq!(read.unwrap().published, Patch::Set(true));
    let read = serde_json::from_value::<post::Patch>(json!({"createdAt": "2020-01-01T00:00:00Z"}));
    assert!(read.is_err(), "the server keeps it");
}

#[test]
fn undefined_of_async_graphql() {
    let age = |value: MaybeUndefined<i32>| -> Patch<Option<i32>> { value.into() };
    assert_eq!(age(MaybeUndefined::Undefined), Patch::Unset);
    assert_eq!(age(MaybeUndefined::Null), Patch::NULL);
    assert_eq!(age(MaybeUndefined::Value(3)), Patch::Set(Some(3)));
    let name = |value: MaybeUndefined<String>| Patch::required(value, "name");
    assert_eq!(name(MaybeUndefined::Undefined).unwrap(), Patch::Unset);
    let set = name(MaybeUndefined::Value("Ann".into())).unwrap();
    assert_eq!(set, Patch::Set("Ann".into()));
    let error = name(MaybeUndefined::Null).unwrap_err();
    let argument = "name".to_owned();
    assert_eq!(*error.kind(), ErrorKind::Validation { argument });
}

#[derive(InputObject, Debug, PartialEq)]
struct UserInput {
    name: Patch<String>,
    age: Patch<Option<i32>>,
}

/// Patches as fields of an input.
#[test]
fn inputs_of_async_graphql() {
    let read = |value| {
        UserInput::parse(Some(value))
            .map_err(|error| error.into_server_error(Default::default()).message)
    };
    let (name, age) = (Patch::Set("Ann".to_owned()), Patch::NULL);
    assert_eq!(
        read(value!({"name": "Ann", "age": null})),
        Ok(UserInput { name, age })
    );
    let (name, age) = (Patch::Unset, Patch::Set(Some(3)));
    assert_eq!(read(value!({"age": 3})), Ok(UserInput { name, age }));
    assert!(read(value!({"name": null})).is_err());
    assert_eq!(
        <Patch<String> as InputType>::qualified_type_name(),
        "String"
    );
}
