//! Which jobs are short: reads by what they took before, writes by what they do.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use prisma_connector::{Create, Nested, NestedWrite, Update, Write};

/// Short jobs take at most this long.
const SHORT: Duration = Duration::from_millis(1);

/// Short writes have at most so many operations.
const FEW: usize = 32;

/// How long the runs of one read took of late.
#[derive(Debug, Default)]
pub(crate) struct Pace {
    /// In microseconds; 0 before the first run.
    mean: AtomicU32,
}

impl Pace {
    /// Is it known to be short?
    pub(crate) fn is_short(&self) -> bool {
        let mean = self.mean.load(Ordering::Relaxed);
        mean > 0 && Duration::from_micros(mean.into()) <= SHORT
    }

    /// Takes a run into account, an eighth of the mean. Of notes at the same time some may get lost.
    pub(crate) fn note(&self, took: Duration) {
        let took = u32::try_from(took.as_micros()).unwrap_or(u32::MAX).max(1);
        let mean = match self.mean.load(Ordering::Relaxed) {
            0 => took,
            mean => mean - mean / 8 + took / 8,
        };
        self.mean.store(mean.max(1), Ordering::Relaxed);
    }
}

/// Does a write touch few rows, whatever is stored?
pub(crate) fn is_short(write: &Write) -> bool {
    let operations = match write {
        Write::Create(create) => of_create(create),
        Write::Update { update, .. } => of_update(update),
        Write::Upsert { create, update, .. } => of_create(create).max(of_update(update)),
        Write::Delete { .. } | Write::UpdateMany { .. } | Write::DeleteMany { .. } => MANY,
    };
    operations <= FEW
}

/// As many as anybody likes.
const MANY: usize = FEW + 1;

fn of_create(create: &Create) -> usize {
    1 + create.lists.len() + of_nested(&create.nested)
}

fn of_update(update: &Update) -> usize {
    1 + update.lists.len() + of_nested(&update.nested)
}

fn of_nested(nested: &[Nested]) -> usize {
    let operations = nested.iter().map(|nested| match &nested.write {
        NestedWrite::Create(create) => of_create(create),
        NestedWrite::Update { update, .. } => of_update(update),
        NestedWrite::Upsert { create, update, .. } => of_create(create).max(of_update(update)),
        NestedWrite::Connect(_) | NestedWrite::Disconnect { .. } => 1,
        NestedWrite::Delete { .. }
        | NestedWrite::Set(_)
        | NestedWrite::UpdateMany { .. }
        | NestedWrite::DeleteMany { .. } => MANY,
    });
    operations.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_slow_is_short_again_after_some_short_runs() {
        let pace = Pace::default();
        assert!(!pace.is_short());
        pace.note(Duration::from_micros(80));
        assert!(pace.is_short());
        pace.note(Duration::from_millis(30));
        assert!(!pace.is_short());
        for _ in 0..20 {
            pace.note(Duration::from_micros(80));
        }
        assert!(pace.is_short());
        for _ in 0..100 {
            pace.note(Duration::ZERO);
        }
        assert!(pace.is_short());
    }
}
