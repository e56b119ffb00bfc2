//! Queries: lists, pages and selections (api.md §3.1, §3.5 to §3.7).

use std::cmp::Ordering;

use serde_json::{Map, Value as Json, json};

use super::{Handle, Refusal, Rules, State, filter};
use crate::{
    operation::{Key, Page, Pages, PagesBy, Query, Selected, Where},
    schema::Arity,
    value::Value,
};

/// What is answered: `data`, and the errors beside it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// The value of the root field.
    pub data: Json,
    /// In no particular order.
    pub failures: Vec<Failure>,
}

/// An error of an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// Where.
    pub path: Vec<Json>,
    /// Why; `None` where a required node is missing, which has no code.
    pub refusal: Option<Refusal>,
}

/// Answers a query.
#[must_use]
pub fn read(rules: &Rules<'_>, state: &State, query: &Query) -> Answer {
    let mut reader = Reader {
        rules,
        state,
        path: vec![json!("r")],
        failures: Vec::new(),
    };
    let data = match query {
        Query::One(model, key, selection) => reader.one(*model, key, selection),
        Query::Many(model, page, selection) => {
            match reader.window(*model, state.of(*model), page) {
                Ok(window) => Some(Json::Array(
                    reader
                        .each(&window.nodes, selection)
                        .into_iter()
                        .map(|node| node.unwrap_or(Json::Null))
                        .collect(),
                )),
                Err(refusal) => reader.fail(refusal),
            }
        }
        Query::Connection(model, page, selection) => {
            reader.connection(*model, page, selection.as_deref())
        }
    };
    // All lists at the root are non-null: without one there is no data at all. A null for one node is an answer.
    Answer {
        data: data.unwrap_or(Json::Null),
        failures: reader.failures,
    }
}

/// The selection of one node, as a mutation answers it.
#[must_use]
pub(super) fn node(
    rules: &Rules<'_>,
    state: &State,
    node: Handle,
    selection: &[Selected],
) -> Answer {
    let mut reader = Reader {
        rules,
        state,
        path: vec![json!("r")],
        failures: Vec::new(),
    };
    let data = reader.object(node, selection);
    Answer {
        data: data.unwrap_or(Json::Null),
        failures: reader.failures,
    }
}

/// For how many nodes of a model a filter is true, and for how many false.
#[must_use]
pub fn count(rules: &Rules<'_>, state: &State, model: usize, filter: &Where) -> (usize, usize) {
    let nodes = state.of(model);
    let counted = |wanted| {
        nodes
            .iter()
            .filter(|&&node| rules.holds(state, node, filter) == Some(wanted))
            .count()
    };
    (counted(true), counted(false))
}

/// Can the pages of a list be put together again? Cursors have no place among nulls (api.md §3.6).
#[must_use]
pub fn pages(rules: &Rules<'_>, state: &State, pages: &Pages) -> bool {
    let by_cursor = pages.by != PagesBy::Skip;
    let has_nulls = |field: usize| {
        let values = state.of(pages.model).into_iter();
        values
            .map(|node| state.value(node, field))
            .any(Value::is_null)
    };
    let refused = pages
        .filter
        .as_ref()
        .is_some_and(|filter| !filter::refused(rules, pages.model, filter).is_empty());
    let lacks_places = by_cursor && pages.order.is_some_and(|(field, _)| has_nulls(field));
    !(refused || lacks_places)
}

/// The nodes of a page, and whether there are more on the side that was asked about.
struct Window {
    nodes: Vec<Handle>,
    more_after: bool,
    more_before: bool,
}

struct Reader<'a> {
    rules: &'a Rules<'a>,
    state: &'a State,
    path: Vec<Json>,
    failures: Vec<Failure>,
}

impl Reader<'_> {
    /// Writes an error down. The value it leaves is up to the caller.
    fn fail(&mut self, refusal: impl Into<Option<Refusal>>) -> Option<Json> {
        self.failures.push(Failure {
            path: self.path.clone(),
            refusal: refusal.into(),
        });
        None
    }

    fn within<T>(&mut self, step: impl Into<Json>, run: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(step.into());
        let result = run(self);
        self.path.pop();
        result
    }

    fn one(&mut self, model: usize, key: &Key, selection: &[Selected]) -> Option<Json> {
        if let Some(refusal) = self.rules.mistake_in(model, key) {
            return self.fail(refusal);
        }
        let node = self.state.find(self.rules, model, key)?;
        self.object(node, selection)
    }

    fn connection(
        &mut self,
        model: usize,
        page: &Page,
        selection: Option<&[Selected]>,
    ) -> Option<Json> {
        let window = match self.window(model, self.state.of(model), page) {
            Ok(window) => window,
            Err(refusal) if selection.is_none() => {
                return self.within("aggregate", |reader| {
                    reader.within("count", |reader| reader.fail(refusal))
                });
            }
            Err(refusal) => return self.fail(refusal),
        };
        let aggregate = json!({ "count": window.nodes.len() });
        let Some(selection) = selection else {
            return Some(json!({ "aggregate": aggregate }));
        };
        let id = self.rules.schema.models[model].id;
        let cursor = |node: &Handle| self.state.value(*node, id).shown();
        let cursors: Vec<String> = window.nodes.iter().map(cursor).collect();
        let nodes = self.within("edges", |reader| {
            reader.each_in(&window.nodes, selection, Some("node"))
        });
        let edges: Vec<Json> = nodes
            .into_iter()
            .zip(&cursors)
            .map(|(node, cursor)| match node {
                Some(node) => json!({ "node": node, "cursor": cursor }),
                None => Json::Null,
            })
            .collect();
        Some(json!({
            "edges": edges,
            "pageInfo": {
                "hasNextPage": window.more_after,
                "hasPreviousPage": window.more_before,
                "startCursor": cursors.first(),
                "endCursor": cursors.last(),
            },
            "aggregate": aggregate,
        }))
    }

    fn each(&mut self, nodes: &[Handle], selection: &[Selected]) -> Vec<Option<Json>> {
        self.each_in(nodes, selection, None)
    }

    fn each_in(
        &mut self,
        nodes: &[Handle],
        selection: &[Selected],
        key: Option<&str>,
    ) -> Vec<Option<Json>> {
        let each = nodes.iter().enumerate();
        each.map(|(index, &node)| {
            self.within(index, |reader| match key {
                Some(key) => reader.within(key, |reader| reader.object(node, selection)),
                None => reader.object(node, selection),
            })
        })
        .collect()
    }

    /// The selected fields of a node; `None` if one that is required has no value.
    fn object(&mut self, node: Handle, selection: &[Selected]) -> Option<Json> {
        let model = self.state.nodes[&node].model;
        let mut object = Map::new();
        let mut is_whole = true;
        for selected in selection {
            let (Selected::Scalar(field) | Selected::One(field, _) | Selected::Many(field, ..)) =
                selected;
            let name = self.rules.schema.models[model].field(*field).to_owned();
            let value = self.within(name.as_str(), |reader| {
                reader.field(model, node, *field, selected)
            });
            match value {
                Some(value) => {
                    object.insert(name, value);
                }
                None => is_whole = false,
            }
        }
        is_whole.then_some(Json::Object(object))
    }

    fn field(
        &mut self,
        model: usize,
        node: Handle,
        field: usize,
        selected: &Selected,
    ) -> Option<Json> {
        let schema = self.rules.schema;
        match selected {
            Selected::Scalar(_) => Some(self.state.value(node, field).json()),
            Selected::One(_, selection) => {
                let end = schema.relation(model, field);
                let is_required = schema.end(end).arity == Arity::Required;
                let value = match self.state.related(node, end).first() {
                    Some(&other) => self.object(other, selection),
                    None if is_required => self.fail(None),
                    None => None,
                };
                match value {
                    None if !is_required => Some(Json::Null),
                    value => value,
                }
            }
            Selected::Many(_, page, selection) => {
                let end = schema.relation(model, field);
                let related = self.state.related(node, end);
                match self.window(schema.target(end), related, page) {
                    Ok(window) => {
                        let nodes = self.each(&window.nodes, selection);
                        // The list may be null, its elements may not.
                        Some(
                            nodes
                                .into_iter()
                                .collect::<Option<Json>>()
                                .unwrap_or(Json::Null),
                        )
                    }
                    Err(refusal) => {
                        self.fail(refusal);
                        Some(Json::Null)
                    }
                }
            }
        }
    }

    /// Filter, order, cursors, then the numbers.
    fn window(&self, model: usize, nodes: Vec<Handle>, page: &Page) -> Result<Window, Refusal> {
        self.rules.mistake_in_page(model, page)?;
        let mut nodes = nodes;
        if let Some(filter) = &page.filter {
            nodes.retain(|&node| self.rules.holds(self.state, node, filter) == Some(true));
        }
        nodes.sort_by(|&one, &other| self.rules.order(self.state, model, page.order, one, other));
        for (cursor, wanted) in [
            (&page.after, Ordering::Greater),
            (&page.before, Ordering::Less),
        ] {
            if let Some(cursor) = cursor {
                self.rules
                    .keep_beyond(self.state, model, page, cursor, wanted, &mut nodes);
            }
        }
        let count = |number: Option<i32>| number.and_then(|number| usize::try_from(number).ok());
        let skip = count(page.skip).unwrap_or(0).min(nodes.len());
        let mut window = Window {
            nodes: Vec::new(),
            more_after: false,
            more_before: false,
        };
        if let Some(last) = count(page.last) {
            nodes.truncate(nodes.len() - skip);
            let start = nodes.len().saturating_sub(last);
            window.more_before = start > 0;
            window.nodes = nodes.split_off(start);
        } else {
            let mut nodes = nodes.split_off(skip);
            if let Some(first) = count(page.first) {
                window.more_after = nodes.len() > first;
                nodes.truncate(first);
            }
            window.nodes = nodes;
        }
        Ok(window)
    }
}

impl Rules<'_> {
    /// The mistakes of a page's arguments, if there are any.
    fn mistake_in_page(&self, model: usize, page: &Page) -> Result<(), Refusal> {
        let mut mistakes = Refusal::default();
        if page.first.is_some() && page.last.is_some() {
            let text = "Including a value for both first and last is not supported. See the spec for a discussion of why https://facebook.github.io/relay/graphql/connections.htm#sec-Pagination-algorithm";
            mistakes.0.push((3014, text.to_owned()));
        }
        let numbers = [
            (3026, "first", page.first),
            (3027, "last", page.last),
            (3028, "skip", page.skip),
        ];
        for (code, name, number) in numbers {
            if number.is_some_and(|number| number < 0) {
                let text = format!("The '{name}' argument must be non negative");
                mistakes.0.push((code, text));
            }
        }
        if let Some(filter) = &page.filter
            && let Err(refusal) = self.mistake_in_filter(model, filter)
        {
            mistakes.0.extend(refusal.0);
        }
        mistakes.checked()
    }

    pub(super) fn mistake_in_filter(&self, model: usize, filter: &Where) -> Result<(), Refusal> {
        let mistakes = filter::refused(self, model, filter)
            .into_iter()
            .map(|field| {
                let text = format!(
                    "The field '{field}' is a toMany relation. This cannot be filtered by null."
                );
                (3033, text)
            });
        Refusal(mistakes.collect()).checked()
    }

    /// The mistake of a selector, if there is one.
    pub(super) fn mistake_in(&self, model: usize, key: &Key) -> Option<Refusal> {
        let name = &self.schema.models[model].name;
        match key.0.iter().filter(|(_, value)| !value.is_null()).count() {
            0 => Some(Refusal::new(
                3040,
                format!(
                    "You provided an invalid argument for the where selector on {name}. Please provide exactly one unique field and value."
                ),
            )),
            1 => None,
            _ => Some(Refusal::new(
                3045,
                format!(
                    "You provided more than one field for the unique selector on {name}. If you want that behavior you can use the many query and combine fields with AND / OR."
                ),
            )),
        }
    }

    /// By a field, nulls where the store puts them, then always by id upwards.
    fn order(
        &self,
        state: &State,
        model: usize,
        order: Option<(usize, bool)>,
        one: Handle,
        other: Handle,
    ) -> Ordering {
        let by = |field: usize, descends: bool| {
            let (one, other) = (state.value(one, field), state.value(other, field));
            let nulls = match self.differences.nulls_last {
                true => one.is_null().cmp(&other.is_null()),
                false => other.is_null().cmp(&one.is_null()),
            };
            let order = nulls.then_with(|| one.order(other, &self.differences));
            if descends { order.reverse() } else { order }
        };
        let id = self.schema.models[model].id;
        order
            .map_or(Ordering::Equal, |(field, descends)| by(field, descends))
            .then_with(|| by(id, false))
    }

    /// Drops the nodes that are not on the wanted side of a cursor. Its node need not be among them.
    fn keep_beyond(
        &self,
        state: &State,
        model: usize,
        page: &Page,
        cursor: &Value,
        wanted: Ordering,
        nodes: &mut Vec<Handle>,
    ) {
        let id = self.schema.models[model].id;
        let key = Key(vec![(id, cursor.clone())]);
        let place = state.find(self, model, &key);
        let field = page.order.map_or(id, |(field, _)| field);
        let Some(place) = place.filter(|&place| !state.value(place, field).is_null()) else {
            return nodes.clear();
        };
        // A comparison with null is unknown, so nodes without a value are beyond no cursor.
        nodes.retain(|&node| {
            !state.value(node, field).is_null()
                && self.order(state, model, page.order, node, place) == wanted
        });
    }
}
