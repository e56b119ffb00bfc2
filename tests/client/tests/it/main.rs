//! What clients send and what they make of answers, through the public API alone.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod answers;
mod api;
mod batches;
mod conversions;
mod errors;
mod forms;
mod http;
mod lookahead;
mod macros;
mod mocks;
mod nested;
mod pages;
mod patches;
mod random;
mod reads;
mod recorder;
mod resolvers;
mod scopes;
mod selections;
mod shapes;
mod spans;
mod subscriptions;
mod transports;
mod writes;
