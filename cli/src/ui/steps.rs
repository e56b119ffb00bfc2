//! Steps of a deploy in words.

use prisma_deploy::{CreateField, Manifestation, MigrationStep, UpdateField};

use super::{ADDED, CHANGED, REMOVED, styled};

/// One step on one line: a sign, and what it is about.
pub(super) fn line(step: &MigrationStep) -> String {
    let added = |text| format!("{} {text}", styled(ADDED, "+"));
    let removed = |text| format!("{} {text}", styled(REMOVED, "-"));
    let changed = |text| format!("{} {text}", styled(CHANGED, "~"));
    match step {
        MigrationStep::CreateModel { name } => added(format!("type {name}")),
        MigrationStep::DeleteModel { name } => removed(format!("type {name}")),
        MigrationStep::UpdateModel { name, new_name } => {
            changed(format!("type {}", renamed(name, Some(new_name))))
        }
        MigrationStep::CreateEnum { name, values } => {
            added(format!("enum {name} {{ {} }}", values.join(" ")))
        }
        MigrationStep::DeleteEnum { name } => removed(format!("enum {name}")),
        MigrationStep::UpdateEnum {
            name,
            new_name,
            values,
        } => {
            let values = values
                .as_ref()
                .map(|values| format!(" {{ {} }}", values.join(" ")));
            let name = renamed(name, new_name.as_ref());
            changed(format!("enum {name}{}", values.unwrap_or_default()))
        }
        MigrationStep::CreateField(field) => added(format!("field {}", created(field))),
        MigrationStep::DeleteField { model, name } => removed(format!("field {model}.{name}")),
        MigrationStep::UpdateField(field) => changed(format!("field {}", updated(field))),
        MigrationStep::CreateRelation {
            name,
            left_model,
            right_model,
            after,
        } => added(format!(
            "relation {name} between {left_model} and {right_model}, {}",
            place(after)
        )),
        MigrationStep::UpdateRelation {
            name,
            new_name,
            before,
            after,
        } => {
            let name = renamed(name, new_name.as_ref());
            let (before, after) = (place(before), place(after));
            if before == after {
                changed(format!("relation {name}"))
            } else {
                changed(format!("relation {name}, {before} → {after}"))
            }
        }
        MigrationStep::DeleteRelation { name } => removed(format!("relation {name}")),
        MigrationStep::UpdateSecrets => changed("secrets".to_owned()),
    }
}

fn renamed(name: &str, new_name: Option<&String>) -> String {
    match new_name {
        Some(new_name) if new_name != name => format!("{name} → {new_name}"),
        _ => name.to_owned(),
    }
}

fn created(field: &CreateField) -> String {
    let named = field.enumeration.as_ref().unwrap_or(&field.type_name);
    let ty = match (field.is_list, field.is_required) {
        (true, _) => format!("[{named}!]!"),
        (false, true) => format!("{named}!"),
        (false, false) => named.clone(),
    };
    format!("{}.{}: {ty}", field.model, field.name)
}

fn updated(field: &UpdateField) -> String {
    let mut changes = Vec::new();
    if let Some(ty) = field.enumeration.as_ref().or(field.type_name.as_ref()) {
        changes.push(format!("type {ty}"));
    }
    for (change, yes, no) in [
        (field.is_required, "required", "optional"),
        (field.is_list, "list", "single value"),
        (field.unique, "unique", "not unique"),
    ] {
        changes.extend(change.map(|is| if is { yes } else { no }.to_owned()));
    }
    let name = renamed(&field.name, field.new_name.as_ref());
    let changes = if changes.is_empty() {
        String::new()
    } else {
        format!(": {}", changes.join(", "))
    };
    format!("{}.{name}{changes}", field.model)
}

fn place(manifestation: &Manifestation) -> String {
    match manifestation {
        Manifestation::LinkTable { table, .. } => format!("in table {table}"),
        Manifestation::Inline { model, column } => format!("in {model}.{column}"),
    }
}
