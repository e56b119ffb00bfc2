//! What one client may ask for; the key `limits`, which Prisma 1 did not have.

use std::{str::FromStr, time::Duration};

use prisma_engine::Limits as RequestLimits;

use super::yaml::Map;

/// Bounds of connections, of bodies, and of what requests may ask for. What the configuration does not give, or gives as
/// zero, is the default.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// How long a client may take nothing of an answer that waits for it; then the connection is closed
    /// (`writeSeconds`).
    pub write_time: Duration,
    /// Transactions of several requests that a service may have under way (`transactions`).
    pub transactions: usize,
    /// How long such a transaction may last, whatever it asks for (`transactionSeconds`).
    pub transaction_time: Duration,
    /// Bounds of a request to a service, under their own names: `tokens`, `depth`, `aliases`, `directives`,
    /// `selections`, `inputDepth`, `copies`, `cost`.
    pub request: RequestLimits,
}

impl Default for Limits {
    /// 8 MiB, 50 requests, one minute each; 16 transactions of 30 seconds.
    fn default() -> Self {
        Self {
            body: 8 * 1024 * 1024,
            batch: 50,
            header_time: Duration::from_secs(60),
            body_time: Duration::from_secs(60),
            write_time: Duration::from_secs(60),
            transactions: 16,
            transaction_time: Duration::from_secs(30),
            request: RequestLimits::default(),
        }
    }
}

impl Limits {
    pub(super) fn read(entry: &Map<'_>) -> Self {
        let mut limits = Self::default();
        let request = &mut limits.request;
        for (key, limit) in [
            ("body", &mut limits.body),
            ("batch", &mut limits.batch),
            ("transactions", &mut limits.transactions),
            ("tokens", &mut request.tokens),
            ("depth", &mut request.depth),
            ("aliases", &mut request.aliases),
            ("directives", &mut request.directives),
            ("selections", &mut request.selections),
            ("inputDepth", &mut request.input_depth),
            ("copies", &mut request.copies),
        ] {
            *limit = positive(entry, key).unwrap_or(*limit);
        }
        request.cost = positive(entry, "cost").unwrap_or(request.cost);
        for (key, limit) in [
            ("headerSeconds", &mut limits.header_time),
            ("bodySeconds", &mut limits.body_time),
            ("transactionSeconds", &mut limits.transaction_time),
            ("writeSeconds", &mut limits.write_time),
        ] {
            *limit = positive(entry, key).map_or(*limit, Duration::from_secs);
        }
        limits
    }
}

fn positive<N: FromStr + PartialOrd + Default>(entry: &Map<'_>, key: &str) -> Option<N> {
    entry.integer(key).filter(|number| *number > N::default())
}
