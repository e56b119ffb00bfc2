//! Bad texts: what is said about them, and where.

use prisma_datamodel::{Style, parse, render, render_line};

use crate::fixtures;

#[test]
fn diagnostics() {
    for (name, source) in fixtures::all("bad") {
        let Err(errors) = parse(&source) else {
            panic!("{name} is accepted")
        };
        assert!(!errors.is_empty(), "{name}");
        let mut found = render(&source, &errors, Style::Plain);
        found.push_str("---\n");
        for error in &errors {
            let model = error.model.as_deref().unwrap_or("Global");
            let field = error.field.as_deref().unwrap_or("-");
            found.push_str(&format!("{model} {field} {:?}\n", error.message));
            found.push_str(&format!("    {}\n", render_line(&source, error)));
        }
        fixtures::check("bad", &name, &found);
    }
}
