//! A run: operations against a store, each answer held against the reference.

use chrono::Utc;
use prisma_tests_connector_suite::{Project, SetupError, Store};
use serde_json::{Value as Json, json};

use crate::{
    differences::Differences,
    operation::{Operation, Page, Pages, PagesBy, Query, Selected, Where, dump, request},
    reference::{Answer, Failure, Outcome, Rules, State, count, pages as can_page, read, write},
    schema::{Managed, Schema},
    value::Value,
};

/// One project and what should be in it.
#[derive(Debug)]
pub struct Session<'a> {
    project: Project,
    schema: &'a Schema,
    differences: Differences,
    state: State,
    dump: String,
}

/// An answer that is not what the reference says.
#[derive(Clone, Debug)]
pub struct Mismatch {
    /// Which check failed.
    pub check: &'static str,
    /// The request.
    pub request: String,
    /// What the reference says.
    pub expected: String,
    /// What the store answered.
    pub answered: String,
    /// Did it take the request for none? So it does if the shrinker left out what is required.
    is_invalid: bool,
}

impl Mismatch {
    /// Are these likely to have one cause?
    #[must_use]
    pub fn is_like(&self, other: &Mismatch) -> bool {
        self.check == other.check && self.is_invalid == other.is_invalid
    }
}

type Checked = Result<(), Box<Mismatch>>;

impl<'a> Session<'a> {
    /// A fresh project; `None` if the store is not there.
    ///
    /// # Errors
    /// What the deploy says.
    pub async fn open(store: Store, schema: &'a Schema) -> Result<Option<Self>, SetupError> {
        let project = Project::deploy(store, &schema.to_string()).await?;
        Ok(project.map(|project| Self {
            differences: Differences::of(project.capabilities()),
            project,
            schema,
            state: State::new(schema),
            dump: dump(schema),
        }))
    }

    /// What the reference evaluates with here.
    #[must_use]
    pub fn rules(&self) -> Rules<'a> {
        Rules {
            schema: self.schema,
            differences: self.differences,
        }
    }

    /// What should be in the store.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Runs one operation and checks its answer; after a mutation, all that is stored.
    ///
    /// # Errors
    /// The first thing that is not as it should be.
    pub async fn step(&mut self, operation: &Operation) -> Checked {
        match operation {
            Operation::Query(query) => {
                let expected = read(&self.rules(), &self.state, query);
                let request = request(self.schema, operation);
                let answered = self.project.send(&request).await;
                compare("query", request, &expected, &answered, is_nullable(query))
            }
            Operation::Mutation(mutation, selection) => {
                let request = request(self.schema, operation);
                let outcome = write(&self.rules(), &self.state, mutation, selection);
                self.mutate(request, outcome, selection, mutation.is_nullable())
                    .await
            }
            Operation::Partition(model, filter) => self.partition(operation, *model, filter).await,
            Operation::Pages(pages) => self.pages(pages).await,
        }
    }

    async fn mutate(
        &mut self,
        request: String,
        outcome: Outcome,
        selection: &[Selected],
        nullable: bool,
    ) -> Checked {
        let (expected, answered) = match outcome {
            Outcome::Unclear => return Ok(()),
            Outcome::Refused(refusal) => {
                let expected = Answer {
                    data: Json::Null,
                    failures: vec![Failure {
                        path: vec![json!("r")],
                        refusal: Some(refusal),
                    }],
                };
                (expected, self.project.send(&request).await)
            }
            Outcome::Done {
                state,
                created,
                touched,
                result,
            } => {
                let start = now();
                let answered = self.project.send(&request).await;
                let before = std::mem::replace(&mut self.state, state);
                let stored = self.project.send(&self.dump).await;
                self.learn(&before, &created, &touched, &start, &stored)
                    .map_err(|expected| mismatch("managed fields", &request, expected, &stored))?;
                (
                    result.answer(&self.rules(), &self.state, selection),
                    answered,
                )
            }
        };
        compare("mutation", request.clone(), &expected, &answered, nullable)?;
        self.check_stored(&request).await
    }

    /// Takes over what the store makes, ids of numbers and timestamps, as far as it is allowed to.
    fn learn(
        &mut self,
        before: &State,
        created: &std::collections::BTreeSet<usize>,
        touched: &std::collections::BTreeSet<usize>,
        start: &str,
        stored: &Json,
    ) -> Result<(), String> {
        let made = |managed: Option<Managed>, node: &usize| match managed {
            Some(Managed::CreatedAt) => created.contains(node),
            Some(Managed::UpdatedAt) => created.contains(node) || touched.contains(node),
            None => false,
        };
        for index in 0..self.schema.models.len() {
            let model = &self.schema.models[index];
            let finder = model.position("code").unwrap_or(model.id);
            let rows = stored["data"][format!("l{index}")].as_array();
            for node in self.state.of(index) {
                let wanted = self.state.value(node, finder).json();
                let row = rows
                    .and_then(|rows| rows.iter().find(|row| row[model.field(finder)] == wanted));
                let Some(row) = row else { continue };
                let mut values = self.state.nodes[&node].values.clone();
                for (field, declared, scalar) in self.schema.scalars(index) {
                    let found = &row[&declared.name];
                    if field == model.id && finder != model.id && created.contains(&node) {
                        values[field] = Value::Int(found.as_i64().unwrap_or(0));
                    }
                    if made(scalar.managed, &node) {
                        let found = found.as_str().unwrap_or_default();
                        if found < start {
                            return Err(format!("{}: at least {start}", declared.name));
                        }
                        values[field] = Value::DateTime(found.to_owned());
                    } else if scalar.managed.is_some() {
                        values[field] = before.value(node, field).clone();
                    }
                }
                if let Some(node) = self.state.nodes.get_mut(&node) {
                    node.values = values;
                }
            }
        }
        Ok(())
    }

    /// All that is stored, seen from both ends of every relation.
    async fn check_stored(&self, after: &str) -> Checked {
        let stored = self.project.send(&self.dump).await;
        for (index, model) in self.schema.models.iter().enumerate() {
            let everything = crate::operation::everything(self.schema, index);
            let query = Query::Many(index, Page::default(), everything);
            let expected = read(&self.rules(), &self.state, &query).data;
            let answered = &stored["data"][format!("d{index}")];
            if !reads_alike(&expected, answered) {
                let check = "what is stored";
                let request = format!("{after}\n  then all {}", model.many());
                return Err(mismatch(check, &request, expected.to_string(), answered));
            }
        }
        Ok(())
    }

    /// A filter, its negation, and the rest.
    async fn partition(&self, operation: &Operation, model: usize, filter: &Where) -> Checked {
        let page = Page {
            filter: Some(filter.clone()),
            ..Page::default()
        };
        let rules = self.rules();
        if !read(&rules, &self.state, &Query::Connection(model, page, None))
            .failures
            .is_empty()
        {
            return Ok(());
        }
        let (holds, fails) = count(&rules, &self.state, model, filter);
        let all = self.state.of(model).len();
        let request = request(self.schema, operation);
        let answered = self.project.send(&request).await;
        let counted = |count: usize| json!({"aggregate": {"count": count}});
        let expected = json!({"t": counted(holds), "f": counted(fails), "all": counted(all)});
        if answered["data"] == expected {
            Ok(())
        } else {
            Err(mismatch(
                "partition",
                &request,
                expected.to_string(),
                &answered,
            ))
        }
    }

    /// Reads a list page by page and at once. The reference says only when this cannot work.
    async fn pages(&self, pages: &Pages) -> Checked {
        if !can_page(&self.rules(), &self.state, pages) {
            return Ok(());
        }
        let whole = self.ids(pages, Page::default()).await;
        let mut read: Vec<Json> = Vec::new();
        loop {
            let size = Some(pages.size);
            let page = match pages.by {
                PagesBy::After => Page {
                    first: size,
                    after: read.last().map(cursor),
                    ..Page::default()
                },
                PagesBy::Before => Page {
                    last: size,
                    before: read.first().map(cursor),
                    ..Page::default()
                },
                PagesBy::Skip => Page {
                    first: size,
                    skip: i32::try_from(read.len()).ok(),
                    ..Page::default()
                },
            };
            let more = self.ids(pages, page).await;
            let is_full = i32::try_from(more.len()).ok() == size;
            match pages.by {
                PagesBy::Before => {
                    read.splice(0..0, more);
                }
                PagesBy::After | PagesBy::Skip => read.extend(more),
            }
            if !is_full || read.len() > whole.len() {
                break;
            }
        }
        if read == whole {
            return Ok(());
        }
        let request = request(self.schema, &Operation::Pages(pages.clone()));
        let request = format!("{request}\n  in pages of {}, by {:?}", pages.size, pages.by);
        let whole = Json::Array(whole).to_string();
        Err(mismatch("pages", &request, whole, &Json::Array(read)))
    }

    async fn ids(&self, pages: &Pages, page: Page) -> Vec<Json> {
        let page = Page {
            filter: pages.filter.clone(),
            order: pages.order,
            ..page
        };
        let id = self.schema.models[pages.model].id;
        let query = Query::Many(pages.model, page, vec![Selected::Scalar(id)]);
        let request = request(self.schema, &Operation::Query(query));
        let answered = self.project.send(&request).await;
        let name = self.schema.models[pages.model].field(id);
        let rows = answered["data"]["r"].as_array().cloned();
        let rows = rows.unwrap_or_else(|| vec![json!({ name: answered })]);
        rows.iter().map(|row| row[name].clone()).collect()
    }
}

fn cursor(id: &Json) -> Value {
    match id {
        Json::String(text) => Value::Text(text.clone()),
        other => Value::Text(other.to_string()),
    }
}

fn is_nullable(query: &Query) -> bool {
    matches!(query, Query::One(..))
}

/// Compares `data` to the byte, and each error by its place, code and text.
fn compare(
    check: &'static str,
    request: String,
    expected: &Answer,
    answered: &Json,
    nullable: bool,
) -> Checked {
    // A root field without a value takes the whole data along, unless it may be null.
    let data = match &expected.data {
        Json::Null if !nullable => Json::Null,
        data => json!({ "r": data }),
    };
    let empty = Vec::new();
    let errors = answered["errors"].as_array().unwrap_or(&empty);
    let is_same = reads_alike(&answered["data"], &data)
        && errors.is_empty() == expected.failures.is_empty()
        && errors
            .iter()
            .all(|error| expected.failures.iter().any(|failure| failure.is(error)))
        && expected.failures.iter().all(|failure| {
            failure.refusal.is_none() || errors.iter().any(|error| failure.is(error))
        });
    if is_same {
        return Ok(());
    }
    let mut text = data.to_string();
    for failure in &expected.failures {
        text.push_str(&format!("\n  with {failure:?}"));
    }
    Err(mismatch(check, &request, text, answered))
}

/// Are these the same to the byte, the order of keys included?
fn reads_alike(one: &Json, other: &Json) -> bool {
    let [one, other] = [one, other].map(Json::to_string);
    one == other
}

impl Failure {
    /// Is this the error that was meant?
    fn is(&self, error: &Json) -> bool {
        let path = Json::Array(self.path.clone());
        error["path"] == path
            && match &self.refusal {
                None => error.get("code").is_none(),
                Some(refusal) => {
                    let mut any = refusal.0.iter();
                    any.any(|(code, text)| error["code"] == *code && error["message"] == *text)
                }
            }
    }
}

fn mismatch(
    check: &'static str,
    request: &str,
    expected: String,
    answered: &Json,
) -> Box<Mismatch> {
    Box::new(Mismatch {
        check,
        request: request.to_owned(),
        expected,
        answered: answered.to_string(),
        is_invalid: answered["errors"][0]["message"].is_string()
            && answered["errors"][0].get("path").is_none(),
    })
}

/// This moment, as answers write moments.
fn now() -> String {
    Utc::now().format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}
