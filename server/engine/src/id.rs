//! Ids that the server makes (api.md §2.3).

use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};

/// Where the plans of writes get the ids of new nodes from.
pub trait MakeIds {
    /// A new cuid, greater than every one before it, if there is one more to have.
    fn cuid(&mut self) -> String;

    /// A new random UUID.
    fn uuid(&mut self) -> [u8; 16];
}

const BASE: u64 = 36;
const COUNTER_DIGITS: u32 = 4;
/// Ids of one millisecond. The counter of a millisecond that made more runs into the next one's.
const IDS_PER_MS: u64 = BASE.pow(COUNTER_DIGITS);

/// Makes ids for one process; share it.
///
/// A cuid has 25 characters: `c`, eight digits of base 36 that count milliseconds, four that count ids within one,
/// four that tell processes apart and eight at random. The first twelve are one number that only grows, whatever
/// the clock does, so ids of one process are in ascending order. Eight digits of milliseconds last until the year
/// 2059.
#[derive(Debug)]
pub struct Ids {
    /// Milliseconds and counter of the last id, as one number.
    last: AtomicU64,
    /// The digits that tell processes apart.
    process: u64,
    /// The key of the random digits.
    random: RandomState,
}

impl Default for Ids {
    fn default() -> Self {
        let random = RandomState::new();
        Self {
            last: AtomicU64::new(0),
            process: random.hash_one("process"),
            random,
        }
    }
}

impl Ids {
    /// A new cuid. The time is that of the clock, in milliseconds since the epoch; one before 1970 counts as 1970.
    #[must_use]
    pub fn cuid(&self, now_ms: i64) -> String {
        let number = self.next(u64::try_from(now_ms).unwrap_or(0));
        let mut text = String::with_capacity(25);
        text.push('c');
        push_digits(&mut text, number, 12);
        push_digits(&mut text, self.process, 4);
        push_digits(&mut text, self.random.hash_one(number), 8);
        text
    }

    /// The number after the last one, or the first of a millisecond that has none yet.
    fn next(&self, now_ms: u64) -> u64 {
        let earliest = now_ms.saturating_mul(IDS_PER_MS);
        let after = |last: u64| earliest.max(last.saturating_add(1));
        // Ids are unique because each number is taken once; nothing else is published with it.
        let result = self
            .last
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| {
                Some(after(last))
            });
        let (Ok(previous) | Err(previous)) = result;
        after(previous)
    }
}

/// Ids for the nodes of one write, at the time of that write.
#[derive(Clone, Copy, Debug)]
pub struct IdsAt<'a> {
    ids: &'a Ids,
    now_ms: i64,
}

impl<'a> IdsAt<'a> {
    /// Ids of that time, in milliseconds since the epoch.
    #[must_use]
    pub const fn new(ids: &'a Ids, now_ms: i64) -> Self {
        Self { ids, now_ms }
    }
}

impl MakeIds for IdsAt<'_> {
    fn cuid(&mut self) -> String {
        self.ids.cuid(self.now_ms)
    }

    fn uuid(&mut self) -> [u8; 16] {
        uuid::Uuid::new_v4().into_bytes()
    }
}

/// The last digits of a number, zeros first.
fn push_digits(text: &mut String, number: u64, digits: u32) {
    for position in (0..digits).rev() {
        let digit = number / BASE.pow(position) % BASE;
        // A digit of base 36 is one.
        text.extend(
            u32::try_from(digit)
                .ok()
                .and_then(|digit| char::from_digit(digit, 36)),
        );
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const NOW: i64 = 1_700_000_000_000;

    fn assert_is_cuid(id: &str) {
        assert_eq!(id.len(), 25, "{id}");
        assert!(id.starts_with('c'), "{id}");
        assert!(
            id.bytes()
                .all(|b| b.is_ascii_digit() || b.is_ascii_lowercase()),
            "{id}"
        );
    }

    #[test]
    fn ids_ascend_within_a_millisecond_over_its_end_and_while_the_clock_goes_back() {
        let ids = Ids::default();
        let mut last = ids.cuid(NOW);
        for index in 0..100_000 {
            let id = ids.cuid(NOW - index / 50_000);
            assert_is_cuid(&id);
            assert!(id > last, "{id} after {last}");
            last = id;
        }
        // More ids than one millisecond has: the next digit of time takes the carry.
        ids.last.fetch_add(IDS_PER_MS - 100_002, Ordering::Relaxed);
        let full = ids.cuid(NOW);
        let wrapped = ids.cuid(NOW);
        assert_eq!((&full[9..13], &wrapped[9..13]), ("zzzz", "0000"));
        assert!(wrapped > full && full > last);
        assert!(ids.cuid(NOW + 2) > wrapped);
    }

    #[test]
    fn threads_never_share_an_id() {
        let ids = Ids::default();
        let make = || -> Vec<String> { (0..10_000).map(|_| ids.cuid(NOW)).collect() };
        let mut all = std::thread::scope(|scope| {
            let workers = [scope.spawn(make), scope.spawn(make)];
            workers.map(|worker| worker.join().unwrap()).concat()
        });
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 20_000);
    }

    #[test]
    fn two_processes_make_different_ids_of_one_moment() {
        let (a, b) = (Ids::default().cuid(NOW), Ids::default().cuid(NOW));
        assert_eq!(a[..13], b[..13]);
        assert_ne!(a[13..], b[13..]);
    }

    #[test]
    fn uuids_are_of_version_four() {
        let ids = Ids::default();
        let uuid = uuid::Uuid::from_bytes(IdsAt::new(&ids, NOW).uuid());
        assert_eq!(uuid.get_version_num(), 4);
    }
}
