//! `@relationTable`: N31, N43 to N47, W0.

use std::collections::BTreeSet;

use super::{at_field, at_field_type, at_type, suggest};
use crate::{
    ast::{FieldDef, TypeDef},
    context::{Context, Kind, scalar_named},
    diagnostic::{Diagnostic, Severity},
    model::{Arity, ScalarType},
};

/// N31
pub(super) fn supported(context: &Context<'_>, errors: &mut Vec<Diagnostic>) {
    if context.options.relation_tables {
        return;
    }
    for def in context.relation_tables() {
        let message = "The directive `@relationTable` is not supported by this connector.";
        errors.push(at_type("N31", def, message));
    }
}

/// N43 to N47.
pub(super) fn rules(context: &Context<'_>, errors: &mut Vec<Diagnostic>) {
    for def in context.relation_tables() {
        references(context, def, errors);
        columns(context, def, errors);
    }
}

/// W0
pub(super) fn ids(context: &Context<'_>, warnings: &mut Vec<Diagnostic>) {
    for def in context.relation_tables() {
        for field in def
            .fields
            .iter()
            .filter(|field| field.directive("id").is_some())
        {
            let message = "Id fields on link tables are deprecated and will soon loose support. Please remove \
                           it from your datamodel to remove the underlying column.";
            let warning = at_field("W0", def, field, message);
            warnings.push(Diagnostic {
                severity: Severity::Warning,
                ..warning
            });
        }
    }
}

/// N43, N44: the table belongs to a relation, and to the same two models.
fn references(context: &Context<'_>, def: &TypeDef, errors: &mut Vec<Diagnostic>) {
    let name = def.name.text.as_str();
    let name_of = |index| context.type_def(index).name.text.as_str();
    let linked: BTreeSet<&str> = context
        .relation_fields
        .iter()
        .filter(|field| field.name == Some(name))
        .flat_map(|field| [name_of(field.owner), name_of(field.target)])
        .collect();
    if linked.is_empty() {
        let message = format!("The link table `{name}` is not referenced in any relation field.");
        let names = context
            .relation_fields
            .iter()
            .filter_map(|field| field.name);
        let help = suggest::nearest(name, names).map_or_else(
            || format!("name the relation after it: `@relation(name: \"{name}\")`"),
            |near| format!("there is a relation `{near}`"),
        );
        errors.push(at_type("N43", def, message).with_help(help));
        return;
    }
    let in_table: BTreeSet<&str> = relation_fields(context, def)
        .map(|field| field.ty.name.as_str())
        .collect();
    if linked != in_table {
        let message = format!("The link table `{name}` is not referencing the right types.");
        let expected: Vec<String> = linked.iter().map(|name| format!("`{name}`")).collect();
        let help = format!("the relation `{name}` connects {}", expected.join(" and "));
        errors.push(at_type("N44", def, message).with_help(help));
    }
}

/// N45, N46, N47: two ends, perhaps an id, nothing else.
fn columns(context: &Context<'_>, def: &TypeDef, errors: &mut Vec<Diagnostic>) {
    if relation_fields(context, def).count() != 2 {
        let message = "A link table must specify exactly two relation fields.";
        errors.push(at_type("N45", def, message));
    }
    for field in def
        .fields
        .iter()
        .filter(|field| !is_relation(context, field))
    {
        if field.directive("id").is_none() {
            let message = "A link table must not specify any additional scalar fields.";
            errors.push(at_field("N46", def, field, message));
        } else if scalar_named(&field.ty.name) != Some(ScalarType::Id)
            || field.ty.arity != Arity::Required
        {
            let message = "The id field of a link table must be of type `ID!`.";
            errors.push(at_field_type("N47", def, field, message));
        }
    }
}

fn relation_fields<'a>(
    context: &'a Context<'_>,
    def: &'a TypeDef,
) -> impl Iterator<Item = &'a FieldDef> {
    def.fields
        .iter()
        .filter(|field| is_relation(context, field))
}

/// Unknown types count: N3 does not look into relation tables, N44 does.
fn is_relation(context: &Context<'_>, field: &FieldDef) -> bool {
    matches!(context.kind(field), Kind::Type(_) | Kind::Unknown)
}
