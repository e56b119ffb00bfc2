//! Everything that is printed, with all its colours: `NO_COLOR` and output that is no terminal are respected, and
//! the words mean the same without colours. Data goes to standard output, words to standard error.

mod steps;

use std::{fmt::Display, io::IsTerminal, time::Duration};

use anstream::{eprint, eprintln, println};
use anstyle::{AnsiColor, Style};
use prisma_datamodel::{Diagnostic, Source, render};
use prisma_deploy::{Issue, MigrationStep};
use serde::Serialize;

const GOOD: Style = AnsiColor::Green.on_default().bold();
const BAD: Style = AnsiColor::Red.on_default().bold();
const CAREFUL: Style = AnsiColor::Yellow.on_default().bold();
const ADDED: Style = AnsiColor::Green.on_default();
const REMOVED: Style = AnsiColor::Red.on_default();
const CHANGED: Style = AnsiColor::Yellow.on_default();
const LINK: Style = AnsiColor::Cyan.on_default().underline();
const HINT: Style = AnsiColor::Cyan.on_default().bold();

/// A text in a style.
fn styled(style: Style, text: impl Display) -> String {
    format!("{style}{text}{style:#}")
}

/// A failure with its causes.
pub(crate) fn error(error: &anyhow::Error) {
    eprintln!("{} {error}", styled(BAD, "error:"));
    for cause in error.chain().skip(1) {
        eprintln!("  {} {cause}", styled(BAD, "cause:"));
    }
}

fn warning(text: impl Display) {
    eprintln!("{} {text}", styled(CAREFUL, "warning:"));
}

fn hint(text: impl Display) {
    eprintln!("\n{} {text}", styled(HINT, "hint:"));
}

/// The line that scripts wait for.
pub(crate) fn running_on(port: u16) {
    println!("Server running on :{port}");
}

/// Where a service answers.
pub(crate) fn listening(endpoint: &str) {
    println!(
        "{} {}",
        styled(GOOD, "Listening on"),
        styled(LINK, endpoint)
    );
}

/// A text that was asked for, as it is.
pub(crate) fn data(text: &str) {
    anstream::print!("{text}");
}

/// A value that was asked for, as JSON.
pub(crate) fn json(value: &impl Serialize) -> anyhow::Result<()> {
    println!("{}", serde_json::to_string_pretty(value)?);
    Ok(())
}

/// Snippets of a datamodel with what is wrong.
pub(crate) fn diagnostics(source: &Source, diagnostics: &[Diagnostic]) {
    let colours = std::io::stderr().is_terminal()
        && anstream::AutoStream::choice(&std::io::stderr()) != anstream::ColorChoice::Never;
    let style = if colours {
        prisma_datamodel::Style::Coloured
    } else {
        prisma_datamodel::Style::Plain
    };
    eprint!("{}", render(source, diagnostics, style));
}

/// A file that was written.
pub(crate) fn formatted(file: &str) {
    eprintln!("{} {file}", styled(GOOD, "Formatted"));
}

/// A file that `--check` found.
pub(crate) fn would_change(file: &str) {
    eprintln!("{} {file}", styled(CAREFUL, "Would change"));
}

/// A generated file that was written, because it was missing or another.
pub(crate) fn written(file: impl Display) {
    eprintln!("{} {file}", styled(GOOD, "Wrote"));
}

/// A generated file that was removed, because its type is gone.
pub(crate) fn removed(file: impl Display) {
    eprintln!("{} {file}", styled(CAREFUL, "Removed"));
}

/// A generated file that is not what it should be, and why.
pub(crate) fn stale(file: impl Display) {
    eprintln!("{} {file}", styled(BAD, "Stale:"));
}

/// What to do about stale files.
pub(crate) fn generate_again() {
    hint("run the same command without `--check` and commit what it writes");
}

/// What a deploy found wrong.
pub(crate) fn issues(errors: &[Issue], warnings: &[Issue]) {
    for issue in errors {
        eprintln!("{} {}", styled(BAD, "error:"), place_and_text(issue));
    }
    for issue in warnings {
        warning(place_and_text(issue));
    }
}

fn place_and_text(issue: &Issue) -> String {
    let text = issue.description.trim_end();
    match &issue.field {
        Some(field) => format!("{}.{field}: {text}", issue.type_name),
        None if issue.type_name == "Global" => text.to_owned(),
        None => format!("{}: {text}", issue.type_name),
    }
}

/// The steps of a deploy, one line each.
pub(crate) fn steps(steps: &[MigrationStep]) {
    for step in steps {
        eprintln!("  {}", steps::line(step));
    }
}

/// A deploy that went through.
pub(crate) fn deployed(revision: i32, took: Duration) {
    let done = styled(GOOD, "Deployed");
    eprintln!("{done} revision {revision} in {} ms", took.as_millis());
}

/// A deploy with nothing to do.
pub(crate) fn up_to_date() {
    eprintln!("{}", styled(GOOD, "Up to date"));
}

/// A deploy that was refused.
pub(crate) fn not_deployed() {
    eprintln!(
        "{}: the service stays as it was",
        styled(BAD, "Not deployed")
    );
}

/// A deploy that would lose data.
pub(crate) fn needs_force() {
    not_deployed();
    hint("start with `--force` to deploy it in spite of the warnings");
}

/// A deploy that was undone.
pub(crate) fn rolled_back(errors: &[String]) {
    for error in errors {
        eprintln!("{} {}", styled(BAD, "error:"), error.trim_end());
    }
    not_deployed();
}
