//! Relation fields to relations: which two fields belong together, under which name, on which sides.

use std::collections::HashMap;

use super::names;
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
        [&self.a, &self.b]
            .into_iter()
            .filter_map(End::field)
            .find_map(|field| field.def.directive("relation")?.text("oldName"))
    }
}

/// All relations in the order of their first fields.
pub(super) fn drafts<'a>(
    context: &Context<'a>,
    previous: Option<&Datamodel>,
) -> Result<Vec<Draft<'a>>, Vec<Diagnostic>> {
    let fields = &context.relation_fields;
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
        drafts.push(draft(context, previous, drafts.len(), *field, related));
    }
    refuse_equal_names(context, &drafts)?;
    Ok(drafts)
}

fn draft<'a>(
    context: &Context<'a>,
    previous: Option<&Datamodel>,
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

/// The side a field had before, so that renamed models do not turn stored links around.
fn previous_side(
    context: &Context<'_>,
    previous: &Datamodel,
    name: &str,
    field: &RelationField<'_>,
    related: Option<&RelationField<'_>>,
) -> Option<Side> {
    let old_model = |index: TypeIndex| {
        let def = context.type_def(index);
        let renamed = super::fields::renamed_from(&def.directives);
        renamed
            .and_then(|old| previous.model(&old))
            .or_else(|| previous.model(&def.name.text))
    };
    let (owner, target) = (old_model(field.owner)?, old_model(field.target)?);
    let relation = previous_relation(previous, name, field, related, owner, target)?;
    if owner != target {
        return Some(if relation.a.model == owner {
            Side::A
        } else {
            Side::B
        });
    }
    let was = |field: &RelationField<'_>| {
        let renamed = super::fields::renamed_from(&field.def.directives);
        let old = renamed.as_deref().unwrap_or(&field.def.name.text);
        [Side::A, Side::B]
            .into_iter()
            .find(|&side| previous[relation.end(side).field].name == old)
    };
    was(field).or_else(|| related.and_then(was).map(Side::opposite))
}

/// The relation with the same (or the old) name between the same models, or the only one between them.
fn previous_relation<'p>(
    previous: &'p Datamodel,
    name: &str,
    field: &RelationField<'_>,
    related: Option<&RelationField<'_>>,
    owner: ModelId,
    target: ModelId,
) -> Option<&'p Relation> {
    let connects = |relation: &&Relation| {
        let models = (relation.a.model, relation.b.model);
        models == (owner, target) || models == (target, owner)
    };
    let between: Vec<&Relation> = previous.relations.iter().filter(connects).collect();
    let old_name = [Some(field), related]
        .into_iter()
        .flatten()
        .find_map(|field| field.def.directive("relation")?.text("oldName"));
    let named = |name: &str| {
        between
            .iter()
            .copied()
            .find(|relation| relation.name == name)
    };
    named(name)
        .or_else(|| old_name.and_then(named))
        .or(match between.as_slice() {
            [only] => Some(only),
            _ => None,
        })
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
