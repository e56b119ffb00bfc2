//! The log: one line per event on standard error, plain or as JSON.

use std::io::IsTerminal;

use tracing_subscriber::{EnvFilter, filter::LevelFilter};

/// How log lines look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    #[default]
    Plain,
    /// One JSON object per line, for collectors.
    Json,
}

/// Starts logging for the whole process. What is logged follows `RUST_LOG`, by default `info` and above. A second
/// call changes nothing.
pub fn init(format: LogFormat) {
    let filter = EnvFilter::builder()
        .with_default_directive(LevelFilter::INFO.into())
        .from_env_lossy();
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    // Fails only if a log is set up already; then that one stays.
    let _ = match format {
        LogFormat::Plain => builder.with_ansi(colours_wanted()).try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
}

fn colours_wanted() -> bool {
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    !no_color && std::io::stderr().is_terminal()
}
