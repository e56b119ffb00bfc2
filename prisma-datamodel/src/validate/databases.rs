//! `@db`: N28, and two things with one name in the database.

use std::collections::HashMap;

use super::{at_directive, at_field, at_type};
use crate::{
    ast::{FieldDef, TypeDef},
    context::{Context, LinkMode, link_mode},
    diagnostic::Diagnostic,
    infer::column_name,
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
pub(super) fn duplicates(context: &Context<'_>, errors: &mut Vec<Diagnostic>) {
    let mut tables: HashMap<&str, &TypeDef> = HashMap::new();
    for (_, def) in context.models() {
        let table = def
            .directive("db")
            .and_then(|db| db.text("name"))
            .unwrap_or(&def.name.text);
        let Some(earlier) = tables.insert(table, def) else {
            continue;
        };
        if earlier.name.text != def.name.text {
            let message = format!(
                "The types `{}` and `{}` have the same table `{table}`",
                earlier.name.text, def.name.text
            );
            errors.push(at_type("same-table", def, message));
        }
    }
    for (_, def) in context.models() {
        let mut columns: HashMap<&str, &FieldDef> = HashMap::new();
        for field in def.fields.iter().filter(|field| !field.is_list()) {
            let column = column_name(field);
            let Some(earlier) = columns.insert(column, field) else {
                continue;
            };
            if earlier.name.text != field.name.text {
                let message = format!(
                    "The fields `{}` and `{}` have the same column `{column}`",
                    earlier.name.text, field.name.text
                );
                errors.push(at_field("same-column", def, field, message));
            }
        }
    }
}
