//! Steps as the management API shows them (deploy.md §3.2).

use prisma_datamodel::{
    Arity, Datamodel, DefaultValue, Field, FieldType, Link, Relation, ScalarType,
    scalar::format_date_time,
};

use super::Step;
use crate::migration::{CreateField, Manifestation, MigrationStep, UpdateField};

/// Shows a step between two datamodels.
pub(crate) fn present(step: Step, previous: &Datamodel, next: &Datamodel) -> MigrationStep {
    match step {
        Step::DeleteRelation(id) => MigrationStep::DeleteRelation {
            name: previous[id].name.clone(),
        },
        Step::DeleteField(id) => MigrationStep::DeleteField {
            model: previous[previous[id].model].name.clone(),
            name: previous[id].name.clone(),
        },
        Step::DeleteModel(id) => MigrationStep::DeleteModel {
            name: previous[id].name.clone(),
        },
        Step::DeleteEnum(id) => MigrationStep::DeleteEnum {
            name: previous[id].name.clone(),
        },
        Step::UpdateEnum { from, to } => MigrationStep::UpdateEnum {
            name: previous[from].name.clone(),
            new_name: changed(&previous[from].name, &next[to].name),
            values: changed(&previous[from].values, &next[to].values),
        },
        Step::UpdateField { from, to } => update_field(
            Shown::new(previous, &previous[from]),
            Shown::new(next, &next[to]),
        ),
        Step::UpdateModel { from, to } => MigrationStep::UpdateModel {
            name: previous[from].name.clone(),
            new_name: next[to].name.clone(),
        },
        Step::UpdateRelation { from, to } => MigrationStep::UpdateRelation {
            name: previous[from].name.clone(),
            new_name: changed(&previous[from].name, &next[to].name),
            before: manifestation(previous, &previous[from]),
            after: manifestation(next, &next[to]),
        },
        Step::CreateEnum(id) => MigrationStep::CreateEnum {
            name: next[id].name.clone(),
            values: next[id].values.clone(),
        },
        Step::CreateModel(id) => MigrationStep::CreateModel {
            name: next[id].name.clone(),
        },
        Step::CreateField(id) => create_field(Shown::new(next, &next[id])),
        Step::CreateRelation(id) => MigrationStep::CreateRelation {
            name: next[id].name.clone(),
            left_model: next[next[id].a.model].name.clone(),
            right_model: next[next[id].b.model].name.clone(),
            after: manifestation(next, &next[id]),
        },
    }
}

/// The new value, if it is one.
fn changed<T: PartialEq + Clone>(before: &T, after: &T) -> Option<T> {
    (before != after).then(|| after.clone())
}

/// A field in the words of the API.
struct Shown {
    model: String,
    name: String,
    type_name: String,
    is_required: bool,
    is_list: bool,
    unique: bool,
    enumeration: Option<String>,
    default: Option<String>,
    relation: Option<String>,
}

impl Shown {
    fn new(datamodel: &Datamodel, field: &Field) -> Self {
        let mut shown = Self {
            model: datamodel[field.model].name.clone(),
            name: field.name.clone(),
            type_name: String::new(),
            is_required: field.arity == Arity::Required,
            is_list: field.arity == Arity::List,
            unique: field.unique,
            enumeration: None,
            default: field.default.as_ref().map(default_text),
            relation: None,
        };
        match field.ty {
            FieldType::Scalar(scalar) => scalar.name().clone_into(&mut shown.type_name),
            FieldType::Enum(id) => {
                "Enum".clone_into(&mut shown.type_name);
                shown.enumeration = Some(datamodel[id].name.clone());
            }
            FieldType::Relation(id, side) => {
                let relation = &datamodel[id];
                let related = relation.end(side.opposite()).model;
                shown.type_name.clone_from(&datamodel[related].name);
                shown.relation = Some(relation.name.clone());
            }
        }
        shown
    }
}

fn create_field(field: Shown) -> MigrationStep {
    MigrationStep::CreateField(CreateField {
        model: field.model,
        name: field.name,
        type_name: field.type_name,
        is_required: field.is_required,
        is_list: field.is_list,
        unique: field.unique,
        enumeration: field.enumeration,
        default: field.default,
        relation: field.relation,
    })
}

fn update_field(from: Shown, to: Shown) -> MigrationStep {
    MigrationStep::UpdateField(UpdateField {
        new_name: changed(&from.name, &to.name),
        type_name: changed(&from.type_name, &to.type_name),
        is_required: changed(&from.is_required, &to.is_required),
        is_list: changed(&from.is_list, &to.is_list),
        unique: changed(&from.unique, &to.unique),
        enumeration: changed(&from.enumeration, &to.enumeration).flatten(),
        default: changed(&from.default, &to.default).flatten(),
        relation: changed(&from.relation, &to.relation).flatten(),
        model: from.model,
        name: from.name,
    })
}

fn manifestation(datamodel: &Datamodel, relation: &Relation) -> Manifestation {
    match &relation.link {
        Link::Inline { side, column } => Manifestation::Inline {
            model: datamodel[relation.end(*side).model].name.clone(),
            column: column.clone(),
        },
        Link::Table {
            table,
            column_a,
            column_b,
            id_column,
        } => Manifestation::LinkTable {
            table: table.clone(),
            model_a_column: column_a.clone(),
            model_b_column: column_b.clone(),
            id_column: id_column.clone(),
        },
    }
}

/// The original shows its own rendering here, such as `Some(IntGCValue(5))`; we show the value.
fn default_text(default: &DefaultValue) -> String {
    match default {
        DefaultValue::String(text) | DefaultValue::Json(text) | DefaultValue::Enum(text) => {
            text.clone()
        }
        DefaultValue::Int(number) => number.to_string(),
        // With a point, as `4.0`.
        DefaultValue::Float(number) => format!("{number:?}"),
        DefaultValue::Boolean(flag) => flag.to_string(),
        DefaultValue::DateTime(ms) => date_time(*ms),
        DefaultValue::Null => "null".to_owned(),
    }
}

fn date_time(ms: i64) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = format_date_time(ms, &mut text);
    text
}

/// What rows that exist already get in a new required column, as texts for people show it (deploy.md §2.4).
pub(crate) fn migration_value(datamodel: &Datamodel, field: &Field) -> String {
    if let Some(default) = &field.default
        && *default != DefaultValue::Null
    {
        return default_text(default);
    }
    match field.ty {
        FieldType::Scalar(scalar) => match scalar {
            ScalarType::String => "",
            ScalarType::Boolean => "false",
            ScalarType::Int => "0",
            ScalarType::Float => "0.0",
            ScalarType::DateTime => "1970-01-01T00:00:00.000Z",
            ScalarType::Json => "{}",
            ScalarType::Id => "DefaultCUIDMigrationValue",
            ScalarType::Uuid => "550e8400-e29b-11d4-a716-446655440000",
        },
        FieldType::Enum(id) => datamodel[id].values.first().map_or("", String::as_str),
        FieldType::Relation(..) => "",
    }
    .to_owned()
}
