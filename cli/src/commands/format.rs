//! `prisma format`

use std::{
    io::Read,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use clap::Args;
use prisma_datamodel::{Diagnostic, Source};
use serde::Serialize;

use crate::{datamodel_file, problem::Problem, ui};

const EXAMPLES: &str = "\
Examples:
  prisma format
  prisma format --check datamodel.prisma
  prisma format --upgrade old.graphql
  prisma format - < datamodel.prisma";

/// The name that diagnostics about standard input carry.
const STDIN_NAME: &str = "<stdin>";

/// Lay out datamodels: one field per line, one blank line between types.
///
/// Without files it takes `datamodel.prisma` or `datamodel.graphql`. With `-` it reads standard input and writes
/// standard output.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Format {
    /// Datamodels to lay out, or `-`
    files: Vec<PathBuf>,

    /// Also rewrite texts of before version 1.1 of the language
    #[arg(long)]
    upgrade: bool,

    /// Write nothing; name the files that would change and exit with 1 if there are any
    #[arg(long)]
    check: bool,

    /// Print what came of each file as JSON
    #[arg(long)]
    json: bool,
}

/// What came of one file.
#[derive(Debug, Serialize)]
struct Report {
    file: String,
    status: Status,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Problem>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
enum Status {
    /// Nothing to do.
    Unchanged,
    /// Written in its new layout.
    Formatted,
    /// Would be written, but for `--check`.
    WouldChange,
    /// Not a datamodel.
    Failed,
}

impl Format {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let files = if self.files.is_empty() {
            vec![datamodel_file::find()?]
        } else {
            self.files.clone()
        };
        let mut reports = Vec::with_capacity(files.len());
        for file in &files {
            reports.push(if file == Path::new("-") {
                self.stdin()?
            } else {
                self.file(file)?
            });
        }
        if self.json {
            ui::json(&reports)?;
        }
        let is_bad =
            |report: &Report| matches!(report.status, Status::WouldChange | Status::Failed);
        Ok(ExitCode::from(u8::from(reports.iter().any(is_bad))))
    }

    fn file(&self, path: &Path) -> anyhow::Result<Report> {
        let name = path.display().to_string();
        let text =
            std::fs::read_to_string(path).with_context(|| format!("cannot read `{name}`"))?;
        let source = Source::new(name, text);
        let formatted = match self.layout(&source) {
            Ok(formatted) => formatted,
            Err(errors) => return Ok(self.failed(&source, &errors)),
        };
        if formatted == source.text() {
            return Ok(Report::new(&source, Status::Unchanged));
        }
        let status = if self.check {
            Status::WouldChange
        } else {
            std::fs::write(path, formatted)
                .with_context(|| format!("cannot write `{}`", source.name()))?;
            Status::Formatted
        };
        if !self.json {
            match status {
                Status::WouldChange => ui::would_change(source.name()),
                _ => ui::formatted(source.name()),
            }
        }
        Ok(Report::new(&source, status))
    }

    fn stdin(&self) -> anyhow::Result<Report> {
        let mut text = String::new();
        std::io::stdin()
            .read_to_string(&mut text)
            .context("cannot read standard input")?;
        let source = Source::new(STDIN_NAME, text);
        let formatted = match self.layout(&source) {
            Ok(formatted) => formatted,
            Err(errors) => return Ok(self.failed(&source, &errors)),
        };
        let is_same = formatted == source.text();
        // With either flag the text is not what was asked for.
        if !self.check && !self.json {
            ui::data(&formatted);
        }
        let status = match (is_same, self.check) {
            (true, _) => Status::Unchanged,
            (false, true) => Status::WouldChange,
            (false, false) => Status::Formatted,
        };
        Ok(Report::new(&source, status))
    }

    fn layout(&self, source: &Source) -> Result<String, Vec<Diagnostic>> {
        if !self.upgrade {
            return prisma_datamodel::format(source);
        }
        let upgraded = prisma_datamodel::upgrade(source)?;
        prisma_datamodel::format(&Source::new(source.name(), upgraded))
    }

    fn failed(&self, source: &Source, errors: &[Diagnostic]) -> Report {
        if !self.json {
            ui::diagnostics(source, errors);
        }
        Report {
            errors: Problem::all(source, errors),
            ..Report::new(source, Status::Failed)
        }
    }
}

impl Report {
    fn new(source: &Source, status: Status) -> Self {
        Self {
            file: source.name().to_owned(),
            status,
            errors: Vec::new(),
        }
    }
}
