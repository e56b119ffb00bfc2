//! From mutations to the writes that a store would be asked for.

use apollo_compiler::ast::{self, Definition, OperationType, Selection};
use prisma_api::{ApiSchema, ApiType, OutputMeaning, TypeRef};
use prisma_connector::Value;
use prisma_datamodel::{Source, scalar};
use prisma_engine::{
    Input,
    id::{Ids, IdsAt},
    mutation,
};

use super::show::show;

/// Holds mutation fields, each with its tree below it, to a snapshot.
pub(super) fn check(name: &str, datamodel: &str, mutations: &[&str]) {
    let text = |mutation: &&str| format!("{mutation}\n\n{}", planned(datamodel, mutation).unwrap());
    let texts: Vec<String> = mutations.iter().map(text).collect();
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, texts.join("\n---\n")));
}

/// The error of a mutation field as `code: message`.
pub(super) fn error(datamodel: &str, mutation: &str) -> String {
    planned(datamodel, mutation).unwrap_err()
}

fn planned(datamodel: &str, mutation: &str) -> Result<String, String> {
    let (datamodel, _) = prisma_datamodel::parse(&Source::new("d", datamodel)).unwrap();
    let api = prisma_api::derive(&datamodel, &prisma_api::Options::default()).unwrap();
    let text = format!("mutation {{ {mutation} }}");
    let doc = ast::Document::parse(text, "q").unwrap();
    let Definition::OperationDefinition(op) = &doc.definitions[0] else {
        panic!()
    };
    assert_eq!(op.operation_type, OperationType::Mutation);
    let Selection::Field(field) = &op.selection_set[0] else {
        panic!()
    };
    let (_, ApiType::Object(root)) = api.get(api.mutation.unwrap()).unwrap() else {
        panic!()
    };
    let meaning: OutputMeaning = root.fields[field.name.as_str()].meaning;
    let args: Vec<_> = field
        .arguments
        .iter()
        .map(|a| {
            let arg = &root.fields[field.name.as_str()].arguments[a.name.as_str()];
            (arg.meaning, input(&api, arg.ty, &a.value))
        })
        .collect();
    let ids = Ids::default();
    match mutation::plan(
        &datamodel,
        meaning,
        &args,
        &mut IdsAt::new(&ids, 1_750_000_000_000),
        1_750_000_000_000,
    ) {
        Ok(w) => Ok(show(&datamodel, &w)),
        Err(e) => Err(format!("{}: {}", e.code().unwrap_or(0), e.message("r"))),
    }
}

fn input(api: &ApiSchema, ty: TypeRef, value: &ast::Value) -> Input {
    if let ast::Value::Null = value {
        return Input::Null;
    }
    if ty.wrap.is_list() {
        let one = TypeRef {
            ty: ty.ty,
            wrap: prisma_api::Wrap::Required,
        };
        return Input::List(match value {
            ast::Value::List(l) => l.iter().map(|v| input(api, one, v)).collect(),
            v => vec![input(api, one, v)],
        });
    }
    match (api.get(ty.ty).unwrap(), value) {
        ((_, ApiType::Input(t)), ast::Value::Object(o)) => Input::Object(
            o.iter()
                .map(|(k, v)| {
                    let f = &t.fields[k.as_str()];
                    (f.meaning, input(api, f.ty, v))
                })
                .collect(),
        ),
        (_, ast::Value::Enum(n)) => Input::Value(Value::Enum(n.to_string())),
        (_, ast::Value::Boolean(b)) => Input::Value(Value::Bool(*b)),
        ((n, _), ast::Value::Int(i)) => Input::Value(if n == "ID" {
            Value::Text(i.to_string())
        } else if n == "Float" {
            Value::Float(i.try_to_f64().unwrap())
        } else {
            Value::Int(i.try_to_i32().unwrap().into())
        }),
        (_, ast::Value::Float(f)) => Input::Value(Value::Float(f.try_to_f64().unwrap())),
        ((n, _), ast::Value::String(s)) => Input::Value(match n {
            "UUID" => Value::Uuid(scalar::parse_uuid(s).unwrap()),
            "Json" => Value::Json(s.clone()),
            "DateTime" => Value::DateTime(scalar::parse_date_time(s).unwrap()),
            _ => Value::Text(s.clone()),
        }),
        other => panic!("{other:?}"),
    }
}
