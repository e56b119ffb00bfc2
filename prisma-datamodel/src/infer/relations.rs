//! Relation fields to relations: which two fields belong together, under which name, on which sides.

use std::collections::HashMap;

use super::{fields::renamed_from, names};
use crate::{
    context::{Context, RelationField, TypeIndex, on_delete},
    diagnostic::Diagnostic,
    model::{Datamodel, ModelId, OnDelete, Relation, Side},
};

/// One end of a relation in the making.
#[derive(Clone, Copy, Debug)]
pub(super) enum End<'a> {
    Declared(RelationField<'a>),
    /// The text declares no field on this model.
    Missing(TypeIndex),
}

impl<'a> End<'a> {
    pub(super) fn model(&self) -> TypeIndex {
        match self {
            Self::Declared(field) => field.owner,
            Self::Missing(model) => *model,
        }
    }

    pub(super) fn field(&self) -> Option<&RelationField<'a>> {
        match self {
            Self::Declared(field) => Some(field),
            Self::Missing(_) => None,
        }
    }

    pub(super) fn on_delete(&self) -> OnDelete {
        self.field()
            .map_or(OnDelete::SetNull, |field| on_delete(field.def))
    }

    /// What a to-many field and a missing one have in common: any number of nodes.
    pub(super) fn is_to_one(&self) -> bool {
        self.field().is_some_and(|field| !field.def.is_list())
    }
}

/// A relation before ids are given out.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    pub(super) index: usize,
    pub(super) name: String,
    /// True if the text gives no name.
    generated: bool,
    pub(super) a: End<'a>,
    pub(super) b: End<'a>,
    /// Of the field that stands first in the text.
    first: RelationField<'a>,
}

impl<'a> Draft<'a> {
    /// The model and side that lack a field.
    pub(super) fn missing(&self) -> Option<(TypeIndex, Side)> {
        match (&self.a, &self.b) {
            (End::Missing(model), _) => Some((*model, Side::A)),
            (_, End::Missing(model)) => Some((*model, Side::B)),
            _ => None,
        }
    }

    pub(super) fn first(&self) -> &RelationField<'a> {
        &self.first
    }

    pub(super) fn is_self(&self) -> bool {
        self.a.model() == self.b.model()
    }

    pub(super) fn end(&self, side: Side) -> &End<'a> {
        match side {
            Side::A => &self.a,
            Side::B => &self.b,
        }
    }

    /// `@relation(oldName:)` of either field.
    pub(super) fn renamed_from(&self) -> Option<&'a str> {
        old_name([self.a.field(), self.b.field()])
    }
}

/// All relations in the order of their first fields.
pub(super) fn drafts<'a>(
    context: &Context<'a>,
    previous: Option<&Datamodel>,
) -> Result<Vec<Draft<'a>>, Vec<Diagnostic>> {
    let fields = &context.relation_fields;
    let previous = previous.map(Previous::new);
    let mut drafts = Vec::new();
    let mut taken = vec![false; fields.len()];
    for (at, field) in fields.iter().enumerate() {
        if taken[at] {
            continue;
        }
        let related = field
            .related
            .filter(|&other| !taken[other] && fields[other].related == Some(at));
        if let Some(other) = related {
            taken[other] = true;
        }
        let related = related.map(|other| fields[other]);
        drafts.push(draft(
            context,
            previous.as_ref(),
            drafts.len(),
            *field,
            related,
        ));
    }
    refuse_equal_names(context, &drafts)?;
    Ok(drafts)
}

fn draft<'a>(
    context: &Context<'a>,
    previous: Option<&Previous<'_>>,
    index: usize,
    field: RelationField<'a>,
    related: Option<RelationField<'a>>,
) -> Draft<'a> {
    let given = field
        .name
        .or_else(|| related.and_then(|related| related.name));
    let model_name = |index| context.type_def(index).name.text.as_str();
    let name = given.map_or_else(
        || names::generated(model_name(field.owner), model_name(field.target)),
        str::to_owned,
    );
    let other = related.map_or(End::Missing(field.target), End::Declared);
    let natural = natural_side(context, &field, related.as_ref());
    let side = previous
        .and_then(|previous| previous_side(context, previous, &name, &field, related.as_ref()))
        .unwrap_or(natural);
    let (a, b) = match side {
        Side::A => (End::Declared(field), other),
        Side::B => (other, End::Declared(field)),
    };
    Draft {
        index,
        name,
        generated: given.is_none(),
        a,
        b,
        first: field,
    }
}

/// The smaller model name is side A; in a self relation the smaller field name.
fn natural_side(
    context: &Context<'_>,
    field: &RelationField<'_>,
    related: Option<&RelationField<'_>>,
) -> Side {
    let a_first = if field.owner == field.target {
        related.is_none_or(|related| field.def.name.text <= related.def.name.text)
    } else {
        context.type_def(field.owner).name.text <= context.type_def(field.target).name.text
    };
    if a_first { Side::A } else { Side::B }
}

/// The relations of the previous datamodel, by the models they connect.
struct Previous<'p> {
    datamodel: &'p Datamodel,
    models: HashMap<&'p str, ModelId>,
    between: HashMap<[ModelId; 2], Vec<&'p Relation>>,
}

impl<'p> Previous<'p> {
    fn new(datamodel: &'p Datamodel) -> Self {
        let models = datamodel
            .models()
            .map(|(id, model)| (model.name.as_str(), id))
            .collect();
        let mut between: HashMap<_, Vec<_>> = HashMap::new();
        for relation in &datamodel.relations {
            between
                .entry(unordered(relation.a.model, relation.b.model))
                .or_default()
                .push(relation);
        }
        Self {
            datamodel,
            models,
            between,
        }
    }

    /// What a type was before.
    fn model(&self, context: &Context<'_>, index: TypeIndex) -> Option<ModelId> {
        let def = context.type_def(index);
        let renamed = renamed_from(&def.directives);
        let old = renamed.as_deref().and_then(|old| self.models.get(old));
        old.or_else(|| self.models.get(def.name.text.as_str()))
            .copied()
    }

    /// The relation with the same (or the old) name between the same models, or the only one between them.
    fn relation(
        &self,
        names: [Option<&str>; 2],
        owner: ModelId,
        target: ModelId,
    ) -> Option<&'p Relation> {
        let between = self.between.get(&unordered(owner, target))?;
        let named = names
            .into_iter()
            .flatten()
            .find_map(|name| between.iter().find(|relation| relation.name == name));
        named
            .or(match between.as_slice() {
                [only] => Some(only),
                _ => None,
            })
            .copied()
    }
}

fn unordered(one: ModelId, other: ModelId) -> [ModelId; 2] {
    [one.min(other), one.max(other)]
}

/// The side a field had before, so that renamed models do not turn stored links around.
fn previous_side(
    context: &Context<'_>,
    previous: &Previous<'_>,
    name: &str,
    field: &RelationField<'_>,
    related: Option<&RelationField<'_>>,
) -> Option<Side> {
    let owner = previous.model(context, field.owner)?;
    let target = previous.model(context, field.target)?;
    let old_name = old_name([Some(field), related]);
    let relation = previous.relation([Some(name), old_name], owner, target)?;
    if owner != target {
        return Some(if relation.a.model == owner {
            Side::A
        } else {
            Side::B
        });
    }
    let was = |field: &RelationField<'_>| {
        let renamed = renamed_from(&field.def.directives);
        let old = renamed.as_deref().unwrap_or(&field.def.name.text);
        let name_on = |side| &previous.datamodel[relation.end(side).field].name;
        [Side::A, Side::B]
            .into_iter()
            .find(|&side| name_on(side) == old)
    };
    was(field).or_else(|| related.and_then(was).map(Side::opposite))
}

/// `@relation(oldName:)` of either field.
fn old_name<'a>(fields: [Option<&RelationField<'a>>; 2]) -> Option<&'a str> {
    fields
        .into_iter()
        .flatten()
        .find_map(|field| field.def.directive("relation")?.text("oldName"))
}

/// Code 4004: a generated name must not meet another relation's name.
fn refuse_equal_names(context: &Context<'_>, drafts: &[Draft<'_>]) -> Result<(), Vec<Diagnostic>> {
    let mut by_name: HashMap<&str, &Draft<'_>> = HashMap::new();
    let mut errors = Vec::new();
    for draft in drafts {
        let Some(earlier) = by_name.insert(&draft.name, draft) else {
            continue;
        };
        if !draft.generated && !earlier.generated {
            continue; // two fields with one declared name that do not meet: rule N8
        }
        let pair = |draft: &Draft<'_>| {
            let name = |end: &End<'_>| context.type_def(end.model()).name.text.as_str();
            let (a, b) = (name(&draft.a), name(&draft.b));
            format!("A relation between {a} and {b}")
        };
        let message = format!(
            "There was an error during the autogeneration of relation names.\n\
             Prisma generated the name {} twice, once for:\n{}\n{}\n\
             Please name at least one of the relations.",
            draft.name,
            pair(earlier),
            pair(draft)
        );
        let field = draft.first.def;
        errors.push(
            Diagnostic::global("4004", message, field.name.span)
                .with_help("give one of them a name with `@relation(name: \"…\")`"),
        );
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(errors)
    }
}
