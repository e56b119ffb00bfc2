//! Plans in few words.

use prisma_connector::{
    Comparison, Filter, Find, One, Order, Page, Quantifier, Read, ReadPlan, Selected, SelectionId,
    Slot, Value,
};
use prisma_datamodel::{Arity, ModelId};

use super::world::World;

/// A plan in the making, and its values.
pub(crate) struct Ask<'w> {
    pub(crate) world: &'w World,
    pub(crate) values: Vec<Value>,
    /// Arguments of the to-many selections with these response keys.
    pub(crate) lists: Vec<(&'static str, Arguments)>,
    selections: u32,
}

/// The arguments of a list.
#[derive(Clone)]
pub(crate) struct Arguments {
    pub(crate) filter: Filter,
    pub(crate) order: Option<Order>,
    pub(crate) page: Page,
}

impl Default for Arguments {
    fn default() -> Self {
        Self {
            filter: Filter::TRUE,
            order: None,
            page: Page::default(),
        }
    }
}

impl<'w> Ask<'w> {
    pub(crate) fn new(world: &'w World) -> Self {
        Self {
            world,
            values: Vec::new(),
            lists: Vec::new(),
            selections: 0,
        }
    }

    pub(crate) fn slot(&mut self, value: Value) -> Slot {
        self.values.push(value);
        Slot(u16::try_from(self.values.len() - 1).unwrap())
    }

    pub(crate) fn text(&mut self, value: &str) -> Slot {
        self.slot(Value::Text(value.to_owned()))
    }

    pub(crate) fn count(&mut self, value: i64) -> Slot {
        self.slot(Value::Int(value))
    }

    /// `User.name`, compared.
    pub(crate) fn is(&mut self, field: &str, comparison: Comparison, value: Value) -> Filter {
        Filter::Scalar {
            field: self.world.field(field),
            comparison,
            value: self.slot(value),
        }
    }

    pub(crate) fn related(&self, field: &str, quantifier: Quantifier, filter: Filter) -> Filter {
        Filter::Related {
            field: self.world.field(field),
            quantifier,
            filter: Box::new(filter),
        }
    }

    pub(crate) fn order(&self, field: &str, descending: bool) -> Option<Order> {
        Some(Order {
            field: self.world.field(field),
            descending,
        })
    }

    /// Members of an object: `id title author { name }`; `key:name` for another response key, `refused` for
    /// arguments that were refused.
    pub(crate) fn select(&mut self, model: ModelId, text: &str) -> Vec<Selected> {
        let text = text.replace('{', " { ").replace('}', " } ");
        let mut words = text.split_whitespace();
        self.members(model, &mut words)
    }

    fn members<'t>(
        &mut self,
        model: ModelId,
        words: &mut (impl Iterator<Item = &'t str> + Clone),
    ) -> Vec<Selected> {
        let mut selected = Vec::new();
        while let Some(word) = words.next().filter(|word| *word != "}") {
            let (key, name) = word.split_once(':').unwrap_or((word, word));
            let id = SelectionId(self.selections);
            self.selections += 1;
            selected.push(Selected {
                key: key.into(),
                read: self.member(model, key, name, words),
                id,
            });
        }
        selected
    }

    fn member<'t>(
        &mut self,
        model: ModelId,
        key: &str,
        name: &str,
        words: &mut (impl Iterator<Item = &'t str> + Clone),
    ) -> Read {
        let datamodel = &self.world.datamodel;
        match name {
            "__typename" => return Read::Literal(format!("{:?}", datamodel[model].name).into()),
            "refused" => return Read::Refused,
            _ => {}
        }
        let field = datamodel.field(model, name).unwrap();
        let Some(related) = datamodel.related_model(field) else {
            return if datamodel[field].is_scalar_list() {
                Read::ScalarList(field)
            } else {
                Read::Scalar(field)
            };
        };
        let arity = datamodel[field].arity;
        assert_eq!(words.next(), Some("{"), "{name} has members");
        let select = self.members(related, words);
        if arity != Arity::List {
            return Read::ToOne { field, select };
        }
        let arguments = self.lists.iter().find(|(of, _)| *of == key);
        let arguments = arguments.map_or_else(Arguments::default, |(_, it)| it.clone());
        let find = find(related, arguments, select);
        Read::ToMany { field, find }
    }

    pub(crate) fn many(&mut self, model: &str, arguments: Arguments, select: &str) -> ReadPlan {
        let model = self.world.model(model);
        let select = self.select(model, select);
        ReadPlan::Many(find(model, arguments, select))
    }

    pub(crate) fn one(&mut self, field: &str, value: Value, select: &str) -> ReadPlan {
        let field = self.world.field(field);
        let model = self.world.datamodel[field].model;
        ReadPlan::One(One {
            model,
            field,
            value: self.slot(value),
            select: self.select(model, select),
        })
    }

    pub(crate) fn json(&self, plan: &ReadPlan) -> String {
        self.world.json(plan, &self.values)
    }

    /// The ids of a list, in order.
    pub(crate) fn ids(&mut self, model: &str, arguments: Arguments) -> Vec<String> {
        let plan = self.many(model, arguments, "id");
        ids(&self.json(&plan))
    }
}

pub(crate) fn find(model: ModelId, arguments: Arguments, select: Vec<Selected>) -> Find {
    let Arguments {
        filter,
        order,
        page,
    } = arguments;
    Find {
        model,
        filter,
        order,
        page,
        select,
    }
}

/// The ids in `[{"id":…},…]`.
pub(crate) fn ids(json: &str) -> Vec<String> {
    let nodes: Vec<serde_json::Value> = serde_json::from_str(json).unwrap();
    nodes
        .iter()
        .map(|node| node["id"].as_str().unwrap().to_owned())
        .collect()
}
