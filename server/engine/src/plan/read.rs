//! From a root field and the arguments of one request to a [`ReadPlan`].

use prisma_api::{ApiSchema, ArgumentMeaning, InputMeaning, OutputMeaning};
use prisma_connector::{
    AggregateRead, Connection, ConnectionPart, ConnectionRead, EdgePart, EdgeRead, Filter, Find,
    Node, One, PageInfoRead, Read, ReadPlan, Selected, SelectionId, Slot, Value,
};
use prisma_datamodel::{Datamodel, FieldId, ModelId};

use super::{Notes, Planned, collect::target, page};
use crate::{
    error::ApiError,
    filter::{self, Values},
    input::Input,
    operation::{Argument, Field, Root, Selection, What},
    template::{Filled, Kind, Template, Variables},
};

/// Plans a root field of a query.
pub(crate) fn plan_query(
    api: &ApiSchema,
    datamodel: &Datamodel,
    root: &Root,
    variables: &Variables,
) -> Planned {
    let mut planner = Planner::new(api, datamodel, variables);
    let plan = match root {
        Root::Field(field) => planner.field(field)?,
        Root::Node { id, candidates } => planner.node(id, candidates)?,
        Root::Typename(_) | Root::Introspection => return Err(misfit()),
    };
    Ok((plan, planner.notes))
}

/// Plans the answer of a mutation: the written node by its id, in the first slot.
pub(crate) fn plan_answer(
    api: &ApiSchema,
    datamodel: &Datamodel,
    model: ModelId,
    field: &Field,
    variables: &Variables,
) -> Planned {
    let mut planner = Planner::new(api, datamodel, variables);
    let value = planner.values.push(Value::Null)?;
    let plan = ReadPlan::One(One {
        model,
        field: datamodel[model].id,
        value,
        select: planner.selections(&field.select)?,
    });
    Ok((plan, planner.notes))
}

struct Planner<'a> {
    api: &'a ApiSchema,
    datamodel: &'a Datamodel,
    variables: &'a Variables,
    values: Values,
    notes: Notes,
}

impl<'a> Planner<'a> {
    fn new(api: &'a ApiSchema, datamodel: &'a Datamodel, variables: &'a Variables) -> Self {
        Self {
            api,
            datamodel,
            variables,
            values: Values::default(),
            notes: Notes::default(),
        }
    }

    fn field(&mut self, field: &'a Field) -> Result<ReadPlan, ApiError> {
        match field.meaning {
            OutputMeaning::One(model) => {
                let template = field.argument(ArgumentMeaning::WhereUnique);
                let (id, value) = self.unique(model, template)?;
                Ok(ReadPlan::One(One {
                    model,
                    field: id,
                    value,
                    select: self.selections(&field.select)?,
                }))
            }
            OutputMeaning::Many(model) => {
                let find = self.find(model, field)?;
                let select = self.selections(&field.select)?;
                Ok(ReadPlan::Many(Find { select, ..find? }))
            }
            OutputMeaning::Connection(model) => {
                let find = self.find(model, field)?;
                let parts = self.connection_parts(&field.select)?;
                Ok(ReadPlan::Connection(Connection { find: find?, parts }))
            }
            _ => Err(misfit()),
        }
    }

    fn node(
        &mut self,
        id: &'a Template,
        candidates: &'a [(ModelId, Vec<Selection>)],
    ) -> Result<ReadPlan, ApiError> {
        let id = match id.fill(self.variables).map(Filled::kind) {
            Some(Kind::Value(value)) => self.values.push(value.clone())?,
            _ => return Err(misfit()),
        };
        let candidates = candidates
            .iter()
            .map(|(model, select)| Ok((*model, self.selections(select)?)))
            .collect::<Result<_, ApiError>>()?;
        Ok(ReadPlan::Node(Node { id, candidates }))
    }

    /// The one unique field that has a value (api.md §3.1).
    fn unique(
        &mut self,
        model: ModelId,
        template: Option<&'a Template>,
    ) -> Result<(FieldId, Slot), ApiError> {
        let filled = template.and_then(|template| template.fill(self.variables));
        let members = filled.into_iter().flat_map(Filled::members);
        let mut found = None;
        for (key, member) in members {
            let (InputMeaning::Unique(field), Kind::Value(value)) = (key, member.kind()) else {
                continue;
            };
            let slot = self.values.push(value.clone())?;
            if found.replace((field, slot)).is_some() {
                let model = self.datamodel[model].name.clone();
                return Err(ApiError::SelectorAmbiguous { model });
            }
        }
        found.ok_or_else(|| ApiError::SelectorEmpty {
            model: self.datamodel[model].name.clone(),
        })
    }

    /// A list without its selections. The inner error refuses the arguments, whose values are counted all the same.
    fn find(
        &mut self,
        model: ModelId,
        field: &'a Field,
    ) -> Result<Result<Find, ApiError>, ApiError> {
        let mut page = page::Page::default();
        let mut filter = Filter::TRUE;
        let mut order = None;
        for Argument { meaning, value } in &field.arguments {
            let Some(filled) = value.fill(self.variables) else {
                continue;
            };
            match (meaning, filled.kind()) {
                (ArgumentMeaning::Where, _) => match self.filter(filled.to_input()) {
                    Ok(planned) => filter = planned,
                    Err(error) => page.refuse(error),
                },
                (ArgumentMeaning::OrderBy, kind) => {
                    order = page::order(self.api, model, Some(kind));
                }
                (_, Kind::Null) => {}
                (
                    ArgumentMeaning::First | ArgumentMeaning::Last | ArgumentMeaning::Skip,
                    Kind::Value(value),
                ) => {
                    let negative = matches!(value, Value::Int(count) if *count < 0);
                    let slot = if negative {
                        None
                    } else {
                        Some(self.values.push(value.clone())?)
                    };
                    page.count(*meaning, slot);
                }
                (ArgumentMeaning::After | ArgumentMeaning::Before, Kind::Value(value)) => {
                    let target = target(self.datamodel, field.meaning);
                    let id_type = target.map(|model| self.datamodel.id_type(model));
                    let slot = self.values.push(page::cursor(id_type, value))?;
                    page.cursor(*meaning, slot);
                }
                _ => return Err(misfit()),
            }
        }
        Ok(page.finish().map(|page| Find {
            model,
            filter,
            order,
            page,
            select: Vec::new(),
        }))
    }

    /// A refused filter leaves its values behind, so that what follows has the slots it would have had.
    fn filter(&mut self, input: Input) -> Result<Filter, ApiError> {
        let mut values = self.values.clone();
        match filter::filter(self.datamodel, &input, &mut values) {
            Ok(filter) => {
                self.values = values;
                Ok(filter)
            }
            Err(error) => {
                self.values.take(input);
                Err(error)
            }
        }
    }

    fn selections(&mut self, selections: &'a [Selection]) -> Result<Vec<Selected>, ApiError> {
        let mut selected = Vec::with_capacity(selections.len());
        for selection in self.included(selections) {
            let id = self.note(selection);
            let read = match &selection.what {
                What::Typename(json) => Read::Literal(json.clone()),
                What::Field(field) => self.read(id, field)?,
            };
            selected.push(Selected {
                key: selection.key.clone(),
                read,
                id,
            });
        }
        Ok(selected)
    }

    fn included(
        &self,
        selections: &'a [Selection],
    ) -> impl Iterator<Item = &'a Selection> + use<'a> {
        let variables = self.variables;
        selections
            .iter()
            .filter(move |selection| selection.when.holds(variables))
    }

    fn note(&mut self, selection: &Selection) -> SelectionId {
        let id = SelectionId(u32::try_from(self.notes.places.len()).unwrap_or(u32::MAX));
        self.notes.places.push(selection.at);
        id
    }

    fn read(&mut self, id: SelectionId, selection: &'a Field) -> Result<Read, ApiError> {
        let OutputMeaning::Field(field) = selection.meaning else {
            return Err(misfit());
        };
        let definition = &self.datamodel[field];
        if definition.is_scalar_list() {
            return Ok(Read::ScalarList(field));
        }
        let Some(model) = self.datamodel.related_model(field) else {
            return Ok(Read::Scalar(field));
        };
        if definition.arity != prisma_datamodel::Arity::List {
            let select = self.selections(&selection.select)?;
            return Ok(Read::ToOne { field, select });
        }
        let find = self.find(model, selection)?;
        let select = self.selections(&selection.select)?;
        match find {
            Ok(find) => Ok(Read::ToMany {
                field,
                find: Find { select, ..find },
            }),
            Err(error) => {
                self.notes.refused.push((id, error));
                Ok(Read::Refused)
            }
        }
    }

    fn connection_parts(
        &mut self,
        selections: &'a [Selection],
    ) -> Result<Vec<ConnectionPart>, ApiError> {
        self.included(selections)
            .map(|selection| {
                let read = match &selection.what {
                    What::Typename(json) => ConnectionRead::Literal(json.clone()),
                    What::Field(field) => self.connection_read(field)?,
                };
                let key = selection.key.clone();
                Ok(ConnectionPart { key, read })
            })
            .collect()
    }

    fn connection_read(&mut self, field: &'a Field) -> Result<ConnectionRead, ApiError> {
        Ok(match field.meaning {
            OutputMeaning::PageInfo => ConnectionRead::PageInfo(self.leaves(
                &field.select,
                PageInfoRead::Literal,
                page_info,
            )?),
            OutputMeaning::Aggregate => ConnectionRead::Aggregate(self.leaves(
                &field.select,
                AggregateRead::Literal,
                aggregate,
            )?),
            OutputMeaning::Edges => ConnectionRead::Edges(self.edge_parts(&field.select)?),
            _ => return Err(misfit()),
        })
    }

    fn edge_parts(&mut self, selections: &'a [Selection]) -> Result<Vec<EdgePart>, ApiError> {
        self.included(selections)
            .map(|selection| {
                let read = match &selection.what {
                    What::Typename(json) => EdgeRead::Literal(json.clone()),
                    What::Field(field) => match field.meaning {
                        OutputMeaning::EdgeCursor => EdgeRead::Cursor,
                        OutputMeaning::EdgeNode => EdgeRead::Node(self.selections(&field.select)?),
                        _ => return Err(misfit()),
                    },
                };
                let key = selection.key.clone();
                Ok(EdgePart { key, read })
            })
            .collect()
    }

    /// Selections that have nothing below them.
    fn leaves<T>(
        &self,
        selections: &'a [Selection],
        literal: fn(Box<str>) -> T,
        meaning: fn(OutputMeaning) -> Option<T>,
    ) -> Result<Vec<(Box<str>, T)>, ApiError> {
        self.included(selections)
            .map(|selection| {
                let read = match &selection.what {
                    What::Typename(json) => literal(json.clone()),
                    What::Field(field) => meaning(field.meaning).ok_or_else(misfit)?,
                };
                Ok((selection.key.clone(), read))
            })
            .collect()
    }
}

fn page_info(meaning: OutputMeaning) -> Option<PageInfoRead> {
    Some(match meaning {
        OutputMeaning::HasNextPage => PageInfoRead::HasNextPage,
        OutputMeaning::HasPreviousPage => PageInfoRead::HasPreviousPage,
        OutputMeaning::StartCursor => PageInfoRead::StartCursor,
        OutputMeaning::EndCursor => PageInfoRead::EndCursor,
        _ => return None,
    })
}

fn aggregate(meaning: OutputMeaning) -> Option<AggregateRead> {
    (meaning == OutputMeaning::AggregateCount).then_some(AggregateRead::Count)
}

/// The operation was not compiled for this planner: a mistake of the program.
fn misfit() -> ApiError {
    ApiError::Internal("a selection does not fit the place it was planned for".into())
}
