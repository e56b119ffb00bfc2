//! `prisma generate`

use std::{path::PathBuf, process::ExitCode};

use clap::Args;
use prisma_codegen::{Config, Error, Problems, Stale, State};
use serde::Serialize;

use crate::{datamodel_file, problem::Problem, ui};

const EXAMPLES: &str = "\
Examples:
  prisma generate --out-dir src/db
  prisma generate --datamodel datamodel.prisma --out-dir src/db --derive '*=serde::Serialize'
  prisma generate --out-dir src/db --check";

/// Generate the typed Rust client of a datamodel, to be checked in.
///
/// Writes `mod.rs`, a module per type, and the API as `schema.graphql`; the crate takes it in with `pub mod db;`.
/// Files that are right already stay as they are, and those of types that are gone are removed. A crate with a build
/// script needs none of this: there `prisma_codegen::Config` does the same.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Generate {
    /// The datamodel; `datamodel.prisma` or `datamodel.graphql` if not given
    #[arg(long, value_name = "FILE")]
    datamodel: Option<PathBuf>,

    /// The folder of the client
    #[arg(long, value_name = "DIR")]
    out_dir: PathBuf,

    /// Write nothing; name the files that are stale and exit with 1 if there are any
    #[arg(long)]
    check: bool,

    /// Print what came of it as JSON
    #[arg(long)]
    json: bool,

    /// Also write the API to this file, as SDL
    #[arg(long, value_name = "FILE")]
    schema: Option<PathBuf>,

    /// Derive one more trait for a type or enum, or for all (`*`); can be repeated
    #[arg(long, value_name = "TYPE=PATH", value_parser = pair)]
    derive: Vec<(String, String)>,

    /// Give a type or enum another name in Rust; can be repeated
    #[arg(long, value_name = "TYPE=NAME", value_parser = pair)]
    rename: Vec<(String, String)>,

    /// Read a scalar or a field as a type of your own; can be repeated
    #[arg(long, value_name = "SCALAR=PATH", value_parser = pair)]
    scalar: Vec<(String, String)>,

    /// Give an enum a variant for values that are added later; can be repeated
    #[arg(long, value_name = "ENUM")]
    enum_fallback: Vec<String>,

    /// Where generated code finds `prisma_runtime`
    #[arg(long, value_name = "PATH")]
    runtime_path: Option<String>,
}

/// `Product.price=crate::Money` in two.
fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() && !value.is_empty() => {
            Ok((name.to_owned(), value.to_owned()))
        }
        _ => Err("write two names with `=` between them".to_owned()),
    }
}

/// What came of it.
#[derive(Debug, Serialize)]
struct Report {
    status: Status,
    /// Those that were or are stale.
    files: Vec<Changed>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Problem>,
}

#[derive(Debug, Serialize)]
struct Changed {
    path: String,
    state: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
enum Status {
    /// Nothing to do.
    Unchanged,
    /// Written, or removed.
    Generated,
    /// Would be written, but for `--check`.
    Stale,
    /// No client.
    Failed,
}

impl Generate {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let (check, json) = (self.check, self.json);
        let report = match self.files() {
            Ok(stale) => {
                let status = match (stale.is_empty(), check) {
                    (true, _) => Status::Unchanged,
                    (false, true) => Status::Stale,
                    (false, false) => Status::Generated,
                };
                if !json {
                    say(status, &stale);
                }
                Report::new(status, &stale)
            }
            Err(error) => Report {
                errors: problems(error, json)?,
                ..Report::new(Status::Failed, &[])
            },
        };
        if json {
            ui::json(&report)?;
        }
        let is_bad = matches!(report.status, Status::Stale | Status::Failed);
        Ok(ExitCode::from(u8::from(is_bad)))
    }

    /// The stale files, written unless they are only looked at.
    fn files(self) -> anyhow::Result<Vec<Stale>> {
        let (check, json) = (self.check, self.json);
        let output = self.config()?.output()?;
        if !json {
            ui::diagnostics(output.datamodel(), output.warnings());
        }
        let stale = if check {
            output.stale()
        } else {
            output.write()
        };
        Ok(stale?)
    }

    fn config(self) -> anyhow::Result<Config> {
        let datamodel = self.datamodel.map_or_else(datamodel_file::find, Ok)?;
        let mut config = Config::new(datamodel).out_dir(self.out_dir);
        for (name, path) in &self.derive {
            config = config.derive(name, path);
        }
        for (name, rust_name) in &self.rename {
            config = config.rename(name, rust_name);
        }
        for (name, path) in &self.scalar {
            config = config.scalar(name, path);
        }
        for name in &self.enum_fallback {
            config = config.enum_fallback(name);
        }
        if let Some(path) = &self.runtime_path {
            config = config.runtime_path(path);
        }
        if let Some(path) = self.schema {
            config = config.server_schema(path);
        }
        Ok(config)
    }
}

fn say(status: Status, stale: &[Stale]) {
    for file in stale {
        match (status, file.state) {
            (Status::Stale, _) => ui::stale(file),
            (_, State::Leftover) => ui::removed(file.path.display()),
            (_, State::Missing | State::Different) => ui::written(file.path.display()),
        }
    }
    match status {
        Status::Stale => ui::generate_again(),
        Status::Unchanged => ui::up_to_date(),
        Status::Generated | Status::Failed => {}
    }
}

/// What is wrong with the datamodel, shown unless it is wanted as JSON; everything else stays an error.
fn problems(error: anyhow::Error, json: bool) -> anyhow::Result<Vec<Problem>> {
    match error.downcast::<Error>()? {
        Error::Datamodel {
            datamodel,
            problems: Problems(problems),
        } => {
            if !json {
                ui::diagnostics(&datamodel, &problems);
            }
            Ok(Problem::all(&datamodel, &problems))
        }
        other => Err(other.into()),
    }
}

impl Report {
    fn new(status: Status, stale: &[Stale]) -> Self {
        let file = |file: &Stale| Changed {
            path: file.path.display().to_string(),
            state: match file.state {
                State::Missing => "missing",
                State::Different => "different",
                State::Leftover => "leftover",
            },
        };
        Self {
            status,
            files: stale.iter().map(file).collect(),
            errors: Vec::new(),
        }
    }
}
