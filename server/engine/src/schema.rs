//! The API as the GraphQL library's schema: for reading and validating documents, and for introspection.
//!
//! Built node by node from an [`ApiSchema`], whose derivation already refuses everything that a schema must not be;
//! so no text is parsed and nothing is validated again.

use apollo_compiler::{
    Name, Node, Schema,
    ast::{EnumValueDefinition, FieldDefinition, InputValueDefinition, Type},
    collections::HashMap,
    schema::{
        Component, ComponentName, EnumType, ExtendedType, Implementers, InputObjectType,
        InterfaceType, ObjectType, ScalarType, SchemaDefinition,
    },
    validation::Valid,
};
use prisma_api::{
    ApiEnum, ApiField, ApiInput, ApiObject, ApiSchema, ApiType, TypeId, TypeRef, Wrap,
};

/// The schema of an API.
pub(crate) fn build(api: &ApiSchema) -> Valid<Schema> {
    let mut schema = Schema::new();
    let root = |id: TypeId| {
        api.get(id)
            .map(|(name, _)| ComponentName::from(Name::new_unchecked(name)))
    };
    schema.schema_definition = Node::new(SchemaDefinition {
        query: root(api.query),
        mutation: api.mutation.and_then(root),
        subscription: api.subscription.and_then(root),
        ..SchemaDefinition::default()
    });
    // Introspection shows the scalars that are used; its own types use these two.
    schema.types.retain(|name, ty| match ty {
        ExtendedType::Scalar(_) => {
            matches!(name.as_str(), "String" | "Boolean") || api.types.contains_key(name.as_str())
        }
        _ => true,
    });
    for (name, ty) in &api.types {
        if matches!(ty, ApiType::Scalar(scalar) if scalar.is_built_in()) {
            continue;
        }
        let name = Name::new_unchecked(name);
        let ty = Types { api }.definition(&name, ty);
        schema.types.insert(name, ty);
    }
    Valid::assume_valid(schema)
}

/// The types that implement each interface, by name: the order in which introspection shows them.
pub(crate) fn implementers(schema: &Schema) -> HashMap<Name, Implementers> {
    let mut implementers = schema.implementers_map();
    for of_one in implementers.values_mut() {
        of_one.objects.sort_unstable();
    }
    implementers
}

struct Types<'a> {
    api: &'a ApiSchema,
}

impl Types<'_> {
    fn definition(&self, name: &Name, ty: &ApiType) -> ExtendedType {
        let name = name.clone();
        match ty {
            ApiType::Scalar(scalar) => ScalarType {
                description: text(scalar.description()),
                name,
                directives: Default::default(),
            }
            .into(),
            ApiType::Enum(definition) => enumeration(name, definition).into(),
            ApiType::Object(object) => self.object(name, object).into(),
            ApiType::Interface(object) => InterfaceType {
                description: text(object.description),
                name,
                implements_interfaces: Default::default(),
                directives: Default::default(),
                fields: self.fields(object),
            }
            .into(),
            ApiType::Input(input) => self.input(name, input).into(),
        }
    }

    fn object(&self, name: Name, object: &ApiObject) -> ObjectType {
        let interfaces = object
            .implements_node
            .then(|| ComponentName::from(Name::new_unchecked("Node")));
        ObjectType {
            description: text(object.description),
            name,
            implements_interfaces: interfaces.into_iter().collect(),
            directives: Default::default(),
            fields: self.fields(object),
        }
    }

    fn fields(
        &self,
        object: &ApiObject,
    ) -> apollo_compiler::collections::IndexMap<Name, Component<FieldDefinition>> {
        object
            .fields
            .iter()
            .map(|(name, field)| {
                let name = Name::new_unchecked(name);
                (name.clone(), Component::new(self.field(name, field)))
            })
            .collect()
    }

    fn field(&self, name: Name, field: &ApiField) -> FieldDefinition {
        let arguments = field.arguments.iter().map(|(name, argument)| {
            self.input_value(Name::new_unchecked(name), None, argument.ty)
                .into()
        });
        FieldDefinition {
            description: text(field.description),
            name,
            arguments: arguments.collect(),
            ty: self.reference(field.ty),
            directives: Default::default(),
        }
    }

    fn input(&self, name: Name, input: &ApiInput) -> InputObjectType {
        let fields = input.fields.iter().map(|(name, field)| {
            let name = Name::new_unchecked(name);
            let value = self.input_value(name.clone(), field.description, field.ty);
            (name, Component::new(value))
        });
        InputObjectType {
            description: text(input.description),
            name,
            directives: Default::default(),
            fields: fields.collect(),
        }
    }

    fn input_value(
        &self,
        name: Name,
        description: Option<&str>,
        ty: TypeRef,
    ) -> InputValueDefinition {
        InputValueDefinition {
            description: text(description),
            name,
            ty: self.reference(ty).into(),
            default_value: None,
            directives: Default::default(),
        }
    }

    fn reference(&self, reference: TypeRef) -> Type {
        let name = self.api.get(reference.ty).map_or("", |(name, _)| name);
        let name = Name::new_unchecked(name);
        match reference.wrap {
            Wrap::Optional => Type::Named(name),
            Wrap::Required => Type::NonNullNamed(name),
            Wrap::RequiredListOfOptional => Type::NonNullList(Box::new(Type::Named(name))),
            Wrap::OptionalList => Type::List(Box::new(Type::NonNullNamed(name))),
            Wrap::RequiredList => Type::NonNullList(Box::new(Type::NonNullNamed(name))),
        }
    }
}

fn enumeration(name: Name, definition: &ApiEnum) -> EnumType {
    let values = definition.values.keys().map(|value| {
        let value = Name::new_unchecked(value);
        let definition = EnumValueDefinition {
            description: None,
            value: value.clone(),
            directives: Default::default(),
        };
        (value, Component::new(definition))
    });
    EnumType {
        description: text(definition.description),
        name,
        directives: Default::default(),
        values: values.collect(),
    }
}

fn text(text: Option<&str>) -> Option<Node<str>> {
    text.map(Node::new_str)
}
