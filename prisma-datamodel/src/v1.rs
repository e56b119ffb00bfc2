//! Texts of 2018: recognised, and rewritten in the tree to what they mean in v1.1 (deploy.md §0.2, §1.4).
//!
//! What the tree cannot say (every relation has a table with an id column) inference knows from the version.

pub(crate) mod upgrade;

use std::collections::{HashMap, HashSet};

use crate::{
    ast::{Argument, Directive, Document, FieldDef, Literal, Name, TypeDef, TypeRef, Value},
    context::scalar_named,
    infer::generated_name,
    model::{Arity, ScalarType, Version},
    source::Span,
};

/// The fields every v1 model has, with the directive that says what they do.
const SYSTEM_FIELDS: [(&str, ScalarType, &str); 3] = [
    ("id", ScalarType::Id, "id"),
    ("createdAt", ScalarType::DateTime, "createdAt"),
    ("updatedAt", ScalarType::DateTime, "updatedAt"),
];

/// The version a text is written in: v1.1 if any field has `@id`, else v1 if any `id` has `@unique` or anything
/// has a directive of v1.
pub(crate) fn version(document: &Document) -> Version {
    let fields = || document.types.iter().flat_map(|def| &def.fields);
    if fields().any(|field| field.directive("id").is_some()) {
        return Version::V1_1;
    }
    let unique_id =
        |field: &FieldDef| field.name.text == "id" && field.directive("unique").is_some();
    if fields().any(unique_id) || maps_existing_database(document) {
        Version::V1
    } else {
        Version::V1_1
    }
}

/// True if a v1 text maps models onto tables that are there, with directives such as `@pgTable`.
fn maps_existing_database(document: &Document) -> bool {
    let directives = document.types.iter().flat_map(|def| {
        let of_fields = def.fields.iter().flat_map(|field| &field.directives);
        def.directives.iter().chain(of_fields)
    });
    directives
        .into_iter()
        .any(|directive| directive.name.text.starts_with("pg"))
}

/// The v1.1 tree with the meaning of a v1 tree.
pub(crate) fn desugar(mut document: Document) -> Document {
    let enums: HashSet<String> = document
        .enums
        .iter()
        .map(|item| item.name.text.clone())
        .collect();
    let existing_database = maps_existing_database(&document);
    let tables = relation_tables(&mut document);
    for def in &mut document.types {
        rename_directive(&mut def.directives, "pgTable", "db");
        for field in &mut def.fields {
            for (old, new) in [("pgColumn", "db"), ("pgDefault", "default")] {
                rename_directive(&mut field.directives, old, new);
            }
            inline_relation(field);
            let is_enum = enums.contains(&field.ty.name);
            let scalar = scalar_named(&field.ty.name);
            if (scalar.is_some() || is_enum) && field.is_list() {
                let strategy = argument("strategy", word("RELATION", field.name.span));
                add(
                    &mut field.directives,
                    "scalarList",
                    vec![strategy],
                    field.name.span,
                );
            }
            type_default(field, scalar, is_enum);
        }
        if def.directive("embedded").is_none() {
            system_fields(def, existing_database);
        }
    }
    document.types.extend(tables);
    document
}

/// Marks the fields that v1 knows by name; adds those a type does not declare as hidden ones (to a
/// table of others, only the id, which has to be there).
fn system_fields(def: &mut TypeDef, existing_database: bool) {
    let span = def.name.span;
    for (name, scalar, directive) in SYSTEM_FIELDS {
        let Some(field) = def.fields.iter_mut().find(|field| field.name.text == name) else {
            if existing_database && name != "id" {
                continue;
            }
            let mut directives = Vec::new();
            add(&mut directives, directive, Vec::new(), span);
            def.fields.push(FieldDef {
                name: Name {
                    text: name.to_owned(),
                    span,
                },
                docs: None,
                ty: TypeRef {
                    name: scalar.name().to_owned(),
                    arity: Arity::Required,
                    span,
                },
                directives,
                hidden: true,
            });
            continue;
        };
        if name == "id" {
            field
                .directives
                .retain(|directive| directive.name.text != "unique");
        } else if scalar_named(&field.ty.name) != Some(scalar) {
            continue; // v1 refused it; as an ordinary field it does no harm
        }
        add(
            &mut field.directives,
            directive,
            Vec::new(),
            field.name.span,
        );
    }
}

/// `@default(value: "42")` on an `Int` is the number.
fn type_default(field: &mut FieldDef, scalar: Option<ScalarType>, is_enum: bool) {
    let Some(default) = field
        .directives
        .iter_mut()
        .find(|directive| directive.name.text == "default")
    else {
        return;
    };
    let Some(given) = default
        .arguments
        .iter_mut()
        .find(|argument| argument.name.text == "value")
    else {
        return;
    };
    if let Some((literal, text)) = typed_literal(&given.value, scalar, is_enum) {
        given.value.literal = literal;
        given.value.text = text;
    }
}

/// What a quoted default is without its quotes; `None` where the quotes belong to it.
fn typed_literal(
    value: &Value,
    scalar: Option<ScalarType>,
    is_enum: bool,
) -> Option<(Literal, String)> {
    let Literal::String(text) = &value.literal else {
        return None;
    };
    let literal = match scalar {
        Some(ScalarType::Int) if text.parse::<i32>().is_ok() => Literal::Int,
        Some(ScalarType::Float) if text.parse::<f64>().is_ok_and(f64::is_finite) => Literal::Float,
        Some(ScalarType::Boolean) if text == "true" || text == "false" => {
            Literal::Boolean(text == "true")
        }
        None if is_enum => Literal::Enum(text.clone()),
        _ => return None,
    };
    Some((literal, text.clone()))
}

/// `@pgRelation(column: "c")`: the relation is stored in a column of this model.
fn inline_relation(field: &mut FieldDef) {
    let Some(relation) = field.directive("pgRelation") else {
        return;
    };
    let (Some(column), span) = (relation.argument("column").cloned(), relation.span) else {
        return;
    };
    field
        .directives
        .retain(|directive| directive.name.text != "pgRelation");
    add(
        &mut field.directives,
        "db",
        vec![argument("name", column.value)],
        span,
    );
    merge(
        &mut field.directives,
        "relation",
        argument("link", word("INLINE", span)),
        span,
    );
}

/// `@pgRelationTable(table:, relationColumn:, targetColumn:)`: a `@relationTable` type of its own, and the
/// relation named after it.
fn relation_tables(document: &mut Document) -> Vec<TypeDef> {
    let mut tables: HashMap<String, TypeDef> = HashMap::new();
    let mut names = HashMap::new();
    for def in &mut document.types {
        for field in &mut def.fields {
            let Some(at) = field
                .directives
                .iter()
                .position(|it| it.name.text == "pgRelationTable")
            else {
                continue;
            };
            let directive = field.directives.remove(at);
            let Some(table) = directive.argument("table") else {
                continue;
            };
            let given = field
                .directive("relation")
                .and_then(|relation| relation.text("name"));
            let name = given.map_or_else(
                || generated_name(&def.name.text, &field.ty.name),
                str::to_owned,
            );
            if given.is_none() {
                names.insert(ends(&def.name.text, &field.ty.name), name.clone());
            }
            let column = |name: &str, target: &str, given: &str| {
                column_field(name, target, directive.argument(given), directive.span)
            };
            let mut directives = Vec::new();
            add(&mut directives, "relationTable", Vec::new(), directive.span);
            let db = argument("name", table.value.clone());
            add(&mut directives, "db", vec![db], directive.span);
            tables.entry(name.clone()).or_insert_with(|| TypeDef {
                name: Name {
                    text: name,
                    span: directive.span,
                },
                docs: None,
                directives,
                fields: vec![
                    column("A", &def.name.text, "relationColumn"),
                    column("B", &field.ty.name, "targetColumn"),
                ],
                close: directive.span,
            });
        }
    }
    name_relations(document, &names);
    let mut tables: Vec<TypeDef> = tables.into_values().collect();
    tables.sort_by_key(|table| table.name.span);
    tables
}

/// Two model names in order.
fn ends(one: &str, other: &str) -> [String; 2] {
    [one.min(other).to_owned(), one.max(other).to_owned()]
}

/// Gives unnamed relation fields between two models a name, on both sides.
fn name_relations(document: &mut Document, names: &HashMap<[String; 2], String>) {
    for def in &mut document.types {
        for field in &mut def.fields {
            let Some(name) = names.get(&ends(&def.name.text, &field.ty.name)) else {
                continue;
            };
            let span = field.name.span;
            let value = Value {
                literal: Literal::String(name.clone()),
                text: format!("\"{name}\""),
                span,
            };
            let named = field
                .directive("relation")
                .is_some_and(|it| it.argument("name").is_some());
            if !named {
                merge(
                    &mut field.directives,
                    "relation",
                    argument("name", value),
                    span,
                );
            }
        }
    }
}

fn column_field(name: &str, target: &str, given: Option<&Argument>, span: Span) -> FieldDef {
    let mut directives = Vec::new();
    if let Some(given) = given {
        add(
            &mut directives,
            "db",
            vec![argument("name", given.value.clone())],
            span,
        );
    }
    FieldDef {
        name: Name {
            text: name.to_owned(),
            span,
        },
        docs: None,
        ty: TypeRef {
            name: target.to_owned(),
            arity: Arity::Required,
            span,
        },
        directives,
        hidden: false,
    }
}

fn rename_directive(directives: &mut [Directive], old: &str, new: &str) {
    for directive in directives
        .iter_mut()
        .filter(|directive| directive.name.text == old)
    {
        directive.name.text = new.to_owned();
    }
}

/// Adds a directive unless it is there.
fn add(directives: &mut Vec<Directive>, name: &str, arguments: Vec<Argument>, span: Span) {
    if directives
        .iter()
        .all(|directive| directive.name.text != name)
    {
        let name = Name {
            text: name.to_owned(),
            span,
        };
        directives.push(Directive {
            name,
            arguments,
            span,
        });
    }
}

/// Adds an argument to a directive, and the directive if it is not there.
fn merge(directives: &mut Vec<Directive>, name: &str, argument: Argument, span: Span) {
    match directives
        .iter_mut()
        .find(|directive| directive.name.text == name)
    {
        Some(directive) => directive.arguments.push(argument),
        None => add(directives, name, vec![argument], span),
    }
}

fn argument(name: &str, value: Value) -> Argument {
    Argument {
        name: Name {
            text: name.to_owned(),
            span: value.span,
        },
        value,
    }
}

fn word(text: &str, span: Span) -> Value {
    Value {
        literal: Literal::Enum(text.to_owned()),
        text: text.to_owned(),
        span,
    }
}
