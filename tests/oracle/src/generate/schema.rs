//! Random datamodels: valid ones, of every shape of relation.

use crate::{
    random::Random,
    schema::{
        Arity, End, EndRef, Field, FieldKind, Managed, Model, Relation, ScalarField, ScalarType,
        Schema,
    },
    value::Value,
};

/// In alphabetical order, so that the first end of a relation is side A. The plurals of all are made with an `s`.
const NAMES: &[&str] = &["Ant", "Bear", "Cat", "Dog"];

/// The datamodel of a seed.
#[must_use]
pub fn schema(seed: u64) -> Schema {
    let mut random = Random::new(seed);
    let mut schema = Schema::default();
    for index in 0..random.below(3) {
        let values = ["RED", "GREEN", "BLUE", "WHITE"];
        schema.enums.push(
            values[..2 + random.below(3)]
                .iter()
                .map(|value| format!("{value}{index}"))
                .collect(),
        );
    }
    let count = 1 + random.weighted(&[15, 40, 30, 15]);
    for name in &NAMES[..count] {
        let model = model(&mut random, name, schema.enums.len());
        schema.models.push(model);
    }
    for _ in 0..1 + random.below(count + 2) {
        add_relation(&mut random, &mut schema);
    }
    name_relations(&mut random, &mut schema);
    schema
}

fn model(random: &mut Random, name: &str, enums: usize) -> Model {
    let ty = [ScalarType::Id, ScalarType::Uuid, ScalarType::Int][random.weighted(&[60, 20, 20])];
    let id_name = if random.chance(10) { "key" } else { "id" };
    let mut fields = vec![Field {
        name: id_name.to_owned(),
        db_name: None,
        kind: FieldKind::Scalar(ScalarField {
            ty,
            arity: Arity::Required,
            unique: true,
            default: None,
            managed: None,
        }),
    }];
    if ty == ScalarType::Int {
        // Nobody knows such an id beforehand; this is how new nodes are found again.
        fields.push(field("code", ScalarType::String, Arity::Required, true));
    } else if random.chance(50) {
        let arity = if random.chance(50) {
            Arity::Required
        } else {
            Arity::Optional
        };
        let ty = [
            ScalarType::String,
            ScalarType::Int,
            ScalarType::Float,
            ScalarType::DateTime,
        ][random.weighted(&[60, 20, 10, 10])];
        fields.push(field("mark", ty, arity, true));
    }
    for index in 0..1 + random.below(5) {
        fields.push(scalar(random, index, enums));
    }
    for (name, managed) in [
        ("createdAt", Managed::CreatedAt),
        ("updatedAt", Managed::UpdatedAt),
    ] {
        if random.chance(30) {
            let arity = if random.chance(50) {
                Arity::Required
            } else {
                Arity::Optional
            };
            let mut field = field(name, ScalarType::DateTime, arity, false);
            if let FieldKind::Scalar(scalar) = &mut field.kind {
                scalar.managed = Some(managed);
            }
            fields.push(field);
        }
    }
    for field in &mut fields {
        if random.chance(15) {
            field.db_name = Some(format!("c_{}", field.name));
        }
    }
    Model {
        name: name.to_owned(),
        db_name: random
            .chance(20)
            .then(|| format!("t_{}", name.to_lowercase())),
        fields,
        id: 0,
    }
}

fn field(name: &str, ty: ScalarType, arity: Arity, unique: bool) -> Field {
    Field {
        name: name.to_owned(),
        db_name: None,
        kind: FieldKind::Scalar(ScalarField {
            ty,
            arity,
            unique,
            default: None,
            managed: None,
        }),
    }
}

fn scalar(random: &mut Random, index: usize, enums: usize) -> Field {
    let types = [
        ScalarType::String,
        ScalarType::Int,
        ScalarType::Float,
        ScalarType::Boolean,
        ScalarType::DateTime,
        ScalarType::Json,
        ScalarType::Id,
        ScalarType::Enum(0),
    ];
    let mut ty = types[random.weighted(&[30, 20, 12, 10, 12, 5, 5, 16])];
    if let ScalarType::Enum(_) = ty {
        ty = match enums {
            0 => ScalarType::Boolean,
            count => ScalarType::Enum(random.below(count)),
        };
    }
    let arity = [Arity::Required, Arity::Optional, Arity::List][random.weighted(&[30, 50, 20])];
    let mut field = field(&format!("f{index}"), ty, arity, false);
    if let FieldKind::Scalar(scalar) = &mut field.kind
        && arity != Arity::List
        && random.chance(25)
    {
        scalar.default = default(ty);
    }
    field
}

fn default(ty: ScalarType) -> Option<Value> {
    Some(match ty {
        ScalarType::String => Value::Text("oak".to_owned()),
        ScalarType::Int => Value::Int(3),
        ScalarType::Float => Value::Float(0.25),
        ScalarType::Boolean => Value::Boolean(true),
        ScalarType::DateTime => Value::DateTime("2016-02-29T12:00:00.000Z".to_owned()),
        ScalarType::Enum(index) => Value::Enum(format!("GREEN{index}")),
        ScalarType::Json | ScalarType::Id | ScalarType::Uuid => return None,
    })
}

fn add_relation(random: &mut Random, schema: &mut Schema) {
    let index = schema.relations.len();
    let mut models = [0, 1].map(|_| random.below(schema.models.len()));
    models.sort_unstable();
    let arities = [0, 1]
        .map(|_| [Arity::Required, Arity::Optional, Arity::List][random.weighted(&[20, 40, 40])]);
    let mut ends = [0, 1].map(|side| End {
        model: models[side],
        field: None,
        arity: arities[side],
        cascades: random.chance(18),
    });
    let hidden = random.chance(25).then(|| random.below(2));
    let is_self = models[0] == models[1];
    for side in [0, 1] {
        if hidden == Some(side) {
            // The side of a hidden end in a self relation is decided by its name, which begins with an underscore.
            ends[side].arity = Arity::List;
            ends[side].cascades = false;
        } else if is_self && ends[side].arity == Arity::Required {
            // Nobody could ever create the first node.
            ends[side].arity = Arity::Optional;
        }
    }
    if is_self && hidden == Some(1) {
        ends.swap(0, 1);
    }
    for side in [0, 1] {
        if is_self && hidden.is_some() && side == 0 || !is_self && hidden == Some(side) {
            continue;
        }
        let letter = if side == 0 { "a" } else { "b" };
        let field = Field {
            name: format!("r{index}{letter}"),
            db_name: None,
            kind: FieldKind::Relation(EndRef {
                relation: index,
                side,
            }),
        };
        let fields = &mut schema.models[models[side]].fields;
        let place = 1 + random.below(fields.len());
        fields.insert(place, field);
    }
    let link = link(random, &ends, is_self, hidden);
    schema.relations.push(Relation {
        name: String::new(),
        is_named: false,
        ends,
        link,
    });
    find_fields(schema);
}

/// What to say about where links are stored; two nodes that may have one another at most once need a word.
fn link(
    random: &mut Random,
    ends: &[End; 2],
    is_self: bool,
    hidden: Option<usize>,
) -> Option<(usize, &'static str)> {
    let visible: Vec<usize> = match hidden {
        None => vec![0, 1],
        Some(_) if is_self => vec![1],
        Some(side) => vec![1 - side],
    };
    let must = hidden.is_none() && ends.iter().all(|end| end.arity != Arity::List);
    if !must && random.chance(50) {
        return None;
    }
    let side = *random.pick(&visible)?;
    if ends[side].arity != Arity::List && random.chance(60) {
        Some((side, "INLINE"))
    } else {
        Some((side, "TABLE"))
    }
}

/// Fields move when others are put before them.
fn find_fields(schema: &mut Schema) {
    for relation in &mut schema.relations {
        for end in &mut relation.ends {
            end.field = None;
        }
    }
    for (model, fields) in schema.models.iter().map(|model| &model.fields).enumerate() {
        for (position, field) in fields.iter().enumerate() {
            if let FieldKind::Relation(end) = field.kind {
                let end = &mut schema.relations[end.relation].ends[end.side];
                debug_assert_eq!(end.model, model);
                end.field = Some(position);
            }
        }
    }
}

/// Relations need names where there are several between two models, or two fields in one.
fn name_relations(random: &mut Random, schema: &mut Schema) {
    let models: Vec<[usize; 2]> = schema
        .relations
        .iter()
        .map(|relation| [0, 1].map(|side| relation.ends[side].model))
        .collect();
    for (index, relation) in schema.relations.iter_mut().enumerate() {
        let [a, b] = models[index];
        let several = models.iter().filter(|other| **other == [a, b]).count() > 1;
        relation.is_named = several || a == b || random.chance(40);
        relation.name = if relation.is_named {
            format!("Rel{index}")
        } else {
            format!("{}To{}", schema.models[a].name, schema.models[b].name)
        };
    }
}
