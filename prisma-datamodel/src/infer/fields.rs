//! What a field or enum means on its own.

use crate::{
    ast::{Directive, EnumDef, FieldDef, Literal},
    context::{Context, Kind},
    default,
    model::{
        Arity, Enum, EnumId, Field, FieldType, IdStrategy, Managed, ModelId, ScalarType, Sequence,
    },
};

/// Which managed timestamps a model has had so far: a second of a kind is an ordinary field.
#[derive(Default)]
pub(super) struct ManagedFields {
    created_at: bool,
    updated_at: bool,
}

impl ManagedFields {
    fn of(&mut self, field: &FieldDef) -> Option<Managed> {
        let (directive, seen) = if field.directive("createdAt").is_some() {
            (Managed::CreatedAt, &mut self.created_at)
        } else if field.directive("updatedAt").is_some() {
            (Managed::UpdatedAt, &mut self.updated_at)
        } else {
            return None;
        };
        let first = !std::mem::replace(seen, true);
        first.then_some(directive)
    }
}

/// A field that the text declares.
pub(super) fn declared(
    context: &Context<'_>,
    model: ModelId,
    field: &FieldDef,
    ty: FieldType,
    managed: &mut ManagedFields,
) -> Field {
    let id = id_strategy(field);
    let is_list = field.ty.arity == Arity::List;
    let is_column = !is_list && !matches!(ty, FieldType::Relation(..));
    // `pqUnique` is a misspelling that the original still understands.
    let unique = field
        .directive("unique")
        .or_else(|| field.directive("pqUnique"))
        .is_some();
    Field {
        model,
        name: field.name.text.clone(),
        db_name: db_name(&field.directives),
        docs: field.docs.clone(),
        ty,
        arity: field.ty.arity,
        unique: is_column && (unique || id.is_some()),
        id,
        // Neither means anything on a list.
        managed: if is_list { None } else { managed.of(field) },
        default: if is_list {
            None
        } else {
            default::of(context, field)
        },
        hidden: field.hidden,
        renamed_from: renamed_from(&field.directives),
        span: field.name.span,
    }
}

/// The type of a field that is no relation.
pub(super) fn plain_type(context: &Context<'_>, field: &FieldDef) -> FieldType {
    match context.kind(field) {
        Kind::Scalar(scalar) => FieldType::Scalar(scalar),
        Kind::Enum(index) => FieldType::Enum(EnumId(u32::try_from(index).unwrap_or(u32::MAX))),
        // Validation refuses both (N3).
        Kind::Type(_) | Kind::Unknown => FieldType::Scalar(ScalarType::String),
    }
}

pub(super) fn enumeration(def: &EnumDef) -> Enum {
    Enum {
        name: def.name.text.clone(),
        docs: def.docs.clone(),
        values: def.values.iter().map(|value| value.text.clone()).collect(),
        renamed_from: renamed_from(&def.directives),
        span: def.name.span,
    }
}

/// The column of a field: `@db(name:)` or its name.
pub(super) fn column_name(field: &FieldDef) -> &str {
    field
        .directive("db")
        .and_then(|db| db.text("name"))
        .unwrap_or(&field.name.text)
}

/// `@db(name:)`
pub(super) fn db_name(directives: &[Directive]) -> Option<String> {
    let db = directives
        .iter()
        .find(|directive| directive.name.text == "db")?;
    db.text("name").map(str::to_owned)
}

/// `@rename(oldName:)`; the first argument counts, whatever its name.
pub(crate) fn renamed_from(directives: &[Directive]) -> Option<String> {
    let rename = directives
        .iter()
        .find(|directive| directive.name.text == "rename")?;
    match &rename.arguments.first()?.value.literal {
        Literal::String(old) => Some(old.clone()),
        _ => None,
    }
}

fn id_strategy(field: &FieldDef) -> Option<IdStrategy> {
    Some(match field.directive("id")?.text("strategy") {
        Some("NONE") => IdStrategy::None,
        Some("SEQUENCE") => IdStrategy::Sequence(sequence(field)),
        _ => IdStrategy::Auto,
    })
}

fn sequence(field: &FieldDef) -> Option<Sequence> {
    let directive = field.directive("sequence")?;
    let number = |name| directive.text(name)?.parse().ok();
    Some(Sequence {
        name: directive.text("name")?.to_owned(),
        initial_value: number("initialValue")?,
        allocation_size: number("allocationSize")?,
    })
}
