//! `@db`: N28, and two things with one name in the database.

use std::collections::HashMap;

use super::at_directive;
use crate::{
    ast::{FieldDef, TypeDef},
    context::{Context, LinkMode, link_mode},
    diagnostic::Diagnostic,
    model::{Datamodel, Field, FieldId, Link, Model, ModelId},
};

/// N28: a relation field without a column has no name for it. To-one fields pass, even with `link: TABLE`.
pub(super) fn relation_fields(
    context: &Context<'_>,
    def: &TypeDef,
    field: &FieldDef,
    errors: &mut Vec<Diagnostic>,
) {
    let is_relation = context.target(field).is_some();
    let is_inline = !field.is_list() || link_mode(field) == Some(LinkMode::Inline);
    if is_relation && !is_inline && field.directive("db").is_some() {
        let message = format!(
            "The field `{}` specifies the `@db` directive. Relation fields must not specify this directive.",
            field.name.text
        );
        errors.push(at_directive("N28", def, field, "db", message));
    }
}

/// Two models with one table, two fields with one column: the original fails while it migrates, so we say it here.
/// Looks at what inference made of the text, since only that tells which relation fields have columns.
pub(crate) fn duplicates(datamodel: &Datamodel) -> Vec<Diagnostic> {
    let mut errors = Vec::new();
    let mut tables: HashMap<&str, &Model> = HashMap::new();
    for (id, model) in datamodel.models() {
        if let Some(earlier) = tables.insert(model.table(), model) {
            let message = format!(
                "The types `{}` and `{}` have the same table `{}`",
                earlier.name,
                model.name,
                model.table()
            );
            errors.push(Diagnostic::on_type(
                "same-table",
                &model.name,
                message,
                model.span,
            ));
        }
        duplicate_columns(datamodel, id, &mut errors);
    }
    errors
}

fn duplicate_columns(datamodel: &Datamodel, id: ModelId, errors: &mut Vec<Diagnostic>) {
    let model = &datamodel[id];
    let mut columns: HashMap<&str, &Field> = HashMap::new();
    for (field_id, field) in datamodel
        .fields_of(id)
        .filter(|(id, _)| has_column(datamodel, *id))
    {
        let Some(earlier) = columns.insert(field.column(), &datamodel[field_id]) else {
            continue;
        };
        let message = format!(
            "The fields `{}` and `{}` have the same column `{}`",
            earlier.name,
            field.name,
            field.column()
        );
        errors.push(Diagnostic::on_field(
            "same-column",
            &model.name,
            &field.name,
            message,
            field.span,
        ));
    }
}

/// True for scalars that are no lists, and for the relation field whose links are in this model's table.
fn has_column(datamodel: &Datamodel, id: FieldId) -> bool {
    let field = &datamodel[id];
    match field.relation() {
        None => field.is_column(),
        Some((relation, side)) => match &datamodel[relation].link {
            Link::Table { .. } => false,
            // Both ends of a self relation are in one table; the name tells whose column it is.
            Link::Inline { side: at, column } => {
                let is_self = datamodel.related_model(id) == Some(field.model);
                column == field.column() && (*at == side || is_self)
            }
        },
    }
}
