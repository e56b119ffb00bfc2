//! The JSON, key by key. Absent keys and nulls are alike.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The `version` of schemas in the current syntax; those of 2018 have none.
pub(super) const VERSION: &str = "v2";

#[derive(Serialize, Deserialize)]
pub(super) struct Schema {
    pub(super) models: Vec<Model>,
    pub(super) relations: Vec<Relation>,
    pub(super) enums: Vec<Enum>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) version: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Model {
    pub(super) name: String,
    #[serde(default)]
    pub(super) stable_identifier: String,
    #[serde(default)]
    pub(super) is_embedded: bool,
    pub(super) fields: Vec<Field>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) manifestation: Option<DbName>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DbName {
    pub(super) db_name: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) type_identifier: TypeIdentifier,
    pub(super) is_required: bool,
    pub(super) is_list: bool,
    pub(super) is_unique: bool,
    #[serde(default)]
    pub(super) is_hidden: bool,
    #[serde(default)]
    pub(super) is_auto_generated: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) manifestation: Option<DbName>,
    #[serde(default, rename = "enum", skip_serializing_if = "Option::is_none")]
    pub(super) enumeration: Option<Enum>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) relation_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) relation_side: Option<Side>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) behaviour: Option<Behaviour>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) default_value: Option<DefaultValue>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
pub(super) enum TypeIdentifier {
    #[serde(rename = "GraphQLID", alias = "Cuid")]
    Id,
    #[serde(rename = "UUID")]
    Uuid,
    String,
    Int,
    Float,
    Boolean,
    DateTime,
    Json,
    Enum,
    Relation,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
pub(super) enum Side {
    A,
    B,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Enum {
    pub(super) name: String,
    pub(super) values: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub(super) enum Behaviour {
    Id {
        strategy: IdStrategy,
        #[serde(default)]
        sequence: Option<Sequence>,
    },
    CreatedAt,
    UpdatedAt,
    ScalarList {
        strategy: ListStrategy,
    },
}

#[derive(Clone, Copy, Serialize, Deserialize)]
pub(super) enum IdStrategy {
    Auto,
    None,
    Sequence,
}

#[derive(Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) enum ListStrategy {
    Relation,
    Embedded,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Sequence {
    pub(super) name: String,
    pub(super) initial_value: i32,
    pub(super) allocation_size: i32,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DefaultValue {
    pub(super) gc_value_type: String,
    #[serde(default)]
    pub(super) is_list: bool,
    /// Numbers and JSON documents keep the text they have.
    #[serde(default = "null")]
    pub(super) value: Box<RawValue>,
}

fn null() -> Box<RawValue> {
    RawValue::NULL.to_owned()
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Relation {
    pub(super) name: String,
    pub(super) model_a_id: String,
    pub(super) model_b_id: String,
    #[serde(default)]
    pub(super) model_a_on_delete: OnDelete,
    #[serde(default)]
    pub(super) model_b_on_delete: OnDelete,
    /// The legacy table where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) manifestation: Option<Manifestation>,
}

#[derive(Clone, Copy, Default, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum OnDelete {
    #[default]
    SetNull,
    Cascade,
}

#[derive(Serialize, Deserialize)]
#[serde(
    tag = "relationManifestationType",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub(super) enum Manifestation {
    RelationTable {
        table: String,
        model_a_column: String,
        model_b_column: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id_column: Option<String>,
    },
    Inline {
        in_table_of_model_id: String,
        referencing_column: String,
    },
}
