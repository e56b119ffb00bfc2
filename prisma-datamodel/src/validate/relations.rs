//! Names of relations: N5 to N10, N32.

use super::{at_argument, at_directive, at_field, at_field_type};
use crate::{
    ast::{FieldDef, TypeDef},
    context::{Context, Kind, RelationField, TypeIndex, relation_name},
    diagnostic::Diagnostic,
    infer::is_relation_name,
};

fn target_name<'a>(context: &Context<'a>, field: &RelationField<'_>) -> &'a str {
    &context.type_def(field.target).name.text
}

/// True if the model has another field to the same model.
fn has_siblings(context: &Context<'_>, field: &RelationField<'_>) -> bool {
    context
        .pair(field.owner, field.target)
        .is_some_and(|pair| pair.fields.len() > 1)
}

/// N5: several fields to one model, one without a name.
pub(super) fn unnamed(context: &Context<'_>, model: TypeIndex, errors: &mut Vec<Diagnostic>) {
    let def = context.type_def(model);
    for field in context.relation_fields_of(model) {
        if has_siblings(context, field) && field.name.is_none() {
            let message = format!(
                "The relation field `{}` must specify a `@relation` directive: \
                 `@relation(name: \"MyRelation\")`",
                field.def.name.text
            );
            let help = format!(
                "several fields of `{}` point to `{}`; names tell their relations apart",
                def.name.text,
                target_name(context, field)
            );
            errors.push(at_field("N5", def, field.def, message).with_help(help));
        }
    }
}

/// N6, N7: a name used more often than a relation has ends.
pub(super) fn too_often(context: &Context<'_>, model: TypeIndex, errors: &mut Vec<Diagnostic>) {
    let def = context.type_def(model);
    for field in context.relation_fields_of(model) {
        let (Some(name), true) = (field.name, has_siblings(context, field)) else {
            continue;
        };
        let here = context.uses_of_name_in(name, field.owner);
        let (code, uses, text) = if field.owner == field.target {
            let text = "A relation directive for a self relation must appear either 1 or 2 times.";
            ("N7", here, text)
        } else {
            let there = context.uses_of_name_in(name, field.target);
            (
                "N6",
                here + there,
                "A relation directive cannot appear more than twice.",
            )
        };
        if uses > 2 {
            let message = format!("{text} Relation name: '{name}'");
            errors.push(at_argument(
                code,
                def,
                field.def,
                ("relation", "name"),
                message,
            ));
        }
    }
}

/// N8: the same name on a field that this one does not point back to.
pub(super) fn elsewhere(context: &Context<'_>, model: TypeIndex, errors: &mut Vec<Diagnostic>) {
    let def = context.type_def(model);
    for field in context.relation_fields_of(model) {
        let Some(name) = field.name else { continue };
        // With a field that points back, more of them in the own model are too many (N6) rather than elsewhere.
        let has_partner = context.uses_of_name_in(name, field.target) > 0;
        let other = context.uses_of_name(name).find(|&(owner, count)| {
            let is_another = owner != field.owner || count > 1 && !has_partner;
            owner != field.target && is_another
        });
        if let Some((owner, _)) = other {
            let message = format!(
                "The relation field `{}` has the type `{}`. But the other directive for this relation \
                 appeared on the type `{}`",
                field.def.name.text,
                field.def.ty.name,
                context.type_def(owner).name.text
            );
            errors.push(at_field_type("N8", def, field.def, message));
        }
    }
}

/// N9: a name here, and a field without a name back.
pub(super) fn named_on_one_side(
    context: &Context<'_>,
    model: TypeIndex,
    errors: &mut Vec<Diagnostic>,
) {
    let def = context.type_def(model);
    for field in context.relation_fields_of(model) {
        let Some(name) = field.name else { continue };
        if field.owner == field.target {
            continue; // among fields of one model, N5 already asks for names
        }
        let Some(back) = context.pair(field.target, field.owner) else {
            continue;
        };
        let (None, Some(unnamed)) = (back.named.get(name), back.unnamed) else {
            continue;
        };
        let unnamed = context.relation_fields[unnamed].def;
        let (from, to) = (&def.name.text, target_name(context, field));
        let message = format!(
            "You are trying to set the relation '{name}' from `{from}` to `{to}` and are only providing a \
             relation directive with a name on `{from}`. Please also provide the same named relation \
             directive on the relation field on `{to}` pointing towards `{from}`."
        );
        let help = format!(
            "put `@relation(name: \"{name}\")` on the field `{to}.{}`",
            unnamed.name.text
        );
        errors.push(at_directive("N9", def, field.def, "relation", message).with_help(help));
    }
}

/// N10
pub(super) fn names(context: &Context<'_>, model: TypeIndex, errors: &mut Vec<Diagnostic>) {
    let def = context.type_def(model);
    for field in context.relation_fields_of(model) {
        if field.name.is_some_and(|name| !is_relation_name(name)) {
            let message = format!(
                "The field `{}` has an invalid name in the `@relation` directive. It can only have up to 54 \
                 characters and must have the shape [A-Z][a-zA-Z0-9]*",
                field.def.name.text
            );
            errors.push(at_argument(
                "N10",
                def,
                field.def,
                ("relation", "name"),
                message,
            ));
        }
    }
}

/// N32: `@relation` on a scalar.
pub(super) fn on_scalars(
    context: &Context<'_>,
    def: &TypeDef,
    field: &FieldDef,
    errors: &mut Vec<Diagnostic>,
) {
    if field.directive("relation").is_none() || !matches!(context.kind(field), Kind::Scalar(_)) {
        return;
    }
    let message = format!(
        "The field `{}` is a scalar field and cannot specify the `@relation` directive.",
        field.name.text
    );
    let error = at_directive("N32", def, field, "relation", message);
    // A relation named after its model is often meant to be a field of it.
    let help = relation_name(field)
        .and_then(|name| context.type_named(name))
        .map(|model| {
            format!(
                "did you mean the type `{}`?",
                context.type_def(model).name.text
            )
        });
    errors.push(Diagnostic { help, ..error });
}
