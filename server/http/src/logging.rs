//! The log: one line per event on standard error, plain or as JSON.

use std::io::IsTerminal;

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{Layer, Registry, fmt};

/// How log lines look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    #[default]
    Plain,
    /// One JSON object per line, for collectors.
    Json,
}

/// Starts logging for the whole process. What is logged follows `RUST_LOG`, levels by target as in
/// `warn,prisma_sql=debug`; by default it is `info` and above. A second call changes nothing.
pub fn init(format: LogFormat) {
    let wanted = std::env::var("RUST_LOG").unwrap_or_default();
    let lines = fmt::layer().with_writer(std::io::stderr);
    let lines: Box<dyn Layer<Registry> + Send + Sync> = match format {
        LogFormat::Plain => lines.with_ansi(colours_wanted()).boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    };
    let log = tracing_subscriber::registry().with(lines.with_filter(filter(&wanted)));
    // Fails only if a log is set up already; then that one stays.
    log.try_init().unwrap_or_default();
}

/// What `RUST_LOG` asks for. Directives that are none are skipped: a server shall not stay down for its log.
fn filter(wanted: &str) -> Targets {
    let directives = wanted.split(',').filter(|text| !text.trim().is_empty());
    directives
        .filter_map(|text| text.trim().parse::<Targets>().ok())
        .fold(
            Targets::new().with_default(LevelFilter::INFO),
            |all, directive| match directive.default_level() {
                Some(level) => all.with_default(level),
                None => all.with_targets(directive),
            },
        )
}

fn colours_wanted() -> bool {
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    !no_color && std::io::stderr().is_terminal()
}

#[cfg(test)]
mod tests {
    use tracing::Level;

    use super::*;

    #[test]
    fn levels_by_target() {
        let filter = filter("warn, prisma_sql=debug,nonsense=9");
        assert!(filter.would_enable("prisma_server", &Level::WARN));
        assert!(!filter.would_enable("prisma_server", &Level::INFO));
        assert!(filter.would_enable("prisma_sql::read", &Level::DEBUG));
        assert!(!filter.would_enable("nonsense", &Level::INFO));
    }

    #[test]
    fn without_a_wish_it_is_info() {
        for wanted in ["", " , "] {
            assert!(filter(wanted).would_enable("prisma_server", &Level::INFO));
            assert!(!filter(wanted).would_enable("prisma_server", &Level::DEBUG));
        }
    }
}
