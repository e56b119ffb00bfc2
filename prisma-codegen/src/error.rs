//! Why there is no client.

use std::{fmt, io, path::PathBuf};

use prisma_api::{Collision, Subject};
use prisma_datamodel::{Datamodel, Diagnostic, Severity, Source, Span, Style, render, render_line};

use crate::output::Stale;

/// Everything that keeps a datamodel from having a client, with positions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems(pub Vec<Diagnostic>);

impl Problems {
    /// Names that meet in the API.
    pub(crate) fn of_collisions(
        datamodel: &Datamodel,
        source: Option<&Source>,
        collisions: Vec<Collision>,
    ) -> Self {
        let diagnostic = |collision: Collision| {
            let help = collision.help().map(str::to_owned);
            let other = match collision.first.subject {
                Subject::BuiltIn => String::new(),
                first => place(source, span(datamodel, first))
                    .map_or_else(String::new, |place| format!("; the first is at {place}")),
            };
            problem(
                span(datamodel, collision.second.subject),
                format!("{collision}{other}"),
                help,
            )
        };
        Self(collisions.into_iter().map(diagnostic).collect())
    }
}

fn span(datamodel: &Datamodel, subject: Subject) -> Span {
    match subject {
        Subject::BuiltIn => Span::default(),
        Subject::Model(id) => datamodel[id].span,
        Subject::Field(id) => datamodel[id].span,
        Subject::Enum(id) => datamodel[id].span,
    }
}

/// `file:line:column`, where the text is known.
pub(crate) fn place(source: Option<&Source>, span: Span) -> Option<String> {
    let source = source?;
    let position = source.position(span.start);
    Some(format!(
        "{}:{}:{}",
        source.name(),
        position.line,
        position.column
    ))
}

/// A problem of a client, as a diagnostic of the datamodel.
pub(crate) fn problem(span: Span, message: String, help: Option<String>) -> Diagnostic {
    Diagnostic {
        severity: Severity::Error,
        code: "client",
        model: None,
        field: None,
        message,
        span,
        help,
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, diagnostic) in self.0.iter().enumerate() {
            if position > 0 {
                f.write_str("\n")?;
            }
            f.write_str(&diagnostic.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

/// Why a build script or macro got no client.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The datamodel is not there.
    #[error("cannot read {}: {error}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The datamodel is wrong, or has no client in Rust.
    #[error("{}", problems.0.iter().map(|one| render_line(datamodel, one)).collect::<Vec<_>>().join("\n"))]
    Datamodel {
        /// Its text.
        datamodel: Source,
        /// What is wrong.
        problems: Problems,
    },
    /// There is nowhere to write to.
    #[error("OUT_DIR is not set: call this from a build script")]
    NoOutDir,
    /// The client cannot be written.
    #[error("cannot write {}: {error}", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// Checked-in code is not what the datamodel gives.
    #[error("{}", .0.iter().map(Stale::to_string).collect::<Vec<_>>().join("\n"))]
    Stale(Vec<Stale>),
    /// The generated code cannot be printed, which is a defect of the generator.
    #[error("the generated code of `{module}` is not Rust: {error}")]
    Unprintable {
        /// The module.
        module: String,
        /// What is wrong with it.
        error: syn::Error,
    },
}

impl Error {
    /// Snippets of the datamodel with what is wrong underlined; for everything else, one line.
    #[must_use]
    pub fn snippets(&self) -> String {
        match self {
            Self::Datamodel {
                datamodel,
                problems,
            } => render(datamodel, &problems.0, Style::Plain),
            other => format!("{other}\n"),
        }
    }
}
