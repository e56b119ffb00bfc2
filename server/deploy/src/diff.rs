//! The steps from one datamodel to the next, in the order of deploy.md §3.5.1.

use prisma_datamodel::{
    Arity, Datamodel, DefaultValue, EnumId, Field, FieldType, IdStrategy, Managed, ModelId,
    RelationId, ScalarType, Side,
};

use crate::{
    error::DeployError,
    matching::{Matching, declared_fields},
    step::Step,
    stored_schema::is_marked_unique,
};

/// What it takes to get from one datamodel to the next.
#[derive(Clone, Debug)]
pub struct Diff {
    /// What became of everything.
    pub matching: Matching,
    /// The steps, in their order.
    pub steps: Vec<Step>,
}

impl Diff {
    /// Compares two datamodels.
    ///
    /// # Errors
    /// [`DeployError::AmbiguousRelation`] (3018).
    pub fn new(previous: &Datamodel, next: &Datamodel) -> Result<Self, DeployError> {
        let matching = Matching::new(previous, next)?;
        let steps = Comparison {
            previous,
            next,
            matching: &matching,
        }
        .steps();
        Ok(Self { matching, steps })
    }
}

struct Comparison<'a> {
    previous: &'a Datamodel,
    next: &'a Datamodel,
    matching: &'a Matching,
}

impl Comparison<'_> {
    /// Deletes and updates come first, since they speak old names; creates speak new ones.
    fn steps(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        self.delete(&mut steps);
        self.update(&mut steps);
        self.create(&mut steps);
        steps
    }

    fn delete(&self, steps: &mut Vec<Step>) {
        let Self {
            previous, matching, ..
        } = self;
        for (id, _) in previous.relations() {
            if matching.relations.next(id).is_none() {
                steps.push(Step::DeleteRelation(id));
            }
        }
        for (model, _) in previous.models() {
            if matching.models.next(model).is_some() {
                for (id, _) in declared_fields(previous, model) {
                    if matching.fields.next(id).is_none() {
                        steps.push(Step::DeleteField(id));
                    }
                }
            }
        }
        for (id, _) in previous.models() {
            if matching.models.next(id).is_none() {
                steps.push(Step::DeleteModel(id));
            }
        }
        for (id, _) in previous.enums() {
            if matching.enums.next(id).is_none() {
                steps.push(Step::DeleteEnum(id));
            }
        }
    }

    fn update(&self, steps: &mut Vec<Step>) {
        let Self {
            previous,
            next,
            matching,
        } = self;
        for (from, to) in matching.enums.iter() {
            let (was, is) = (&previous[from], &next[to]);
            if was.name != is.name || was.values != is.values {
                steps.push(Step::UpdateEnum { from, to });
            }
        }
        for (from, to) in matching.fields.iter() {
            let before = FieldTemplate::new(previous, &previous[from]);
            if !before.is_same_field(&FieldTemplate::new(next, &next[to])) {
                steps.push(Step::UpdateField { from, to });
            }
        }
        for (from, to) in matching.models.iter() {
            if !self.is_same_model(from, to) {
                steps.push(Step::UpdateModel { from, to });
            }
        }
        for (from, to) in matching.relations.iter() {
            if !self.is_same_relation(from, to) {
                steps.push(Step::UpdateRelation { from, to });
            }
        }
    }

    fn create(&self, steps: &mut Vec<Step>) {
        let Self { next, matching, .. } = self;
        for (id, _) in next.enums() {
            if matching.enums.previous(id).is_none() {
                steps.push(Step::CreateEnum(id));
            }
        }
        for (id, _) in next.models() {
            if matching.models.previous(id).is_none() {
                steps.push(Step::CreateModel(id));
            }
        }
        for (model, _) in next.models() {
            for (id, _) in declared_fields(next, model) {
                if matching.fields.previous(id).is_none() {
                    steps.push(Step::CreateField(id));
                }
            }
        }
        for (id, _) in next.relations() {
            if matching.relations.previous(id).is_none() {
                steps.push(Step::CreateRelation(id));
            }
        }
    }

    /// Models differ in anything, the order of their fields and hidden back fields included.
    fn is_same_model(&self, from: ModelId, to: ModelId) -> bool {
        let (was, is) = (&self.previous[from], &self.next[to]);
        was.name == is.name
            && was.db_name == is.db_name
            && templates(self.previous, from) == templates(self.next, to)
    }

    /// What the fields at the ends say, `onDelete` included, is theirs.
    fn is_same_relation(&self, from: RelationId, to: RelationId) -> bool {
        let (was, is) = (&self.previous[from], &self.next[to]);
        let has_same_model =
            |side| self.previous[was.end(side).model].name == self.next[is.end(side).model].name;
        was.name == is.name
            && was.link == is.link
            && has_same_model(Side::A)
            && has_same_model(Side::B)
    }
}

/// The fields of a model in order; hidden ones, which nobody put in an order, by name.
fn templates(datamodel: &Datamodel, model: ModelId) -> Vec<FieldTemplate<'_>> {
    let fields = datamodel.fields_of(model);
    let mut templates: Vec<_> = fields
        .map(|(_, field)| FieldTemplate::new(datamodel, field))
        .collect();
    // Declared fields are equal here and stay in their order, behind the others.
    templates.sort_by_key(|field| field.hidden.then_some(field.name));
    templates
}

/// Everything of a field that a schema on record knows, without ids, so that fields of two datamodels compare.
#[derive(PartialEq)]
struct FieldTemplate<'a> {
    name: &'a str,
    db_name: Option<&'a str>,
    kind: Kind,
    arity: Arity,
    unique: bool,
    id: Option<&'a IdStrategy>,
    managed: Option<Managed>,
    hidden: bool,
    default: Option<&'a DefaultValue>,
    enumeration: Option<(&'a str, &'a [String])>,
    relation: Option<(&'a str, Side)>,
}

/// The type of a field; enums are all of one type, and so are relations.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Scalar(ScalarType),
    Enum,
    Relation,
}

impl Kind {
    pub(crate) fn of(field: &Field) -> Self {
        match field.ty {
            FieldType::Scalar(scalar) => Self::Scalar(scalar),
            FieldType::Enum(_) => Self::Enum,
            FieldType::Relation(..) => Self::Relation,
        }
    }
}

impl<'a> FieldTemplate<'a> {
    fn new(datamodel: &'a Datamodel, field: &'a Field) -> Self {
        let enumeration = |id: EnumId| {
            let item = &datamodel[id];
            (&*item.name, &*item.values)
        };
        Self {
            name: &field.name,
            // The column of a link is the relation's.
            db_name: field
                .db_name
                .as_deref()
                .filter(|_| field.relation().is_none()),
            kind: Kind::of(field),
            arity: field.arity,
            unique: is_marked_unique(field, datamodel.version),
            id: field.id.as_ref(),
            managed: field.managed,
            hidden: field.hidden,
            default: field.default.as_ref(),
            enumeration: match field.ty {
                FieldType::Enum(id) => Some(enumeration(id)),
                FieldType::Scalar(_) | FieldType::Relation(..) => None,
            },
            relation: field
                .relation()
                .map(|(id, side)| (&*datamodel[id].name, side)),
        }
    }

    /// Equal in what makes an `UpdateField`: neither the default nor another enum or relation does.
    fn is_same_field(&self, other: &Self) -> bool {
        self.name == other.name
            && self.db_name == other.db_name
            && self.kind == other.kind
            && self.arity == other.arity
            && self.unique == other.unique
            && self.id == other.id
            && self.managed == other.managed
    }
}
