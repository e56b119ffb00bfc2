//! What is written: required fields as structs, everything else as assignments.

mod assign;
mod assigns;
mod back;
mod create;
mod patch;
mod related_many;
mod relation;

pub(crate) use self::{
    assign::changed,
    patch::{read_patch, unknown_field},
};
pub use self::{
    assign::{Assign, Assignments, Change, Set},
    assigns::{Assigns, Changes, ScalarAssigns},
    create::{Create, CreateInput, Draft, Link},
    patch::{Patch, ReadPatch},
    related_many::{NestedDeleteMany, NestedUpdateMany, NestedUpdateManyWith},
};
