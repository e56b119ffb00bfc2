//! The text forms of scalars that need a grammar of their own, for defaults here and for values in the engine.

mod date_time;
mod json;
mod uuid;

pub use date_time::{format_date_time, parse_date_time};
pub use json::{JsonRoot, compact_json};
pub use uuid::parse_uuid;
