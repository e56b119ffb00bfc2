//! Names that would stand for two things (api.md §1.3): refused, since no request to such an API could be read.

use std::{collections::HashSet, fmt};

use prisma_datamodel::{Datamodel, EnumId, FieldId, ModelId};

use crate::{
    derive::TypeKey,
    schema::{ApiField, ApiInputField, EnumValueMeaning, InputMeaning, OutputMeaning},
};

/// One name that would stand for two things.
///
/// Its text is one line for the author of the datamodel; [`Collision::help`] says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", Message(self))]
pub struct Collision {
    /// The name.
    pub name: String,
    /// Where it is given twice.
    pub place: Place,
    /// What had the name first; what is built in comes before what the datamodel declares.
    pub first: Origin,
    /// What would have it too. Part of the datamodel.
    pub second: Origin,
}

/// Where two names meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Among the types of the API.
    Types,
    /// Among the fields or values of the type with this name.
    Member(String),
    /// Nowhere yet: GraphQL keeps names that begin with two underscores.
    Introspection,
}

/// What a name was made for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The part of the datamodel to blame.
    pub subject: Subject,
    /// What of it has the name: ``a filter of the field `User.name` ``.
    pub what: String,
    /// How to give the subject another name; `None` for what is built in.
    rename: Option<String>,
}

/// A part of the datamodel whose name is in a name of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// None: every API has it.
    BuiltIn,
    /// A model.
    Model(ModelId),
    /// A field.
    Field(FieldId),
    /// An enum.
    Enum(EnumId),
}

impl Collision {
    /// What to do about it, as one line.
    #[must_use]
    pub fn help(&self) -> Option<&str> {
        self.second.rename.as_deref()
    }
}

struct Message<'a>(&'a Collision);

impl fmt::Display for Message<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Collision {
            name,
            place,
            first,
            second,
        } = self.0;
        let both = format!("would stand for both {} and {}", first.what, second.what);
        match place {
            Place::Types => write!(f, "the type name `{name}` {both}"),
            Place::Member(of) => write!(f, "`{of}.{name}` {both}"),
            Place::Introspection => write!(
                f,
                "the name `{name}` of {} begins with `__`, which GraphQL keeps for introspection",
                second.what
            ),
        }
    }
}

/// What a name is made for, before it is told to anybody.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Made {
    BuiltIn,
    Type(TypeKey),
    Field(FieldId),
    Output(OutputMeaning),
    Input(InputMeaning),
    Value(EnumValueMeaning),
}

/// What has a name within a type.
pub(crate) trait Member {
    fn made_for(&self) -> Made;
}

impl Member for ApiField {
    fn made_for(&self) -> Made {
        Made::Output(self.meaning)
    }
}

impl Member for ApiInputField {
    fn made_for(&self) -> Made {
        Made::Input(self.meaning)
    }
}

impl Member for EnumValueMeaning {
    fn made_for(&self) -> Made {
        Made::Value(*self)
    }
}

/// The collisions found so far: of two subjects only the first.
pub(crate) struct Collisions<'a> {
    datamodel: &'a Datamodel,
    seen: HashSet<(Subject, Subject)>,
    found: Vec<Collision>,
}

impl<'a> Collisions<'a> {
    pub(crate) fn new(datamodel: &'a Datamodel) -> Self {
        Self {
            datamodel,
            seen: HashSet::new(),
            found: Vec::new(),
        }
    }

    pub(crate) fn add(&mut self, place: Place, name: String, first: Made, second: Made) {
        let mut first = self.origin(first);
        let mut second = self.origin(second);
        if second.subject == Subject::BuiltIn {
            std::mem::swap(&mut first, &mut second);
        }
        let pair = (first.subject, second.subject);
        if self.seen.contains(&pair) || self.seen.contains(&(pair.1, pair.0)) {
            return;
        }
        self.seen.insert(pair);
        self.found.push(Collision {
            name,
            place,
            first,
            second,
        });
    }

    pub(crate) fn found(self) -> Vec<Collision> {
        self.found
    }

    fn origin(&self, made: Made) -> Origin {
        match made {
            Made::BuiltIn => built_in(),
            Made::Type(key) => self.of_type(key),
            Made::Field(field) => self.of_field(field, ""),
            Made::Output(meaning) => self.of_output(meaning),
            Made::Input(meaning) => self.of_input(meaning),
            Made::Value(EnumValueMeaning::Value) => built_in(),
            Made::Value(EnumValueMeaning::Order(field, _)) => self.of_field(field, "an order by "),
        }
    }

    fn of_type(&self, key: TypeKey) -> Origin {
        match key.subject() {
            Subject::BuiltIn => built_in(),
            Subject::Model(model) if key == TypeKey::Model(model) => self.of_model(model, ""),
            Subject::Model(model) => self.of_model(model, "a type generated for "),
            Subject::Field(field) => self.of_field(field, "a type generated for "),
            Subject::Enum(id) => {
                let name = &self.datamodel[id].name;
                Origin {
                    subject: Subject::Enum(id),
                    what: format!("the enum `{name}`"),
                    rename: Some(format!("give the enum `{name}` another name")),
                }
            }
        }
    }

    fn of_output(&self, meaning: OutputMeaning) -> Origin {
        use OutputMeaning::{
            Connection, Create, Delete, DeleteMany, Field, Many, One, Subscribe, Update,
            UpdateMany, Upsert,
        };
        match meaning {
            One(model) => self.of_model(model, "the query for one node of "),
            Many(model) => self.of_model(model, "the list of "),
            Connection(model) => self.of_model(model, "the connection of "),
            Create(model) => self.of_model(model, "the create of "),
            Update(model) => self.of_model(model, "the update of "),
            Delete(model) => self.of_model(model, "the delete of "),
            Upsert(model) => self.of_model(model, "the upsert of "),
            UpdateMany(model) => self.of_model(model, "the update of many nodes of "),
            DeleteMany(model) => self.of_model(model, "the delete of many nodes of "),
            Subscribe(model) => self.of_model(model, "the events of "),
            Field(field) => self.of_field(field, ""),
            _ => built_in(),
        }
    }

    fn of_input(&self, meaning: InputMeaning) -> Origin {
        match meaning {
            InputMeaning::Filter(field, _) | InputMeaning::Related(field, _) => {
                self.of_field(field, "a filter of ")
            }
            InputMeaning::Unique(field)
            | InputMeaning::Assign(field)
            | InputMeaning::AssignList(field)
            | InputMeaning::ListSet(field)
            | InputMeaning::Relation(field) => self.of_field(field, ""),
            _ => built_in(),
        }
    }

    fn of_model(&self, id: ModelId, what: &str) -> Origin {
        let model = &self.datamodel[id];
        let name = &model.name;
        Origin {
            subject: Subject::Model(id),
            what: format!("{what}the model `{name}`"),
            rename: Some(format!(
                "give the model `{name}` another name; `@db(name: \"{}\")` keeps its table",
                model.table()
            )),
        }
    }

    fn of_field(&self, id: FieldId, what: &str) -> Origin {
        let field = &self.datamodel[id];
        let path = format!("{}.{}", self.datamodel[field.model].name, field.name);
        let keep = if field.is_column() {
            format!("; `@db(name: \"{}\")` keeps its column", field.column())
        } else {
            String::new()
        };
        Origin {
            subject: Subject::Field(id),
            what: format!("{what}the field `{path}`"),
            rename: Some(format!("give the field `{path}` another name{keep}")),
        }
    }
}

fn built_in() -> Origin {
    Origin {
        subject: Subject::BuiltIn,
        what: "a part of every API".to_owned(),
        rename: None,
    }
}
