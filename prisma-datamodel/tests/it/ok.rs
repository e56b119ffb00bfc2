//! Good texts: what they mean, how they are printed, formatted and upgraded.

use prisma_datamodel::{
    Datamodel, Diagnostic, Source, Style, Version, format, parse, print, render, upgrade,
};

use crate::{
    describe::{describe, without_spans},
    fixtures,
};

fn read(name: &str, source: &Source) -> (Datamodel, Vec<Diagnostic>) {
    parse(source).unwrap_or_else(|errors| {
        panic!("{name}:\n{}", render(source, &errors, Style::Plain));
    })
}

fn read_text(name: &str, text: &str) -> Datamodel {
    read(name, &Source::new(name, text)).0
}

#[test]
fn meanings() {
    for (name, source) in fixtures::all("ok") {
        let (datamodel, warnings) = read(&name, &source);
        let warnings = render(&source, &warnings, Style::Plain);
        let found = format!(
            "{}\n{}\n{warnings}",
            print(&datamodel),
            describe(&datamodel)
        );
        fixtures::check("ok", &name, &found);
    }
}

#[test]
fn printing_keeps_the_meaning() {
    for (name, source) in fixtures::all("ok") {
        let (datamodel, _) = read(&name, &source);
        let printed = print(&datamodel);
        let again = read_text(&name, &printed);
        if datamodel.version == Version::V1_1 {
            assert_eq!(
                without_spans(again),
                without_spans(datamodel),
                "{name}:\n{printed}"
            );
        } else {
            assert_eq!(print(&again), printed, "{name}");
        }
        assert_eq!(
            format(&Source::new("printed", printed.clone())).unwrap(),
            printed,
            "{name}"
        );
    }
}

#[test]
fn formatting_keeps_the_meaning() {
    for (name, source) in fixtures::all("ok") {
        let formatted = format(&source).unwrap();
        fixtures::check("format", &name, &formatted);
        let again = format(&Source::new("formatted", formatted.clone())).unwrap();
        assert_eq!(again, formatted, "{name} is not stable");
        let before = without_spans(read(&name, &source).0);
        assert_eq!(
            without_spans(read_text(&name, &formatted)),
            before,
            "{name}"
        );
    }
}

#[test]
fn upgrading_makes_current_texts() {
    for (name, source) in fixtures::all("ok") {
        let upgraded = upgrade(&source).unwrap();
        let (before, _) = read(&name, &source);
        if before.version == Version::V1_1 {
            assert_eq!(upgraded, source.text(), "{name}");
            continue;
        }
        fixtures::check("upgrade", &name, &upgraded);
        let after = read_text(&name, &upgraded);
        assert_eq!(after.version, Version::V1_1, "{name}");
        let names = |datamodel: &Datamodel| {
            let mut names: Vec<String> = datamodel
                .fields
                .iter()
                .map(|field| {
                    format!(
                        "{}.{} {:?}",
                        datamodel[field.model].name, field.name, field.arity
                    )
                })
                .collect();
            names.sort();
            names
        };
        assert_eq!(names(&after), names(&before), "{name}");
        let again = upgrade(&Source::new("upgraded", upgraded.clone())).unwrap();
        assert_eq!(again, upgraded, "{name}");
    }
}

#[test]
fn a_hundred_models() {
    let text = include_str!("../../../fixtures/datamodels/hundred.prisma");
    let source = Source::new("hundred.prisma", text);
    let (datamodel, _) = read("hundred", &source);
    assert_eq!(datamodel.models.len(), 100);
    for (id, model) in datamodel.models() {
        let fields: Vec<_> = datamodel
            .visible_fields(id)
            .map(|(_, field)| field)
            .collect();
        let relations = fields
            .iter()
            .filter(|field| field.relation().is_some())
            .count();
        let unique = fields
            .iter()
            .filter(|field| field.unique && field.id.is_none())
            .count();
        assert_eq!(
            (fields.len() - relations, relations, unique),
            (8, 3, 2),
            "{}",
            model.name
        );
    }
    assert_eq!(format(&source).unwrap(), text);
}
