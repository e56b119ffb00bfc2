//! Properties: printing and formatting keep the meaning of every datamodel, and no text makes anything panic.

use std::fmt::Write as _;

use prisma_datamodel::{Source, Style, format, parse, print, render, render_line, upgrade};
use proptest::prelude::*;

use crate::{describe::without_spans, fixtures};

const SCALARS: [&str; 8] = [
    "ID", "UUID", "String", "Int", "Float", "Boolean", "DateTime", "Json",
];

/// A scalar field: its type, whether it is required or a list, a directive that fits.
fn scalar_field() -> impl Strategy<Value = String> {
    let default = prop_oneof![
        any::<i32>().prop_map(|number| format!("Int @default(value: {number})")),
        any::<f64>()
            .prop_filter("finite", |number| number.is_finite())
            .prop_map(|number| format!("Float! @default(value: {number:?})")),
        "[ -~é😀\\n]{0,12}".prop_map(|text| {
            format!("String @default(value: {})", serde_json::Value::from(text))
        }),
        any::<bool>().prop_map(|flag| format!("Boolean @default(value: {flag})")),
        Just("Kind @default(value: ONE)".to_owned()),
    ];
    let plain = (0..SCALARS.len(), 0..4_u8).prop_map(|(scalar, shape)| {
        let scalar = SCALARS[scalar];
        match shape {
            0 => scalar.to_owned(),
            1 => format!("{scalar}! @unique"),
            2 => format!("[{scalar}] @scalarList(strategy: RELATION)"),
            _ => format!("{scalar}! @db(name: \"column of {scalar}\")"),
        }
    });
    prop_oneof![3 => plain, 2 => default]
}

#[derive(Clone, Debug)]
struct RelationSketch {
    from: usize,
    to: usize,
    from_list: bool,
    /// To-one, to-many, or no field at all.
    back: Option<bool>,
    table: bool,
    declared_table: bool,
    link_on_back: bool,
    cascade: bool,
}

fn relation(models: usize) -> impl Strategy<Value = RelationSketch> {
    (
        0..models,
        0..models,
        any::<[bool; 5]>(),
        any::<Option<bool>>(),
    )
        .prop_map(
            |(from, to, [from_list, table, declared_table, link_on_back, cascade], back)| {
                RelationSketch {
                    from,
                    to,
                    from_list,
                    back,
                    table,
                    declared_table,
                    link_on_back,
                    cascade,
                }
            },
        )
}

/// A valid text of up to six models with up to eight relations.
fn datamodel() -> impl Strategy<Value = String> {
    (1..6_usize).prop_flat_map(|models| {
        (
            prop::collection::vec(prop::collection::vec(scalar_field(), 0..5), models),
            prop::collection::vec(relation(models), 0..8),
            any::<bool>(),
        )
            .prop_map(|(scalars, relations, reversed)| text(&scalars, &relations, reversed))
    })
}

fn text(scalars: &[Vec<String>], relations: &[RelationSketch], reversed: bool) -> String {
    let mut bodies: Vec<String> = scalars
        .iter()
        .map(|fields| {
            let mut body = "  id: ID! @id\n".to_owned();
            for (at, field) in fields.iter().enumerate() {
                // Two fields must not have one column.
                let field = field.replace("column of", &format!("column {at} of"));
                let _ = writeln!(body, "  s{at}: {field}");
            }
            body
        })
        .collect();
    let mut tables = String::new();
    for (at, sketch) in relations.iter().enumerate() {
        let name = |model: usize| format!("M{model}");
        let ty = |model: usize, list: bool| {
            if list {
                format!("[{}!]!", name(model))
            } else {
                name(model)
            }
        };
        let one_to_one = !sketch.from_list && sketch.back == Some(false);
        let link = if sketch.table || sketch.declared_table {
            ", link: TABLE"
        } else if one_to_one {
            ", link: INLINE"
        } else {
            ""
        };
        let on_back = sketch.link_on_back && sketch.back.is_some();
        let (here, there) = if on_back { ("", link) } else { (link, "") };
        let cascade = if sketch.cascade {
            ", onDelete: CASCADE"
        } else {
            ""
        };
        let _ = writeln!(
            bodies[sketch.from],
            "  f{at}: {} @relation(name: \"R{at}\"{here}{cascade})",
            ty(sketch.to, sketch.from_list)
        );
        if let Some(list) = sketch.back {
            let _ = writeln!(
                bodies[sketch.to],
                "  b{at}: {} @relation(name: \"R{at}\"{there})",
                ty(sketch.from, list)
            );
        }
        if sketch.declared_table {
            let _ = writeln!(
                tables,
                "type R{at} @relationTable @db(name: \"links {at}\") {{\n  one: {}\n  two: {} @db(name: \"2\")\n}}",
                name(sketch.from),
                name(sketch.to)
            );
        }
    }
    let mut types: Vec<String> = bodies
        .iter()
        .enumerate()
        .map(|(at, body)| format!("type M{at} {{\n{body}}}\n"))
        .collect();
    types.push("enum Kind { ONE TWO }\n".to_owned());
    types.push(tables);
    if reversed {
        types.reverse();
    }
    types.concat()
}

/// Words and signs of the language in any order.
fn token_soup() -> impl Strategy<Value = String> {
    let words = [
        "type",
        "enum",
        "A",
        "B",
        "id",
        "ID",
        "String",
        "[",
        "]",
        "!",
        "{",
        "}",
        "(",
        ")",
        ":",
        "@id",
        "@unique",
        "@relation",
        "@default",
        "@db",
        "@rename",
        "@relationTable",
        "@embedded",
        "name",
        "value",
        "link",
        "INLINE",
        "\"x\"",
        "\"\"\"y\"\"\"",
        "1",
        "-1.5e3",
        "true",
        "null",
        "$",
        "=",
        "|",
        "&",
        "#c\n",
        "\n",
        ",",
        "\"",
        "...",
        "é",
        "extend",
        "union",
        "input",
        "schema",
        "directive",
        "on",
        "interface",
        "implements",
        "scalar",
        "query",
        "@scalarList",
        "strategy",
        "RELATION",
        "@sequence",
        "@pgRelation",
        "@pgRelationTable",
        "table",
        "column",
        "createdAt",
        "DateTime",
    ];
    prop::collection::vec(prop::sample::select(words.to_vec()), 0..80).prop_map(|it| it.join(" "))
}

/// Whatever the text is, everything answers.
fn never_panics(text: &str) {
    let source = Source::new("random.prisma", text);
    match parse(&source) {
        Ok((datamodel, _)) => {
            // A text of nothing that the language knows has no meaning to print, and no text is no datamodel.
            let printed = print(&datamodel);
            let again = parse(&Source::new("printed", printed.clone()));
            assert!(printed.is_empty() || again.is_ok(), "{text}\n{printed}");
        }
        Err(errors) => {
            assert!(!errors.is_empty());
            let _ = render(&source, &errors, Style::Coloured);
            errors
                .iter()
                .for_each(|error| drop(render_line(&source, error)));
        }
    }
    if let Ok(formatted) = format(&source) {
        let again = format(&Source::new("formatted", formatted.clone()));
        assert_eq!(again.as_ref(), Ok(&formatted), "{text}");
        let before = parse(&source).map(|(datamodel, _)| without_spans(datamodel));
        let after = parse(&Source::new("formatted", formatted));
        let after = after.map(|(datamodel, _)| without_spans(datamodel));
        assert_eq!(before.ok(), after.ok(), "{text}");
    }
    let _ = upgrade(&source);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn printing_keeps_every_meaning(text in datamodel()) {
        let source = Source::new("random.prisma", text.clone());
        let (datamodel, _) = match parse(&source) {
            Ok(parsed) => parsed,
            Err(errors) => panic!("{text}\n{}", render(&source, &errors, Style::Plain)),
        };
        let printed = print(&datamodel);
        let again = parse(&Source::new("printed", printed.clone())).map(|it| without_spans(it.0));
        prop_assert_eq!(again, Ok(without_spans(datamodel)), "{}\n{}", text, printed);
        never_panics(&text);
    }

    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        never_panics(&text);
    }

    #[test]
    fn any_tokens_are_answered(text in token_soup()) {
        never_panics(&text);
        never_panics(&format!("type A {{ id: ID! @id {text} }}"));
        never_panics(&format!("type A {{ id: ID! @id a: A {text} }}"));
    }

    #[test]
    fn damaged_fixtures_are_answered(at in any::<prop::sample::Index>(), cut in any::<[prop::sample::Index; 2]>(), twice in any::<bool>()) {
        let all = fixtures::all("ok");
        let text = at.get(&all).1.text();
        let places: Vec<usize> = text.char_indices().map(|(place, _)| place).chain([text.len()]).collect();
        let (one, other) = (*cut[0].get(&places), *cut[1].get(&places));
        let (from, to) = (one.min(other), one.max(other));
        let damaged = if twice {
            format!("{}{}", &text[..to], &text[from..])
        } else {
            format!("{}{}", &text[..from], &text[to..])
        };
        never_panics(&damaged);
    }
}
