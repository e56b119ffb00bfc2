//! What is wrong with a datamodel, in a form that terminals, build scripts and the management API can show.

use crate::source::Span;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The text is accepted; a deploy wants `force`.
    Warning,
    /// The text is refused.
    Error,
}

/// One problem of a datamodel text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// The rule, by its number in deploy.md §1.4.7 and §1.5.4 (`N3`, `W0`, …) or a name of our own.
    pub code: &'static str,
    /// The type it is about; `Global` where there is none (as the management API shows it).
    pub model: Option<String>,
    /// The field it is about.
    pub field: Option<String>,
    /// The exact text of the contract.
    pub message: String,
    /// Where it stands in the text.
    pub span: Span,
    /// What to do about it, if we can tell.
    pub help: Option<String>,
}

/// The code of diagnostics about text that is not SDL at all; see [`Diagnostic::is_syntax`].
pub(crate) const SYNTAX: &str = "syntax";

impl Diagnostic {
    /// An error about the whole text.
    pub(crate) fn global(code: &'static str, message: impl Into<String>, span: Span) -> Self {
        Self {
            severity: Severity::Error,
            code,
            model: None,
            field: None,
            message: message.into(),
            span,
            help: None,
        }
    }

    /// An error about a type.
    pub(crate) fn on_type(
        code: &'static str,
        model: &str,
        message: impl Into<String>,
        span: Span,
    ) -> Self {
        Self {
            model: Some(model.to_owned()),
            ..Self::global(code, message, span)
        }
    }

    /// An error about a field.
    pub(crate) fn on_field(
        code: &'static str,
        model: &str,
        field: &str,
        message: impl Into<String>,
        span: Span,
    ) -> Self {
        Self {
            field: Some(field.to_owned()),
            ..Self::on_type(code, model, message, span)
        }
    }

    /// The same with a suggestion.
    pub(crate) fn with_help(self, help: impl Into<String>) -> Self {
        Self {
            help: Some(help.into()),
            ..self
        }
    }

    /// True if the text is not SDL: management answers code 3017 and nothing else is known about the text.
    #[must_use]
    pub fn is_syntax(&self) -> bool {
        self.code == SYNTAX
    }
}
