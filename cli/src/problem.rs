//! What is wrong with a datamodel, as JSON.

use prisma_datamodel::{Diagnostic, Source};
use serde::Serialize;

/// One problem. Lines and columns count from 1.
#[derive(Debug, Serialize)]
pub(crate) struct Problem {
    line: u32,
    column: u32,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
}

impl Problem {
    /// All of them.
    pub(crate) fn all(source: &Source, diagnostics: &[Diagnostic]) -> Vec<Self> {
        let problem = |diagnostic: &Diagnostic| {
            let position = source.position(diagnostic.span.start);
            Self {
                line: position.line,
                column: position.column,
                message: diagnostic.message.clone(),
                help: diagnostic.help.clone(),
            }
        };
        diagnostics.iter().map(problem).collect()
    }
}
