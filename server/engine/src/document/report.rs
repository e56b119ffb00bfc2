//! What the GraphQL library found: taken over in its own words, or in ours where clients know them.

use std::collections::HashMap;

use apollo_compiler::{
    diagnostic::ToCliReport as _,
    validation::{DiagnosticData, DiagnosticList},
};

use super::MOST_ERRORS;

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

/// All findings of the library for one document.
#[derive(Default)]
pub(super) struct Reports<'a> {
    /// In the library's order.
    all: Vec<Report<'a>>,
    /// By rule and place, each with those findings.
    places: HashMap<(&'static str, usize), Vec<usize>>,
}

/// A finding of the library.
struct Report<'a> {
    error: &'a DiagnosticData,
    /// The library's name of the rule.
    rule: Option<&'static str>,
    /// Where, as an offset into the document.
    at: Option<usize>,
    /// Has it been said in other words?
    reworded: bool,
}

impl<'a> Reports<'a> {
    pub(super) fn of(diagnostics: Option<&'a DiagnosticList>) -> Self {
        let mut reports = Self::default();
        for diagnostic in diagnostics.into_iter().flat_map(DiagnosticList::iter) {
            let error = diagnostic.error;
            let rule = error.unstable_error_name();
            let at = error.location();
            let at = at.map(|location| location.offset());
            if let (Some(rule), Some(at)) = (rule, at) {
                let here = reports.places.entry((rule, at)).or_default();
                here.push(reports.all.len());
            }
            reports.all.push(Report {
                error,
                rule,
                at,
                reworded: false,
            });
        }
        reports
    }

    /// Is a rule broken at a place? What is asked for is said by the asking.
    pub(super) fn take(&mut self, rule: &'static str, at: usize) -> bool {
        let found = self.places.get(&(rule, at));
        for &index in found.into_iter().flatten() {
            self.all[index].reworded = true;
        }
        found.is_some()
    }

    /// What is left to say, in the library's words. Rules that are checked elsewhere count only if nothing else was
    /// found: a document that the library refuses is never executed.
    pub(super) fn rest(&self, anything_found: bool) -> Vec<(String, Option<usize>)> {
        let left = |checked: bool| {
            let left = self.all.iter().filter(move |report| {
                !report.reworded
                    && report.rule.is_some_and(|rule| CHECKED.contains(&rule)) == checked
            });
            let left = left.map(|report| (report.error.to_string(), report.at));
            left.take(MOST_ERRORS).collect::<Vec<_>>()
        };
        let mut rest = left(false);
        if rest.is_empty() && !anything_found {
            rest = left(true);
        }
        rest.dedup();
        rest
    }
}
