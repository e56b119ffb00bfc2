//! Texts made to hurt: they are answered, and in time that grows with their size alone.

use std::time::{Duration, Instant};

use prisma_datamodel::{Source, Style, format, parse, render, upgrade};

/// A generous bound for a megabyte on a slow machine; something quadratic takes minutes.
const BOUND: Duration = Duration::from_secs(20);

fn answered(what: &str, text: &str) {
    let start = Instant::now();
    let source = Source::new("large.prisma", text);
    if let Err(errors) = parse(&source) {
        let _ = render(&source, &errors, Style::Plain);
    }
    let _ = format(&source);
    let _ = upgrade(&source);
    println!("{what}: {:?}", start.elapsed());
    assert!(start.elapsed() < BOUND, "{what}: {:?}", start.elapsed());
}

fn repeated(count: usize, part: impl Fn(usize) -> String) -> String {
    (0..count).map(part).collect()
}

#[test]
fn deep_nesting() {
    for open in [
        "{",
        "[",
        "(",
        "type A { a: [",
        "type A { a: B @x(y: {z: [",
        "\"\"\"",
        "#",
        "@",
        "extend ",
    ] {
        answered(open, &open.repeat(20_000));
    }
}

#[test]
fn many_broken_definitions() {
    answered("braces", &"}".repeat(300_000));
    answered(
        "types",
        &repeated(30_000, |at| format!("type A{at} {{ a }}\n")),
    );
    answered(
        "one line",
        &format!("type A {{ {} }}", "a: Int ".repeat(40_000)),
    );
}

#[test]
fn many_of_everything() {
    let models = repeated(20_000, |at| {
        format!("type A{at} {{ id: ID! @id b: A{} }}\n", at + 1)
    });
    answered(
        "a chain of models",
        &format!("{models}type A20000 {{ id: ID! @id }}"),
    );
    answered(
        "unknown types",
        &repeated(20_000, |at| {
            format!("type A{at} {{ id: ID! @id b: B{at} }}\n")
        }),
    );
    let fields = repeated(30_000, |_| "b: A @relation(name: \"R\") ".to_owned());
    answered("one name", &format!("type A {{ id: ID! @id {fields} }}"));
    let pair = |from: &str, to: &str| {
        let fields = repeated(10_000, |at| {
            format!("f{at}: {to} @relation(name: \"R{at}\") ")
        });
        format!("type {from} {{ id: ID! @id {fields} }}\n")
    };
    answered(
        "two models",
        &format!("{}{}", pair("A", "B"), pair("B", "A")),
    );
    answered(
        "directives",
        &format!(
            "type A {{ id: ID! @id a: Int {} }}",
            "@unique ".repeat(40_000)
        ),
    );
    answered(
        "comments",
        &format!("type A {{\n{}  id: ID! @id\n}}", "# c\n".repeat(100_000)),
    );
}
