//! What came of a storm.

use std::{fmt, time::Instant};

use serde::Serialize;
use serde_json::{Map, Value};

use crate::store::Store;

/// What came of a storm.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Which one it was.
    pub storm: &'static str,
    /// The kind of database.
    pub store: Store,
    /// Equal seeds send the same requests; when they meet is up to the machine.
    pub seed: u64,
    /// How long it took.
    pub seconds: f64,
    /// What was done.
    pub figures: Map<String, Value>,
    /// What should not have happened.
    pub violations: Vec<Violation>,
}

/// Something that should not have happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Violation {
    /// The rule that does not hold.
    pub rule: &'static str,
    /// What was found instead.
    pub found: String,
    /// The unique values of the nodes that it is about.
    pub nodes: Vec<String>,
}

impl Violation {
    pub(crate) fn new(
        rule: &'static str,
        nodes: impl IntoIterator<Item = impl Into<String>>,
        found: impl fmt::Display,
    ) -> Self {
        Self {
            rule,
            found: found.to_string(),
            nodes: nodes.into_iter().map(Into::into).collect(),
        }
    }
}

impl Report {
    pub(crate) fn new(storm: &'static str, store: Store, seed: u64) -> Self {
        Self {
            storm,
            store,
            seed,
            seconds: 0.0,
            figures: Map::new(),
            violations: Vec::new(),
        }
    }

    /// Adds to a figure.
    pub(crate) fn count(&mut self, figure: &str, more: usize) {
        let before = self.figures.get(figure).and_then(Value::as_u64);
        let sum = before.unwrap_or(0) + more as u64;
        self.figures.insert(figure.to_owned(), sum.into());
    }

    pub(crate) fn finish(mut self, start: Instant) -> Self {
        self.seconds = start.elapsed().as_secs_f64();
        self
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} on {:?}, seed {}, {:.1} s",
            self.storm, self.store, self.seed, self.seconds
        )?;
        for (figure, value) in &self.figures {
            writeln!(f, "{:>10}  {figure}", value.to_string())?;
        }
        write!(f, "{:>10}  violations", self.violations.len())?;
        for violation in &self.violations {
            write!(f, "\n\nviolated: {}", violation.rule)?;
            write!(f, "\n   nodes: {}", violation.nodes.join(", "))?;
            write!(f, "\n   found: {}", violation.found)?;
        }
        Ok(())
    }
}
