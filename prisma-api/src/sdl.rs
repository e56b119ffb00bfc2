//! A schema as text in the GraphQL schema language.

use std::fmt::{self, Display, Formatter, Write};

use indexmap::IndexMap;

use crate::schema::{ApiArgument, ApiInput, ApiObject, ApiSchema, ApiType, TypeRef, Wrap};

impl ApiSchema {
    /// The schema as text: types in order, one member a line, without descriptions. Equal schemas have equal texts.
    #[must_use]
    pub fn to_sdl(&self) -> String {
        Sdl(self).to_string()
    }
}

struct Sdl<'a>(&'a ApiSchema);

impl Display for Sdl<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for (name, ty) in &self.0.types {
            if matches!(ty, ApiType::Scalar(scalar) if scalar.is_built_in()) {
                continue;
            }
            f.write_str(separator)?;
            separator = "\n";
            self.definition(f, name, ty)?;
        }
        Ok(())
    }
}

impl Sdl<'_> {
    fn definition(&self, f: &mut Formatter<'_>, name: &str, ty: &ApiType) -> fmt::Result {
        match ty {
            ApiType::Scalar(_) => writeln!(f, "scalar {name}"),
            ApiType::Enum(definition) => {
                writeln!(f, "enum {name} {{")?;
                for value in definition.values.keys() {
                    writeln!(f, "  {value}")?;
                }
                f.write_str("}\n")
            }
            ApiType::Object(object) => {
                let implements = if object.implements_node {
                    " implements Node"
                } else {
                    ""
                };
                self.object(f, &format!("type {name}{implements}"), object)
            }
            ApiType::Interface(object) => self.object(f, &format!("interface {name}"), object),
            ApiType::Input(input) => self.input(f, name, input),
        }
    }

    fn object(&self, f: &mut Formatter<'_>, head: &str, object: &ApiObject) -> fmt::Result {
        writeln!(f, "{head} {{")?;
        for (name, field) in &object.fields {
            write!(f, "  {name}")?;
            self.arguments(f, &field.arguments)?;
            f.write_str(": ")?;
            self.reference(f, field.ty)?;
            f.write_char('\n')?;
        }
        f.write_str("}\n")
    }

    fn arguments(
        &self,
        f: &mut Formatter<'_>,
        arguments: &IndexMap<String, ApiArgument>,
    ) -> fmt::Result {
        for (index, (name, argument)) in arguments.iter().enumerate() {
            f.write_str(if index == 0 { "(" } else { ", " })?;
            write!(f, "{name}: ")?;
            self.reference(f, argument.ty)?;
        }
        f.write_str(if arguments.is_empty() { "" } else { ")" })
    }

    fn input(&self, f: &mut Formatter<'_>, name: &str, input: &ApiInput) -> fmt::Result {
        writeln!(f, "input {name} {{")?;
        for (name, field) in &input.fields {
            write!(f, "  {name}: ")?;
            self.reference(f, field.ty)?;
            f.write_char('\n')?;
        }
        f.write_str("}\n")
    }

    fn reference(&self, f: &mut Formatter<'_>, reference: TypeRef) -> fmt::Result {
        let name = self.0.get(reference.ty).map_or("", |(name, _)| name);
        match reference.wrap {
            Wrap::Optional => f.write_str(name),
            Wrap::Required => write!(f, "{name}!"),
            Wrap::RequiredListOfOptional => write!(f, "[{name}]!"),
            Wrap::OptionalList => write!(f, "[{name}!]"),
            Wrap::RequiredList => write!(f, "[{name}!]!"),
        }
    }
}
