//! What one client may ask of the server before a request is understood; the key `limits`, which Prisma 1 did not have.

use std::time::Duration;

use super::yaml::Map;

/// Bounds of connections and of bodies. A time or number that the configuration does not give, or gives as zero, is
/// the default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Request bodies over this many bytes are refused with status 413 (`body`).
    pub body: usize,
    /// Batches of more requests are refused as a whole (`batch`).
    pub batch: usize,
    /// How long the head of a request may take, and how long a connection may be silent between two requests
    /// (`headerSeconds`).
    pub header_time: Duration,
    /// How long the body of a request may take; status 408 (`bodySeconds`).
    pub body_time: Duration,
}

impl Default for Limits {
    /// 8 MiB, 50 requests, one minute each.
    fn default() -> Self {
        Self {
            body: 8 * 1024 * 1024,
            batch: 50,
            header_time: Duration::from_secs(60),
            body_time: Duration::from_secs(60),
        }
    }
}

impl Limits {
    pub(super) fn read(entry: &Map<'_>) -> Self {
        let default = Self::default();
        let count = |key| entry.integer(key).filter(|&count: &usize| count > 0);
        let time = |key| {
            let seconds = entry.integer(key).filter(|&seconds: &u64| seconds > 0);
            seconds.map(Duration::from_secs)
        };
        Self {
            body: count("body").unwrap_or(default.body),
            batch: count("batch").unwrap_or(default.batch),
            header_time: time("headerSeconds").unwrap_or(default.header_time),
            body_time: time("bodySeconds").unwrap_or(default.body_time),
        }
    }
}
