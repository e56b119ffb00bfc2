//! Writes: a tree of operations with their values inline, run as a whole in one transaction.
//!
//! A tree and not a list of steps: which branch of an upsert runs, whether a link must go before another comes,
//! and what a violation is called depend on stored data and on the shape of the relation (api.md §4.5). The layer
//! that builds the tree knows neither; the store that runs it knows both.
//!
//! Everything a store cannot decide is already in the tree: ids, timestamps and defaults. The
//! order of [`Create::nested`] and [`Update::nested`] is the order of execution (api.md §4.3).

use std::sync::Arc;

use prisma_datamodel::{FieldId, ModelId};

use crate::answer::Answer;
use crate::error::Key;
use crate::read::{Filter, Slot};
use crate::traits::Prepared;
use crate::value::Value;

/// One mutation field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Write {
    /// Makes one node.
    Create(Create),
    /// Changes one node; a missing one is an error.
    Update {
        /// Which node.
        at: Key,
        /// What changes.
        update: Update,
    },
    /// Changes one node or makes one.
    Upsert {
        /// Which node.
        at: Key,
        /// If there is none. Values of `at` are not copied into it.
        create: Create,
        /// If there is one.
        update: Update,
    },
    /// Deletes one node; a missing one is an error.
    Delete {
        /// Which node.
        at: Key,
    },
    /// Changes all nodes that satisfy a condition.
    UpdateMany {
        /// The model of the nodes.
        model: ModelId,
        /// Which of them.
        condition: Condition,
        /// What changes; no nested operations.
        update: Update,
    },
    /// Deletes all nodes that satisfy a condition.
    DeleteMany {
        /// The model of the nodes.
        model: ModelId,
        /// Which of them.
        condition: Condition,
    },
}

/// A filter with its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The filter; its slots point into `values`.
    pub filter: Filter,
    /// The values.
    pub values: Vec<Value>,
}

/// A node to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Create {
    /// Its model.
    pub model: ModelId,
    /// Its id; `None` where the database makes it. Callers bring ids too: a [`Value::Text`] of more than 25
    /// characters is a [`crate::ConnectorError::TooLong`] when the node is inserted, so not in a branch of an
    /// upsert that does not run (api.md §2.3).
    pub id: Option<Value>,
    /// Columns in datamodel order, defaults and timestamps included; all others are null.
    pub set: Vec<Assign>,
    /// Lists of scalars.
    pub lists: Vec<AssignList>,
    /// Nested creates and connects.
    pub nested: Vec<Nested>,
}

/// Changes of a node.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Update {
    /// Columns in datamodel order, the new `updatedAt` included. Null for a required field is a
    /// [`crate::ConnectorError::RequiredNull`] of the first such field when the update runs, after the node was
    /// found (api.md §2.4); in a batch, whatever it matches.
    pub set: Vec<Assign>,
    /// Lists of scalars, each replaced as a whole.
    pub lists: Vec<AssignList>,
    /// Nested operations.
    pub nested: Vec<Nested>,
}

/// A column and its new value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assign {
    /// A scalar or enum field, no list.
    pub field: FieldId,
    /// Its value.
    pub value: Value,
}

/// A list of scalars and its new values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssignList {
    /// A field that is a list of scalars or enums.
    pub field: FieldId,
    /// Its values in order, none null.
    pub values: Vec<Value>,
}

/// One nested operation on the nodes related by a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nested {
    /// The relation field of the node above.
    pub field: FieldId,
    /// What to do there.
    pub write: NestedWrite,
}

/// What a nested operation does (api.md §4.5 has the checks and effects by the shape of the relation).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NestedWrite {
    /// Makes a node and links it.
    Create(Create),
    /// Changes a linked node.
    Update {
        /// Which one; `None` for to-one fields.
        at: Option<Key>,
        /// What changes.
        update: Update,
    },
    /// Changes a linked node or makes one and links it.
    Upsert {
        /// Which one; `None` for to-one fields.
        at: Option<Key>,
        /// If no such node is linked.
        create: Create,
        /// If there is one.
        update: Update,
    },
    /// Deletes a linked node.
    Delete {
        /// Which one; `None` for to-one fields.
        at: Option<Key>,
    },
    /// Links a node.
    Connect(Key),
    /// Makes these the only linked nodes.
    Set(Vec<Key>),
    /// Removes a link.
    Disconnect {
        /// To which node; `None` for to-one fields.
        at: Option<Key>,
    },
    /// Changes the linked nodes that satisfy a condition.
    UpdateMany {
        /// Which of them.
        condition: Condition,
        /// What changes; no nested operations.
        update: Update,
    },
    /// Deletes the linked nodes that satisfy a condition.
    DeleteMany {
        /// Which of them.
        condition: Condition,
    },
}

/// A write, and what to answer.
#[derive(Clone, Debug)]
pub struct WriteRequest {
    /// What to do.
    pub write: Write,
    /// What to answer of the written node; `None` for batches, which answer a count.
    pub answer: Option<WriteAnswer>,
    /// The bytes so far; the answer is appended. Lost if the write fails.
    pub buffer: Vec<u8>,
}

/// How to answer a write of one node: read in the writing transaction, by id (of a deletion: before it).
#[derive(Clone, Debug)]
pub struct WriteAnswer {
    /// A prepared [`crate::ReadPlan::One`] by the model's id field.
    pub query: Arc<dyn Prepared>,
    /// Its values; the one at `id` is filled in by the store.
    pub values: Vec<Value>,
    /// Where the id of the written node goes.
    pub id: Slot,
}

/// What a write came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteOutcome {
    /// Nodes that a batch matched; 1 for all other writes.
    pub count: u64,
    /// The answer; where none was asked for, the buffer as it was handed in.
    pub answer: Answer,
}
