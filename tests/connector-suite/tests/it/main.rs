//! The whole API on every database.
