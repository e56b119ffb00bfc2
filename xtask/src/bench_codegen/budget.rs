//! What a client may cost, on the machine that the figures of the README are from.

/// The most that something may take.
pub(super) struct Budget {
    pub(super) what: &'static str,
    pub(super) most: f64,
}

/// What holds for each model of the largest client, and for the compiler of all of them.
pub(super) struct PerModel {
    pub(super) time: Budget,
    pub(super) lines: Budget,
    pub(super) bytes: Budget,
    pub(super) memory: Budget,
}

pub(super) const PER_MODEL: PerModel = PerModel {
    time: Budget::new("ms CPU per model", 15.0),
    lines: Budget::new("lines per model", 160.0),
    bytes: Budget::new("bytes per model", 6_000.0),
    memory: Budget::new("MB memory at most", 250.0),
};
/// Costs grow with the datamodel and not faster.
pub(super) const GROWTH: Budget = Budget::new("times the CPU of half the models", 2.2);
pub(super) const PER_DERIVE: Budget = Budget::new("ms CPU per derived selection", 5.0);
pub(super) const PER_SELECT: Budget = Budget::new("ms CPU per `select!` of three levels", 20.0);

impl Budget {
    const fn new(what: &'static str, most: f64) -> Self {
        Self { what, most }
    }

    /// A line about a figure.
    pub(super) fn print(&self, value: f64) {
        let verdict = if value > self.most { "OVER" } else { "ok" };
        println!(
            "{value:>8.1} {:<38} at most {:>6.1}  {verdict}",
            self.what, self.most
        );
    }
}
