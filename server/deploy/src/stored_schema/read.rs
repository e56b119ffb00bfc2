//! JSON to [`Datamodel`].

use std::collections::{BTreeMap, HashMap};

use prisma_datamodel::{
    Arity, Datamodel, DefaultValue, Enum, EnumId, Field, FieldId, FieldType, IdStrategy, Link,
    Managed, Model, ModelId, OnDelete, Relation, RelationEnd, RelationId, ScalarType, Sequence,
    Side, Span, Version,
    scalar::{JsonRoot, compact_json, parse_date_time},
};

use super::{StoredSchema, StoredSchemaError, json};

/// Reads a schema.
///
/// # Errors
/// If it is no schema of a SQL database, or names what is not there.
pub fn read(text: &str) -> Result<StoredSchema, StoredSchemaError> {
    let schema: json::Schema = serde_json::from_str(text)?;
    let reader = Reader::new(&schema)?;
    let datamodel = reader.datamodel()?;
    let identifiers = schema
        .models
        .iter()
        .map(|model| (model.name.clone(), model.stable_identifier.clone()))
        .collect();
    Ok(StoredSchema {
        datamodel,
        identifiers,
    })
}

/// A relation end in the making: the models are known at once, the fields when all are numbered.
struct Reader<'a> {
    schema: &'a json::Schema,
    version: Version,
    models: HashMap<&'a str, ModelId>,
    enums: HashMap<&'a str, EnumId>,
    relations: HashMap<&'a str, RelationId>,
    /// The stored fields at the ends of relations, by model and position.
    ends: HashMap<(RelationId, Side), (ModelId, usize)>,
    /// Relations whose end at a model has no stored field.
    missing: HashMap<ModelId, Vec<(RelationId, Side)>>,
}

impl<'a> Reader<'a> {
    fn new(schema: &'a json::Schema) -> Result<Self, StoredSchemaError> {
        if let Some(model) = schema.models.iter().find(|model| model.is_embedded) {
            return Err(StoredSchemaError::Document(model.name.clone()));
        }
        let mut reader = Self {
            schema,
            version: match schema.version.as_deref() {
                None | Some("v1") => Version::V1,
                Some(_) => Version::V1_1,
            },
            models: names(schema.models.iter().map(|model| &model.name), ModelId),
            enums: names(schema.enums.iter().map(|item| &item.name), EnumId),
            relations: names(schema.relations.iter().map(|it| &it.name), RelationId),
            ends: HashMap::new(),
            missing: HashMap::new(),
        };
        reader.find_ends()?;
        Ok(reader)
    }

    fn find_ends(&mut self) -> Result<(), StoredSchemaError> {
        for (model, id) in self.schema.models.iter().zip((0..).map(ModelId)) {
            for (at, field) in model.fields.iter().enumerate() {
                if let Some(end) = self.end_of(model, field)? {
                    self.ends.insert(end, (id, at));
                }
            }
        }
        for (relation, id) in self.schema.relations.iter().zip((0..).map(RelationId)) {
            for (side, model) in [
                (Side::A, &relation.model_a_id),
                (Side::B, &relation.model_b_id),
            ] {
                let model = self.model(&relation.name, model)?;
                if !self.ends.contains_key(&(id, side)) {
                    self.missing.entry(model).or_default().push((id, side));
                }
            }
        }
        Ok(())
    }

    /// Which end of which relation a field is.
    fn end_of(
        &self,
        model: &json::Model,
        field: &json::Field,
    ) -> Result<Option<(RelationId, Side)>, StoredSchemaError> {
        if !matches!(field.type_identifier, json::TypeIdentifier::Relation) {
            return Ok(None);
        }
        let path = || format!("{}.{}", model.name, field.name);
        let name = field.relation_name.as_deref().unwrap_or_default();
        let id = *self
            .relations
            .get(name)
            .ok_or_else(|| unknown(path(), name))?;
        let side = match field.relation_side {
            Some(json::Side::A) => Side::A,
            Some(json::Side::B) => Side::B,
            None if self.schema.relations[id.index()].model_a_id == model.name => Side::A,
            None => Side::B,
        };
        Ok(Some((id, side)))
    }

    fn model(&self, by: &str, name: &str) -> Result<ModelId, StoredSchemaError> {
        self.models
            .get(name)
            .copied()
            .ok_or_else(|| unknown(by, name))
    }

    fn datamodel(&self) -> Result<Datamodel, StoredSchemaError> {
        let mut datamodel = Datamodel {
            version: self.version,
            enums: self.schema.enums.iter().map(read_enum).collect(),
            ..Datamodel::default()
        };
        let mut ends: BTreeMap<(RelationId, Side), FieldId> = BTreeMap::new();
        for (model, id) in self.schema.models.iter().zip((0..).map(ModelId)) {
            let mut fields = Vec::new();
            let mut managed = Vec::new();
            for stored in &model.fields {
                let field = self.field(model, id, stored, &mut managed)?;
                if let Some(end) = field.relation() {
                    ends.insert(end, next_field(&datamodel));
                }
                fields.push(next_field(&datamodel));
                datamodel.fields.push(field);
            }
            for &(relation, side) in self.missing.get(&id).into_iter().flatten() {
                ends.insert((relation, side), next_field(&datamodel));
                fields.push(next_field(&datamodel));
                datamodel
                    .fields
                    .push(self.missing_field(id, relation, side));
            }
            let id_field = fields.iter().find(|&&id| datamodel[id].id.is_some());
            datamodel.models.push(Model {
                name: model.name.clone(),
                db_name: model.manifestation.as_ref().map(|it| it.db_name.clone()),
                docs: None,
                id: *id_field.ok_or_else(|| StoredSchemaError::NoId(model.name.clone()))?,
                fields,
                renamed_from: None,
                span: Span::default(),
            });
        }
        for (relation, id) in self.schema.relations.iter().zip((0..).map(RelationId)) {
            let relation = self.relation(&datamodel, relation, id, &ends)?;
            datamodel.relations.push(relation);
        }
        Ok(datamodel)
    }

    fn field(
        &self,
        model: &json::Model,
        id: ModelId,
        stored: &json::Field,
        managed_so_far: &mut Vec<Managed>,
    ) -> Result<Field, StoredSchemaError> {
        let ty = self.field_type(model, stored)?;
        let arity = match (stored.is_list, stored.is_required) {
            (true, _) => Arity::List,
            (false, true) => Arity::Required,
            (false, false) => Arity::Optional,
        };
        let is_column = arity != Arity::List && !matches!(ty, FieldType::Relation(..));
        let strategy = self.id_strategy(stored);
        let managed = if is_column {
            self.managed(stored)
        } else {
            None
        };
        // Only the first of a kind is filled.
        let managed = managed.filter(|managed| !managed_so_far.contains(managed));
        managed_so_far.extend(managed);
        Ok(Field {
            model: id,
            name: stored.name.clone(),
            db_name: stored.manifestation.as_ref().map(|it| it.db_name.clone()),
            docs: None,
            ty,
            arity,
            unique: is_column && (stored.is_unique || strategy.is_some()),
            id: strategy,
            managed,
            default: match &stored.default_value {
                Some(default) if is_column && !default.is_list => Some(
                    read_default(default).ok_or_else(|| StoredSchemaError::Default {
                        model: model.name.clone(),
                        field: stored.name.clone(),
                    })?,
                ),
                _ => None,
            },
            hidden: stored.is_hidden,
            renamed_from: None,
            span: Span::default(),
        })
    }

    fn field_type(
        &self,
        model: &json::Model,
        field: &json::Field,
    ) -> Result<FieldType, StoredSchemaError> {
        let scalar = match field.type_identifier {
            json::TypeIdentifier::Id => ScalarType::Id,
            json::TypeIdentifier::Uuid => ScalarType::Uuid,
            json::TypeIdentifier::String => ScalarType::String,
            json::TypeIdentifier::Int => ScalarType::Int,
            json::TypeIdentifier::Float => ScalarType::Float,
            json::TypeIdentifier::Boolean => ScalarType::Boolean,
            json::TypeIdentifier::DateTime => ScalarType::DateTime,
            json::TypeIdentifier::Json => ScalarType::Json,
            json::TypeIdentifier::Enum => match &field.enumeration {
                Some(item) => {
                    let path = || format!("{}.{}", model.name, field.name);
                    let id = self.enums.get(item.name.as_str());
                    let id = id.ok_or_else(|| unknown(path(), &item.name))?;
                    return Ok(FieldType::Enum(*id));
                }
                // The type name `Enum` was taken for a scalar: a text.
                None => ScalarType::String,
            },
            json::TypeIdentifier::Relation => {
                // `end_of` knows the relation of every field with this type.
                if let Some((relation, side)) = self.end_of(model, field)? {
                    return Ok(FieldType::Relation(relation, side));
                }
                ScalarType::String
            }
        };
        Ok(FieldType::Scalar(scalar))
    }

    /// Who makes ids; in schemas of 2018 the name of the field says that it is one.
    fn id_strategy(&self, field: &json::Field) -> Option<IdStrategy> {
        match &field.behaviour {
            Some(json::Behaviour::Id { strategy, sequence }) => Some(match strategy {
                json::IdStrategy::Auto => IdStrategy::Auto,
                json::IdStrategy::None => IdStrategy::None,
                json::IdStrategy::Sequence => {
                    IdStrategy::Sequence(sequence.as_ref().map(|sequence| Sequence {
                        name: sequence.name.clone(),
                        initial_value: sequence.initial_value,
                        allocation_size: sequence.allocation_size,
                    }))
                }
            }),
            None if self.version == Version::V1 && field.name == "id" => Some(IdStrategy::Auto),
            _ => None,
        }
    }

    fn managed(&self, field: &json::Field) -> Option<Managed> {
        match (&field.behaviour, field.name.as_str()) {
            (Some(json::Behaviour::CreatedAt), _) => Some(Managed::CreatedAt),
            (Some(json::Behaviour::UpdatedAt), _) => Some(Managed::UpdatedAt),
            (None, name) if self.version == Version::V1 => match (name, field.type_identifier) {
                ("createdAt", json::TypeIdentifier::DateTime) => Some(Managed::CreatedAt),
                ("updatedAt", json::TypeIdentifier::DateTime) => Some(Managed::UpdatedAt),
                _ => None,
            },
            _ => None,
        }
    }

    /// The hidden field of an end that the schema stores none for.
    fn missing_field(&self, model: ModelId, relation: RelationId, side: Side) -> Field {
        let name = &self.schema.relations[relation.index()].name;
        Field {
            model,
            name: format!("_MagicalBackRelation_{name}"),
            db_name: None,
            docs: None,
            ty: FieldType::Relation(relation, side),
            arity: Arity::List,
            unique: false,
            id: None,
            managed: None,
            default: None,
            hidden: true,
            renamed_from: None,
            span: Span::default(),
        }
    }

    fn relation(
        &self,
        datamodel: &Datamodel,
        stored: &json::Relation,
        id: RelationId,
        ends: &BTreeMap<(RelationId, Side), FieldId>,
    ) -> Result<Relation, StoredSchemaError> {
        let end = |side, model: &str, on_delete| {
            let field = ends.get(&(id, side));
            Ok::<_, StoredSchemaError>(RelationEnd {
                model: self.model(&stored.name, model)?,
                field: *field.ok_or_else(|| unknown(&stored.name, model))?,
                on_delete: read_on_delete(on_delete),
            })
        };
        let a = end(Side::A, &stored.model_a_id, stored.model_a_on_delete)?;
        let b = end(Side::B, &stored.model_b_id, stored.model_b_on_delete)?;
        let link = match &stored.manifestation {
            None => Link::Table {
                table: format!("_{}", stored.name),
                column_a: "A".to_owned(),
                column_b: "B".to_owned(),
                id_column: Some("id".to_owned()),
            },
            Some(json::Manifestation::RelationTable {
                table,
                model_a_column,
                model_b_column,
                id_column,
            }) => Link::Table {
                table: table.clone(),
                column_a: model_a_column.clone(),
                column_b: model_b_column.clone(),
                id_column: id_column.clone(),
            },
            Some(json::Manifestation::Inline {
                in_table_of_model_id,
                referencing_column,
            }) => Link::Inline {
                side: inline_side(
                    datamodel,
                    [&a, &b],
                    self.model(&stored.name, in_table_of_model_id)?,
                ),
                column: referencing_column.clone(),
            },
        };
        Ok(Relation {
            name: stored.name.clone(),
            a,
            b,
            link,
            renamed_from: None,
        })
    }
}

/// The side whose rows have the column. The JSON names a model only; of self relations the shape decides, as it
/// does when they are deployed (deploy.md §2.6).
fn inline_side(datamodel: &Datamodel, [a, b]: [&RelationEnd; 2], holder: ModelId) -> Side {
    if a.model != b.model {
        return if a.model == holder { Side::A } else { Side::B };
    }
    let is_to_one = |end: &RelationEnd| datamodel[end.field].arity != Arity::List;
    if is_to_one(a) && !is_to_one(b) {
        Side::A
    } else {
        Side::B
    }
}

/// Numbers things by their position.
fn names<'a, Id>(
    items: impl Iterator<Item = &'a String>,
    id: impl Fn(u32) -> Id,
) -> HashMap<&'a str, Id> {
    items.map(String::as_str).zip((0..).map(id)).collect()
}

fn next_field(datamodel: &Datamodel) -> FieldId {
    FieldId(u32::try_from(datamodel.fields.len()).unwrap_or(u32::MAX))
}

fn unknown(by: impl Into<String>, name: &str) -> StoredSchemaError {
    StoredSchemaError::Unknown {
        by: by.into(),
        name: name.to_owned(),
    }
}

fn read_enum(item: &json::Enum) -> Enum {
    Enum {
        name: item.name.clone(),
        docs: None,
        values: item.values.clone(),
        renamed_from: None,
        span: Span::default(),
    }
}

fn read_on_delete(on_delete: json::OnDelete) -> OnDelete {
    match on_delete {
        json::OnDelete::SetNull => OnDelete::SetNull,
        json::OnDelete::Cascade => OnDelete::Cascade,
    }
}

fn read_default(stored: &json::DefaultValue) -> Option<DefaultValue> {
    let value = stored.value.get();
    let text = || serde_json::from_str::<String>(value).ok();
    Some(match stored.gc_value_type.as_str() {
        "null" => DefaultValue::Null,
        "string" => DefaultValue::String(text()?),
        "int" => DefaultValue::Int(serde_json::from_str(value).ok()?),
        "float" => DefaultValue::Float(serde_json::from_str(value).ok()?),
        "bool" => DefaultValue::Boolean(serde_json::from_str(value).ok()?),
        "datetime" => DefaultValue::DateTime(parse_date_time(&text()?)?),
        "json" => DefaultValue::Json(compact_json(value, JsonRoot::Any)?),
        "enum" => DefaultValue::Enum(text()?),
        _ => return None,
    })
}
