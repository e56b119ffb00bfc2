//! What tidy has to say about one place.

use std::fmt::{self, Display, Formatter};

use anstyle::{AnsiColor, Style};

/// One place that breaks a rule. Findings sort by file, then line.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    /// Relative to the workspace root.
    file: String,
    /// Counted from 1; 0 is the file as a whole.
    line: usize,
    rule: Rule,
    message: String,
}

/// A law that tidy checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rule {
    /// A crate uses only what its row of the table of layers lists.
    Layer,
    /// A crate starts with what it is for and, a library, with what it must never know.
    Header,
    /// A crate takes the lints of the workspace.
    Lints,
    /// A source file has at most [`MOST_LINES`](super::files::MOST_LINES) lines.
    TooLong,
    /// A source file has at most [`MANY_LINES`](super::files::MANY_LINES) lines.
    Long,
    /// There is no `unsafe` in the code.
    Unsafe,
    /// There is no note to come back to and no debugging aid.
    Leftover,
    /// There is no path of somebody's machine in any text.
    MachinePath,
    /// A feature that is done names tests, and they exist.
    Feature,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Severity {
    Error,
    Warning,
}

impl Rule {
    const fn name(self) -> &'static str {
        match self {
            Rule::Layer => "layer",
            Rule::Header => "header",
            Rule::Lints => "lints",
            Rule::TooLong => "too-long",
            Rule::Long => "long",
            Rule::Unsafe => "unsafe",
            Rule::Leftover => "leftover",
            Rule::MachinePath => "machine-path",
            Rule::Feature => "feature",
        }
    }
}

impl Finding {
    /// A finding at a line, counted from 1.
    pub(crate) fn at(file: &str, line: usize, rule: Rule, message: impl Into<String>) -> Finding {
        Finding {
            file: file.to_owned(),
            line,
            rule,
            message: message.into(),
        }
    }

    /// A finding about a file as a whole.
    pub(crate) fn whole(file: &str, rule: Rule, message: impl Into<String>) -> Finding {
        Finding::at(file, 0, rule, message)
    }

    pub(crate) fn severity(&self) -> Severity {
        match self.rule {
            Rule::Long => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

impl Display for Finding {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (word, color) = match self.severity() {
            Severity::Error => ("error", AnsiColor::Red),
            Severity::Warning => ("warning", AnsiColor::Yellow),
        };
        let (bold, color) = (Style::new().bold(), color.on_default().bold());
        write!(f, "{bold}{}", self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        let (rule, message) = (self.rule.name(), &self.message);
        write!(f, ":{bold:#} {color}{word}[{rule}]{color:#}: {message}")
    }
}
