//! `@relation(link:)`: N38, N40, N41.

use super::{at_argument, at_field};
use crate::{
    ast::TypeDef,
    context::{Context, LinkMode, RelationField, is_embedded, link_mode},
    diagnostic::Diagnostic,
    model::Version,
};

/// All rules about link modes, field by field.
pub(super) fn rules(context: &Context<'_>, errors: &mut Vec<Diagnostic>) {
    for field in &context.relation_fields {
        let def = context.type_def(field.owner);
        let related = context.related(field);
        missing(context, def, field, related, errors);
        twice(def, field, related, errors);
        inline_list(context, def, field, related, errors);
    }
}

/// N38: nothing in a one-to-one relation says which side has the column.
fn missing(
    context: &Context<'_>,
    def: &TypeDef,
    field: &RelationField<'_>,
    related: Option<&RelationField<'_>>,
    errors: &mut Vec<Diagnostic>,
) {
    let Some(related) = related else { return };
    let one_to_one = !field.def.is_list() && !related.def.is_list();
    let given = link_mode(field.def).or(link_mode(related.def)).is_some();
    let embedded = is_embedded(def) || is_embedded(context.type_def(field.target));
    let v1 = context.version == Version::V1; // every relation has a table there
    if !one_to_one || given || embedded || v1 {
        return;
    }
    let modes: Vec<&str> = ["`@relation(link: TABLE)`", "`@relation(link: INLINE)`"]
        .into_iter()
        .skip(usize::from(!context.options.relation_tables))
        .collect();
    let message = format!(
        "The field `{}` must provide a relation link mode. Either specify it on this field or the opposite \
         field. Valid values are: {}",
        field.def.name.text,
        modes.join(",")
    );
    let help = format!(
        "`link: INLINE` here stores the id of the `{}` with each `{}`",
        context.type_def(field.target).name.text,
        def.name.text
    );
    errors.push(at_field("N38", def, field.def, message).with_help(help));
}

/// N40: both sides say something. The stray brace is the contract's.
fn twice(
    def: &TypeDef,
    field: &RelationField<'_>,
    related: Option<&RelationField<'_>>,
    errors: &mut Vec<Diagnostic>,
) {
    let Some(related) = related else { return };
    if link_mode(field.def).is_some() && link_mode(related.def).is_some() {
        let message = format!(
            "The `link` argument must be specified only on one side of a relation. The field `{}` provides a \
             link mode and the opposite field `{}` as well.}}",
            field.def.name.text, related.def.name.text
        );
        errors.push(at_argument(
            "N40",
            def,
            field.def,
            ("relation", "link"),
            message,
        ));
    }
}

/// N41: a list has no column.
fn inline_list(
    context: &Context<'_>,
    def: &TypeDef,
    field: &RelationField<'_>,
    related: Option<&RelationField<'_>>,
    errors: &mut Vec<Diagnostic>,
) {
    if !field.def.is_list() || link_mode(field.def) != Some(LinkMode::Inline) {
        return;
    }
    let hint = match related.filter(|related| !related.def.is_list()) {
        Some(related) => format!(
            "You could fix this by putting `link: INLINE` on the opposite field `{}` in the model `{}`.",
            related.def.name.text,
            context.type_def(field.target).name.text
        ),
        None => "You could fix this by using the strategy `TABLE` instead.".to_owned(),
    };
    let message = format!(
        "This connector does not support the `INLINE` strategy for list relation fields. {hint}"
    );
    errors.push(at_argument(
        "N41",
        def,
        field.def,
        ("relation", "link"),
        message,
    ));
}
