//! What GraphQL wants of every schema.

use std::collections::HashSet;

use prisma_api::{ApiSchema, ApiType, TypeId};

use crate::datamodels::every_api;

#[test]
fn no_type_is_empty() {
    for (name, _, api) in every_api() {
        for (type_name, ty) in &api.types {
            let members = match ty {
                ApiType::Scalar(_) => continue,
                ApiType::Enum(item) => item.values.len(),
                ApiType::Object(object) | ApiType::Interface(object) => object.fields.len(),
                ApiType::Input(input) => input.fields.len(),
            };
            assert!(members > 0, "{name}: {type_name} is empty");
        }
    }
}

#[test]
fn what_goes_in_is_no_object_and_what_comes_out_no_input() {
    for (name, _, api) in every_api() {
        for (type_name, ty) in &api.types {
            for id in outputs(ty) {
                let (other, found) = api.get(id).unwrap();
                let wrong = matches!(found, ApiType::Input(_));
                assert!(!wrong, "{name}: {type_name} gives {other}");
            }
            for id in inputs(ty) {
                let (other, found) = api.get(id).unwrap();
                let wrong = matches!(found, ApiType::Object(_) | ApiType::Interface(_));
                assert!(!wrong, "{name}: {type_name} takes {other}");
            }
        }
    }
}

#[test]
fn every_type_is_reached_from_the_roots() {
    for (name, _, api) in every_api() {
        let mut reached: HashSet<TypeId> = HashSet::new();
        let roots = [Some(api.query), api.mutation, api.subscription];
        let mut next: Vec<TypeId> = roots.into_iter().flatten().collect();
        while let Some(id) = next.pop() {
            if reached.insert(id) {
                let (_, ty) = api.get(id).unwrap();
                next.extend(outputs(ty).into_iter().chain(inputs(ty)));
            }
        }
        let unreached: Vec<&str> = names(&api, |id| !reached.contains(&id));
        assert_eq!(unreached, Vec::<&str>::new(), "{name}");
    }
}

fn names(api: &ApiSchema, wanted: impl Fn(TypeId) -> bool) -> Vec<&str> {
    (0..)
        .map(TypeId)
        .map_while(|id| Some((id, api.get(id)?.0)))
        .filter(|(id, _)| wanted(*id))
        .map(|(_, name)| name)
        .collect()
}

fn outputs(ty: &ApiType) -> Vec<TypeId> {
    match ty {
        ApiType::Object(object) | ApiType::Interface(object) => {
            object.fields.values().map(|field| field.ty.ty).collect()
        }
        ApiType::Scalar(_) | ApiType::Enum(_) | ApiType::Input(_) => Vec::new(),
    }
}

fn inputs(ty: &ApiType) -> Vec<TypeId> {
    match ty {
        ApiType::Object(object) | ApiType::Interface(object) => object
            .fields
            .values()
            .flat_map(|field| field.arguments.values().map(|argument| argument.ty.ty))
            .collect(),
        ApiType::Input(input) => input.fields.values().map(|field| field.ty.ty).collect(),
        ApiType::Scalar(_) | ApiType::Enum(_) => Vec::new(),
    }
}
