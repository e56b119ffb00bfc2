//! Schemas as the text that is deployed.

use std::fmt;

use super::{Arity, Field, FieldKind, Managed, Model, ScalarField, ScalarType, Schema};
use crate::value::Value;

impl fmt::Display for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, values) in self.enums.iter().enumerate() {
            writeln!(f, "enum E{index} {{ {} }}", values.join(" "))?;
        }
        for model in &self.models {
            self.model(model, f)?;
        }
        Ok(())
    }
}

impl Schema {
    fn model(&self, model: &Model, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "type {}", model.name)?;
        if let Some(name) = &model.db_name {
            write!(f, " @db(name: \"{name}\")")?;
        }
        writeln!(f, " {{")?;
        for (index, field) in model.fields.iter().enumerate() {
            write!(f, "  {}: ", field.name)?;
            self.field(field, index == model.id, f)?;
            if let Some(name) = &field.db_name {
                write!(f, " @db(name: \"{name}\")")?;
            }
            writeln!(f)?;
        }
        writeln!(f, "}}")
    }

    fn field(&self, field: &Field, is_id: bool, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = match &field.kind {
            FieldKind::Scalar(scalar) => return scalar_field(scalar, is_id, f),
            FieldKind::Relation(end) => *end,
        };
        let relation = &self.relations[end.relation];
        let target = &self.models[self.target(end)].name;
        write_type(self.end(end).arity, target, f)?;
        let mut arguments = Vec::new();
        if relation.is_named {
            arguments.push(format!("name: \"{}\"", relation.name));
        }
        if self.end(end).cascades {
            arguments.push("onDelete: CASCADE".to_owned());
        }
        if let Some((side, link)) = relation.link
            && side == end.side
        {
            arguments.push(format!("link: {link}"));
        }
        if arguments.is_empty() {
            return Ok(());
        }
        write!(f, " @relation({})", arguments.join(", "))
    }
}

fn scalar_field(scalar: &ScalarField, is_id: bool, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write_type(scalar.arity, &type_name(scalar.ty), f)?;
    if is_id {
        write!(f, " @id")?;
    } else if scalar.unique {
        write!(f, " @unique")?;
    }
    match scalar.managed {
        Some(Managed::CreatedAt) => write!(f, " @createdAt")?,
        Some(Managed::UpdatedAt) => write!(f, " @updatedAt")?,
        None => {}
    }
    if scalar.arity == Arity::List {
        write!(f, " @scalarList(strategy: RELATION)")?;
    }
    match &scalar.default {
        Some(value) => write!(f, " @default(value: {})", literal(value)),
        None => Ok(()),
    }
}

fn write_type(arity: Arity, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match arity {
        Arity::Required => write!(f, "{name}!"),
        Arity::Optional => write!(f, "{name}"),
        Arity::List => write!(f, "[{name}]"),
    }
}

fn type_name(ty: ScalarType) -> String {
    let name = match ty {
        ScalarType::Id => "ID",
        ScalarType::Uuid => "UUID",
        ScalarType::String => "String",
        ScalarType::Int => "Int",
        ScalarType::Float => "Float",
        ScalarType::Boolean => "Boolean",
        ScalarType::DateTime => "DateTime",
        ScalarType::Json => "Json",
        ScalarType::Enum(index) => return format!("E{index}"),
    };
    name.to_owned()
}

fn literal(value: &Value) -> String {
    let mut text = String::new();
    value.write_literal(&mut text);
    text
}
