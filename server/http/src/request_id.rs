//! Request ids: `<prefix>:<cuid>`, the same in the response header, in error entries and in the log.

use prisma_engine::id::Ids;

/// The response header that carries the id.
pub(crate) const HEADER: &str = "request-id";

/// Makes the ids of one server.
#[derive(Debug)]
pub(crate) struct RequestIds {
    prefix: String,
    ids: Ids,
}

impl RequestIds {
    pub(crate) fn new(prefix: String) -> Self {
        Self {
            prefix,
            ids: Ids::default(),
        }
    }

    pub(crate) fn next(&self) -> String {
        let now = chrono::Utc::now().timestamp_millis();
        format!("{}:{}", self.prefix, self.ids.cuid(now))
    }
}
