//! What is written: required fields as structs, everything else as assignments.

mod assign;
mod create;

pub use self::{
    assign::{Assign, Assignments, Assigns, ScalarAssigns, Set},
    create::{Create, CreateInput, Draft, Link},
};
