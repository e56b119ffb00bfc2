//! How long answers take.

use std::{
    fmt,
    time::{Duration, Instant},
};

/// The times of the answers of one round, in nanoseconds. Its text is `P50 P99 ANSWERS`.
#[derive(Debug)]
pub struct Times {
    end: Instant,
    times: Vec<u32>,
}

impl Times {
    /// For a round that lasts so long.
    pub(crate) fn until(time: Duration) -> Self {
        Self {
            end: Instant::now() + time,
            times: Vec::with_capacity(1 << 20),
        }
    }

    /// The beginning of an answer, unless the round is over.
    pub(crate) fn start(&self) -> Option<Instant> {
        let now = Instant::now();
        (now < self.end).then_some(now)
    }

    /// The end of the answer that began then.
    pub(crate) fn stop(&mut self, start: Instant) {
        let nanoseconds = start.elapsed().as_nanos();
        self.times
            .push(u32::try_from(nanoseconds).unwrap_or(u32::MAX));
    }
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut times = self.times.clone();
        times.sort_unstable();
        let at = |percent: usize| {
            let index = times.len().saturating_sub(1) * percent / 100;
            times.get(index).copied().unwrap_or(0)
        };
        write!(f, "{} {} {}", at(50), at(99), times.len())
    }
}
