//! [`Datamodel`] to JSON.

use prisma_datamodel::{
    Arity, Datamodel, DefaultValue, Field, FieldType, IdStrategy, Link, Managed, OnDelete,
    Relation, ScalarType, Side, Version, scalar::format_date_time,
};
use serde_json::value::{RawValue, to_raw_value};

use super::{Identifiers, StoredSchemaError, is_marked_unique, json};

/// Writes a datamodel. Models without an identifier get an empty one.
///
/// # Errors
/// [`StoredSchemaError::Json`] if a default is a `Json` that is none; reading a text makes no such datamodel.
pub fn write(
    datamodel: &Datamodel,
    identifiers: &Identifiers,
) -> Result<String, StoredSchemaError> {
    let models = datamodel.models().map(|(id, model)| {
        let fields = datamodel
            .fields_of(id)
            .map(|(_, field)| write_field(datamodel, &model.name, field));
        Ok(json::Model {
            name: model.name.clone(),
            stable_identifier: identifiers.get(&model.name).cloned().unwrap_or_default(),
            is_embedded: false,
            fields: fields.collect::<Result<_, StoredSchemaError>>()?,
            manifestation: model.db_name.clone().map(db_name),
        })
    });
    let schema = json::Schema {
        models: models.collect::<Result<_, StoredSchemaError>>()?,
        relations: datamodel
            .relations
            .iter()
            .map(|relation| write_relation(datamodel, relation))
            .collect(),
        enums: datamodel.enums.iter().map(write_enum).collect(),
        version: (datamodel.version == Version::V1_1).then(|| json::VERSION.to_owned()),
    };
    Ok(serde_json::to_string(&schema)?)
}

fn db_name(db_name: String) -> json::DbName {
    json::DbName { db_name }
}

fn write_enum(item: &prisma_datamodel::Enum) -> json::Enum {
    json::Enum {
        name: item.name.clone(),
        values: item.values.clone(),
    }
}

fn write_field(
    datamodel: &Datamodel,
    model: &str,
    field: &Field,
) -> Result<json::Field, StoredSchemaError> {
    let relation = field.relation();
    Ok(json::Field {
        name: field.name.clone(),
        type_identifier: type_identifier(field.ty),
        is_required: field.arity == Arity::Required,
        is_list: field.arity == Arity::List,
        is_unique: is_marked_unique(field, datamodel.version),
        is_hidden: field.hidden,
        is_auto_generated: field.is_generated_by_database(),
        // The column of a link stands in the relation.
        manifestation: match relation {
            Some(_) => None,
            None => field.db_name.clone().map(db_name),
        },
        enumeration: match field.ty {
            FieldType::Enum(id) => Some(write_enum(&datamodel[id])),
            FieldType::Scalar(_) | FieldType::Relation(..) => None,
        },
        relation_name: relation.map(|(id, _)| datamodel[id].name.clone()),
        relation_side: relation.map(|(_, side)| match side {
            Side::A => json::Side::A,
            Side::B => json::Side::B,
        }),
        behaviour: behaviour(model, field),
        default_value: field.default.as_ref().map(write_default).transpose()?,
    })
}

fn type_identifier(ty: FieldType) -> json::TypeIdentifier {
    match ty {
        FieldType::Relation(..) => json::TypeIdentifier::Relation,
        FieldType::Enum(_) => json::TypeIdentifier::Enum,
        FieldType::Scalar(scalar) => match scalar {
            ScalarType::Id => json::TypeIdentifier::Id,
            ScalarType::Uuid => json::TypeIdentifier::Uuid,
            ScalarType::String => json::TypeIdentifier::String,
            ScalarType::Int => json::TypeIdentifier::Int,
            ScalarType::Float => json::TypeIdentifier::Float,
            ScalarType::Boolean => json::TypeIdentifier::Boolean,
            ScalarType::DateTime => json::TypeIdentifier::DateTime,
            ScalarType::Json => json::TypeIdentifier::Json,
        },
    }
}

fn behaviour(model: &str, field: &Field) -> Option<json::Behaviour> {
    if let Some(strategy) = &field.id {
        return Some(id_behaviour(model, field, strategy));
    }
    if field.is_scalar_list() {
        return Some(json::Behaviour::ScalarList {
            strategy: json::ListStrategy::Relation,
        });
    }
    field.managed.map(|managed| match managed {
        Managed::CreatedAt => json::Behaviour::CreatedAt,
        Managed::UpdatedAt => json::Behaviour::UpdatedAt,
    })
}

fn id_behaviour(model: &str, field: &Field, strategy: &IdStrategy) -> json::Behaviour {
    let (strategy, sequence) = match strategy {
        IdStrategy::Auto => (
            json::IdStrategy::Auto,
            // What the original would call its sequence (deploy.md §1.5.1).
            field.is_generated_by_database().then(|| json::Sequence {
                name: format!("{model}_{}_seq", field.name),
                initial_value: 1,
                allocation_size: 100,
            }),
        ),
        IdStrategy::None => (json::IdStrategy::None, None),
        IdStrategy::Sequence(sequence) => (
            json::IdStrategy::Sequence,
            sequence.as_ref().map(|sequence| json::Sequence {
                name: sequence.name.clone(),
                initial_value: sequence.initial_value,
                allocation_size: sequence.allocation_size,
            }),
        ),
    };
    json::Behaviour::Id { strategy, sequence }
}

fn write_default(default: &DefaultValue) -> Result<json::DefaultValue, StoredSchemaError> {
    let (kind, value) = match default {
        DefaultValue::String(text) => ("string", to_raw_value(text)?),
        DefaultValue::Int(number) => ("int", to_raw_value(number)?),
        DefaultValue::Float(number) => ("float", to_raw_value(number)?),
        DefaultValue::Boolean(flag) => ("bool", to_raw_value(flag)?),
        DefaultValue::DateTime(ms) => ("datetime", to_raw_value(&local_date_time(*ms))?),
        DefaultValue::Json(text) => ("json", RawValue::from_string(text.clone())?),
        DefaultValue::Enum(value) => ("enum", to_raw_value(value)?),
        DefaultValue::Null => ("null", RawValue::NULL.to_owned()),
    };
    Ok(json::DefaultValue {
        gc_value_type: kind.to_owned(),
        is_list: false,
        value,
    })
}

/// `2018-01-01T00:00:00.000`: UTC without saying so.
fn local_date_time(ms: i64) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = format_date_time(ms, &mut text);
    text.pop();
    text
}

fn write_relation(datamodel: &Datamodel, relation: &Relation) -> json::Relation {
    let model_name = |side| datamodel[relation.end(side).model].name.clone();
    json::Relation {
        name: relation.name.clone(),
        model_a_id: model_name(Side::A),
        model_b_id: model_name(Side::B),
        model_a_on_delete: on_delete(relation.a.on_delete),
        model_b_on_delete: on_delete(relation.b.on_delete),
        manifestation: Some(match &relation.link {
            Link::Inline { side, column } => json::Manifestation::Inline {
                in_table_of_model_id: model_name(*side),
                referencing_column: column.clone(),
            },
            Link::Table {
                table,
                column_a,
                column_b,
                id_column,
            } => json::Manifestation::RelationTable {
                table: table.clone(),
                model_a_column: column_a.clone(),
                model_b_column: column_b.clone(),
                id_column: id_column.clone(),
            },
        }),
    }
}

fn on_delete(on_delete: OnDelete) -> json::OnDelete {
    match on_delete {
        OnDelete::SetNull => json::OnDelete::SetNull,
        OnDelete::Cascade => json::OnDelete::Cascade,
    }
}
