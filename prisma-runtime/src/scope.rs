//! The client of one request: lookups of the same kind become one, and none is made twice.
//!
//! A resolver that is called once per record looks its record up once per record. Lookups that are polled in the same
//! turn of a task wait for one another and are sent as one list. There is no timer: the first of them wakes its task
//! again at once, and when the executor comes back to it, all others that were ready have been polled.

mod batch;
mod lookup;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use self::batch::{Batch, Plan};
pub(crate) use self::lookup::Lookup;

/// How many keys one request looks up.
const MAX_KEYS: usize = 100;

/// The lookups of one request, by what they ask.
#[derive(Default)]
pub(crate) struct Scope {
    groups: Mutex<HashMap<String, Group>>,
}

/// Lookups that differ in the key alone.
#[derive(Default)]
struct Group {
    /// Takes further keys.
    open: Option<Arc<Batch>>,
    /// Where each key is or was looked up.
    known: HashMap<String, Place>,
}

/// A key among those of a batch.
#[derive(Clone)]
struct Place {
    batch: Arc<Batch>,
    position: usize,
}

impl Scope {
    /// The place of a key, in a batch that takes it if it is new.
    fn place(&self, plan: &Plan) -> Place {
        let mut groups = locked(&self.groups);
        let group = groups.entry(plan.kind.clone()).or_default();
        if let Some(place) = group.known.get(&plan.key) {
            return place.clone();
        }
        let open = group.open.take();
        let taken = open.and_then(|batch| {
            let position = batch.take(plan)?;
            Some(Place { batch, position })
        });
        let place = taken.unwrap_or_else(|| Place {
            batch: Arc::new(Batch::new(plan)),
            position: 0,
        });
        group.open = Some(Arc::clone(&place.batch));
        group.known.insert(plan.key.clone(), place.clone());
        place
    }

    /// Lets a key be looked up again, as after a failure.
    fn forget(&self, plan: &Plan, place: &Place) {
        let mut groups = locked(&self.groups);
        if let Some(group) = groups.get_mut(&plan.kind)
            && let Some(known) = group.known.get(&plan.key)
            && Arc::ptr_eq(&known.batch, &place.batch)
        {
            group.known.remove(&plan.key);
        }
    }

    /// Forgets everything, as after a mutation.
    pub(crate) fn clear(&self) {
        locked(&self.groups).clear();
    }
}

/// What a lock guards is never left half done, so a panic elsewhere does not spoil it.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
