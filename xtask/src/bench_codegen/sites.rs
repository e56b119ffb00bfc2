//! Programs that use a client: a call per model, of each of the two ways to say what to select.

use heck::ToSnakeCase;
use prisma_datamodel::{Arity, Datamodel, Field, FieldType, Model};

/// Calls of one kind.
pub(super) struct Calls {
    /// What stands before them.
    pub(super) imports: &'static str,
    calls: Vec<String>,
    /// How many of what is measured one call has.
    each: usize,
}

impl Calls {
    /// A program with all of them.
    pub(super) fn text(&self) -> String {
        format!("{}{}", self.imports, self.calls.concat())
    }

    /// How many there are of what is measured.
    pub(super) fn count(&self) -> f64 {
        #[allow(clippy::cast_precision_loss, reason = "small numbers")]
        let count = (self.calls.len() * self.each) as f64;
        count
    }
}

/// Calls of both kinds, one per model that has what they need.
pub(super) struct Sites {
    /// Two structs, one in the other, and a query for them.
    pub(super) derives: Calls,
    /// A query with conditions and a selection of three levels.
    pub(super) selects: Calls,
}

impl Sites {
    pub(super) fn of(datamodel: &Datamodel) -> Self {
        let models: Vec<&Model> = datamodel.models.iter().collect();
        Self {
            derives: Calls {
                imports: "#![allow(unused_imports)]\nuse client::db::{self, Models};\n",
                calls: models
                    .iter()
                    .filter_map(|model| derive(datamodel, model))
                    .collect(),
                each: 2,
            },
            selects: Calls {
                imports: "#![allow(unused_imports)]\nuse client::db::Models;\n",
                calls: models
                    .iter()
                    .filter_map(|model| select(datamodel, model))
                    .collect(),
                each: 1,
            },
        }
    }
}

fn derive(datamodel: &Datamodel, model: &Model) -> Option<String> {
    let (list, to) = related(datamodel, model, Arity::List)?;
    let (name, to, list) = (&model.name, &to.name, list.name.to_snake_case());
    let module = name.to_snake_case();
    Some(format!(
        "
#[derive(prisma_runtime::Selection)]
#[prisma(model = db::{to})]
pub struct In{name} {{ pub code: String, pub amount: Option<f64> }}

#[derive(prisma_runtime::Selection)]
#[prisma(model = db::{name})]
pub struct With{name} {{
    pub id: prisma_runtime::Id<db::{name}>,
    pub name: String,
    #[prisma(with = |list| list.first(3))]
    pub {list}: Vec<In{name}>,
}}

pub async fn {module}(db: &db::Db) -> prisma_runtime::Result<Vec<With{name}>> {{
    db.{module}().find_many().select().await
}}
"
    ))
}

fn select(datamodel: &Datamodel, model: &Model) -> Option<String> {
    let (first, to) = related(datamodel, model, Arity::Required)?;
    let (second, _) = related(datamodel, to, Arity::Required)?;
    let module = model.name.to_snake_case();
    let (first, second) = (first.name.to_snake_case(), second.name.to_snake_case());
    Some(format!(
        "
pub async fn {module}(db: &client::db::Db) -> prisma_runtime::Result<usize> {{
    let rows = db.{module}().find_many()
        .filter(|r| r.name.starts_with(\"A\") & r.number.gt(3))
        .order_by(|r| r.code.asc())
        .first(10)
        .pick(prisma_runtime::select! {{ id name {first} {{ code number {second} {{ name active }} }} }})
        .await?;
    Ok(rows.iter().filter(|row| row.{first}.{second}.active).count())
}}
"
    ))
}

/// The first relation of a model with this arity, and where it leads.
fn related<'a>(
    datamodel: &'a Datamodel,
    model: &Model,
    arity: Arity,
) -> Option<(&'a Field, &'a Model)> {
    let fields = model.fields.iter().map(|&field| &datamodel[field]);
    fields
        .filter(|field| field.arity == arity && !field.hidden)
        .find_map(|field| match field.ty {
            FieldType::Relation(relation, side) => {
                let to = datamodel[relation].end(side.opposite()).model;
                Some((field, &datamodel[to]))
            }
            _ => None,
        })
}
