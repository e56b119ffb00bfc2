//! Writes that lost against others are tried again.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;
use std::time::Duration;

use prisma_connector::{ConnectorError, Create, Nested, NestedWrite, Update, Write};

use crate::driver::Violation;

/// How often a write runs at most.
const ATTEMPTS: u32 = 12;

/// How often a write runs at most if a constraint was violated that may hold in the next attempt.
const ATTEMPTS_AT_VIOLATIONS: u32 = 4;

/// Pauses grow with each attempt, up to this.
const LONGEST_PAUSE: Duration = Duration::from_millis(128);

/// How long to wait before the next attempt; none if the error stands. `attempt` counts from 1.
pub(crate) fn pause(error: &ConnectorError, write: &Write, attempt: u32) -> Option<Duration> {
    let attempts = match error {
        ConnectorError::Conflict(_) => ATTEMPTS,
        // Another transaction made the node between our look and our insertion; the next look will find it.
        ConnectorError::UniqueViolation { .. } if write.upserts() => ATTEMPTS_AT_VIOLATIONS,
        // Another transaction deleted the node that we had found.
        ConnectorError::Internal(inner)
            if matches!(inner.downcast_ref(), Some(Violation::ForeignKey)) =>
        {
            ATTEMPTS_AT_VIOLATIONS
        }
        _ => return None,
    };
    (attempt < attempts).then(|| jitter(attempt))
}

/// Can a write come to another error, or to none, if its operations run in their order? What went wrong around it stays.
pub(crate) fn depends_on_order(error: &ConnectorError) -> bool {
    !matches!(
        error,
        ConnectorError::Conflict(_) | ConnectorError::Unavailable(_) | ConnectorError::Plan(_)
    )
}

/// A random time: transactions that met once shall not meet again.
fn jitter(attempt: u32) -> Duration {
    let most = Duration::from_millis(1 << attempt.min(7)).min(LONGEST_PAUSE);
    // Each state has keys of its own, which makes the hash of anything a random number.
    let random = RandomState::new().hash_one(attempt);
    most.mul_f64((random >> 11) as f64 / (1_u64 << 53) as f64)
}

/// Does it make nodes only where it finds none?
trait Upserts {
    fn upserts(&self) -> bool;
}

impl Upserts for Write {
    fn upserts(&self) -> bool {
        match self {
            Self::Create(create) => create.upserts(),
            Self::Update { update, .. } => update.upserts(),
            Self::Upsert { .. } => true,
            Self::Delete { .. } | Self::UpdateMany { .. } | Self::DeleteMany { .. } => false,
        }
    }
}

impl Upserts for Create {
    fn upserts(&self) -> bool {
        self.nested.iter().any(Nested::upserts)
    }
}

impl Upserts for Update {
    fn upserts(&self) -> bool {
        self.nested.iter().any(Nested::upserts)
    }
}

impl Upserts for Nested {
    fn upserts(&self) -> bool {
        match &self.write {
            NestedWrite::Upsert { .. } => true,
            NestedWrite::Create(create) => create.upserts(),
            NestedWrite::Update { update, .. } => update.upserts(),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use prisma_connector::Value;
    use prisma_datamodel::{FieldId, ModelId};

    use super::*;

    fn delete() -> Write {
        Write::Delete {
            at: prisma_connector::Key {
                field: FieldId(0),
                value: Value::Null,
            },
        }
    }

    #[test]
    fn conflicts_are_tried_again_but_not_for_ever() {
        let error = ConnectorError::Conflict("deadlock".into());
        let pauses: Vec<_> = (1..ATTEMPTS)
            .map(|attempt| pause(&error, &delete(), attempt).unwrap())
            .collect();
        assert!(pauses.iter().all(|pause| *pause <= LONGEST_PAUSE));
        assert_ne!(pauses[6], pauses[7]);
        assert_eq!(pause(&error, &delete(), ATTEMPTS), None);
    }

    #[test]
    fn violations_stand_unless_an_upsert_may_find_the_node_next_time() {
        let error = ConnectorError::UniqueViolation {
            model: ModelId(0),
            field: None,
        };
        assert_eq!(pause(&error, &delete(), 1), None);
        let upsert = Write::Upsert {
            at: prisma_connector::Key {
                field: FieldId(0),
                value: Value::Null,
            },
            create: Create {
                model: ModelId(0),
                id: None,
                set: Vec::new(),
                lists: Vec::new(),
                nested: Vec::new(),
            },
            update: Update::default(),
        };
        assert!(pause(&error, &upsert, 1).is_some());
        assert_eq!(pause(&error, &upsert, ATTEMPTS_AT_VIOLATIONS), None);
    }
}
