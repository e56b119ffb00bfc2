//! Where the links of a relation are stored (deploy.md §1.6 and §2.6).

use super::{fields::column_name, relations::Draft};
use crate::{
    ast::TypeDef,
    context::{Context, LinkMode, link_mode},
    model::{Link, Side, Version},
};

/// The storage of a relation.
pub(super) fn of(context: &Context<'_>, draft: &Draft<'_>) -> Link {
    if let Some(side) = explicit_inline(draft) {
        return inline(draft, side);
    }
    if let Some(table) = context.relation_table(&draft.name) {
        return declared_table(context, draft, table);
    }
    let table = explicit(draft, LinkMode::Table).is_some();
    match to_one_side(draft) {
        Some(side) if !table && context.version == Version::V1_1 => inline(draft, side),
        _ => default_table(context, draft),
    }
}

fn explicit(draft: &Draft<'_>, mode: LinkMode) -> Option<Side> {
    [Side::A, Side::B].into_iter().find(|&side| {
        draft
            .end(side)
            .field()
            .is_some_and(|field| link_mode(field.def) == Some(mode))
    })
}

/// The side whose table gets the column because the text says `link: INLINE`.
fn explicit_inline(draft: &Draft<'_>) -> Option<Side> {
    let side = explicit(draft, LinkMode::Inline)?;
    // On a list field this is an error (N41), so the field itself is to-one.
    draft.end(side).is_to_one().then_some(side)
}

/// The to-one end of a relation that is not many-to-many.
fn to_one_side(draft: &Draft<'_>) -> Option<Side> {
    [Side::A, Side::B]
        .into_iter()
        .find(|&side| draft.end(side).is_to_one())
}

fn inline(draft: &Draft<'_>, side: Side) -> Link {
    let column = draft
        .end(side)
        .field()
        .map(|field| column_name(field.def))
        .unwrap_or_default()
        .to_owned();
    // One-to-one self relations are stored turned around: the column sits in the row of side B, whichever
    // field carries the directive. Reads agree either way, so databases of the original stay readable.
    let one_to_one = draft.a.is_to_one() && draft.b.is_to_one();
    let side = if draft.is_self() && one_to_one {
        Side::B
    } else {
        side
    };
    Link::Inline { side, column }
}

fn default_table(context: &Context<'_>, draft: &Draft<'_>) -> Link {
    Link::Table {
        table: format!("_{}", draft.name),
        column_a: "A".to_owned(),
        column_b: "B".to_owned(),
        id_column: (context.version == Version::V1).then(|| "id".to_owned()),
    }
}

/// The table that a `@relationTable` type describes.
fn declared_table(context: &Context<'_>, draft: &Draft<'_>, table: &TypeDef) -> Link {
    let columns_to = |model| {
        table
            .fields
            .iter()
            .filter(move |field| context.target(field) == Some(model))
            .map(column_name)
    };
    let (a, b) = if draft.is_self() {
        let mut columns = columns_to(draft.a.model());
        (columns.next(), columns.next())
    } else {
        (
            columns_to(draft.a.model()).next(),
            columns_to(draft.b.model()).next(),
        )
    };
    let id = table
        .fields
        .iter()
        .find(|field| field.directive("id").is_some());
    Link::Table {
        table: super::fields::db_name(&table.directives).unwrap_or_else(|| table.name.text.clone()),
        column_a: a.unwrap_or("A").to_owned(),
        column_b: b.unwrap_or("B").to_owned(),
        id_column: id.map(column_name).map(str::to_owned),
    }
}
