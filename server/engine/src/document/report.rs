//! What the GraphQL library found: taken over in its own words, or in ours where clients know them.

use apollo_compiler::{diagnostic::ToCliReport as _, validation::DiagnosticList};

/// Rules that [`super::check`] checks itself, in its own words.
const CHECKED: [&str; 14] = [
    "UndefinedField",
    "UndefinedArgument",
    "RequiredArgument",
    "UndefinedDirective",
    "UnsupportedValueType",
    "UndefinedEnumValue",
    "UndefinedInputValue",
    "RequiredField",
    "IntCoercionError",
    "FloatCoercionError",
    "MissingSubselection",
    "SubselectionOnScalarType",
    "SubselectionOnEnumType",
    "DisallowedVariableUsage",
];

/// A finding of the library.
struct Report {
    /// The library's name of the rule.
    rule: Option<&'static str>,
    /// Where, as an offset into the document.
    at: Option<usize>,
    message: String,
    /// Has it been said in other words?
    reworded: bool,
}

/// All findings of the library for one document.
pub(super) struct Reports(Vec<Report>);

impl Reports {
    pub(super) fn of(diagnostics: Option<&DiagnosticList>) -> Self {
        let reports = diagnostics.into_iter().flat_map(DiagnosticList::iter);
        let reports = reports.map(|diagnostic| Report {
            rule: diagnostic.error.unstable_error_name(),
            at: diagnostic
                .error
                .location()
                .map(|location| location.offset()),
            message: diagnostic.error.to_string(),
            reworded: false,
        });
        Self(reports.collect())
    }

    /// Is a rule broken at a place? What is asked for is said by the asking.
    pub(super) fn take(&mut self, rule: &str, at: usize) -> bool {
        let mut found = false;
        for report in &mut self.0 {
            if report.rule == Some(rule) && report.at == Some(at) {
                report.reworded = true;
                found = true;
            }
        }
        found
    }

    /// What is left to say, in the library's words. Rules that are checked elsewhere count only if nothing else was
    /// found: a document that the library refuses is never executed.
    pub(super) fn rest(&self, anything_found: bool) -> Vec<(&str, Option<usize>)> {
        let left = |checked: bool| {
            let left = self.0.iter().filter(move |report| {
                !report.reworded
                    && report.rule.is_some_and(|rule| CHECKED.contains(&rule)) == checked
            });
            left.map(|report| (report.message.as_str(), report.at))
        };
        let mut rest: Vec<_> = left(false).collect();
        if rest.is_empty() && !anything_found {
            rest = left(true).collect();
        }
        rest.dedup();
        rest
    }
}
