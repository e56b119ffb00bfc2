//! Names and what they mean say the same.

use prisma_api::{
    ApiEnum, ApiInput, ApiObject, ApiSchema, ApiType, EnumMeaning, EnumValueMeaning, FilterOp,
    InputMeaning, NestedOp, Options, OutputMeaning, names,
};
use prisma_datamodel::{Datamodel, FieldId, ModelId};

use crate::datamodels::{datamodel, derive, every_api};

#[test]
fn of_every_member_follow_from_its_meaning() {
    for (file, datamodel, api) in every_api() {
        for (name, ty) in &api.types {
            match ty {
                ApiType::Scalar(scalar) => assert_eq!(scalar.name(), name, "{file}"),
                ApiType::Enum(item) => check_enum(&datamodel, name, item),
                ApiType::Object(object) | ApiType::Interface(object) => {
                    check_object(&datamodel, name, object);
                }
                ApiType::Input(input) => check_input(&datamodel, name, input),
            }
        }
    }
}

fn check_enum(datamodel: &Datamodel, name: &str, item: &ApiEnum) {
    let expected = match item.meaning {
        EnumMeaning::Datamodel(id) => datamodel[id].name.clone(),
        EnumMeaning::OrderBy(model) => names::order_by(&datamodel[model].name),
        EnumMeaning::MutationType => "MutationType".to_owned(),
        EnumMeaning::Database => "PrismaDatabase".to_owned(),
    };
    assert_eq!(name, expected);
    for (value, meaning) in &item.values {
        if let EnumValueMeaning::Order(field, direction) = *meaning {
            assert_eq!(
                *value,
                names::order_value(&datamodel[field].name, direction)
            );
        }
    }
}

fn check_object(datamodel: &Datamodel, type_name: &str, object: &ApiObject) {
    use OutputMeaning::{
        Connection, Create, Delete, DeleteMany, Field, Many, One, Subscribe, Update, UpdateMany,
        Upsert,
    };
    let model = |id: ModelId| datamodel[id].name.as_str();
    for (name, field) in &object.fields {
        let expected = match field.meaning {
            One(id) | Subscribe(id) => names::root_one(model(id)),
            Many(id) => names::root_many(model(id)),
            Connection(id) => names::root_connection(model(id)),
            Create(id) => names::root_create(model(id)),
            Update(id) => names::root_update(model(id)),
            Delete(id) => names::root_delete(model(id)),
            Upsert(id) => names::root_upsert(model(id)),
            UpdateMany(id) => names::root_update_many(model(id)),
            DeleteMany(id) => names::root_delete_many(model(id)),
            Field(id) => {
                assert_eq!(object.model, Some(datamodel[id].model), "{type_name}");
                datamodel[id].name.clone()
            }
            _ => continue,
        };
        assert_eq!(*name, expected, "{type_name}");
    }
}

fn check_input(datamodel: &Datamodel, type_name: &str, input: &ApiInput) {
    use InputMeaning::{Assign, AssignList, Filter, Nested, Related, Relation, Unique};
    let of = |id: FieldId| {
        assert_eq!(input.model, datamodel[id].model, "{type_name}");
        datamodel[id].name.as_str()
    };
    for (name, field) in &input.fields {
        let expected = match field.meaning {
            Filter(id, op) => names::filter(of(id), op),
            Related(id, quantifier) => names::related_filter(of(id), quantifier),
            Unique(id) | Assign(id) | AssignList(id) | Relation(id) => of(id).to_owned(),
            Nested(op) => format!("{op:?}").to_lowercase(),
            _ => continue,
        };
        assert_eq!(name.to_lowercase(), expected.to_lowercase(), "{type_name}");
    }
}

#[test]
fn are_found_by_the_path_a_request_takes() {
    let datamodel = datamodel(
        "type User { id: ID! @id name: String! posts: [Post] } type Post { id: ID! @id author: User! }",
    );
    let api = derive(&datamodel, &Options::default());
    let user = datamodel.model("User").unwrap();
    let (name, posts) = (
        datamodel.field(user, "name").unwrap(),
        datamodel.field(user, "posts").unwrap(),
    );
    assert_eq!(
        input(&api, "UserWhereInput").fields["name_not_in"].meaning,
        InputMeaning::Filter(name, FilterOp::NotIn)
    );
    let relation = &input(&api, "UserCreateInput").fields["posts"];
    assert_eq!(relation.meaning, InputMeaning::Relation(posts));
    let (wrapper, _) = api.get(relation.ty.ty).unwrap();
    assert_eq!(wrapper, "PostCreateManyWithoutAuthorInput");
    assert_eq!(
        input(&api, wrapper).fields["connect"].meaning,
        InputMeaning::Nested(NestedOp::Connect)
    );
}

fn input<'a>(api: &'a ApiSchema, name: &str) -> &'a ApiInput {
    match api.lookup(name) {
        Some((_, ApiType::Input(input))) => input,
        other => panic!("{name} is {other:?}"),
    }
}
