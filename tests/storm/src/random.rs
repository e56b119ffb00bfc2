//! Random numbers that a seed repeats on every machine (SplitMix64).

use std::time::Duration;

/// A stream of random numbers.
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

impl Random {
    /// The stream of a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Another stream.
    pub(crate) fn fork(&mut self) -> Self {
        Self(self.bits())
    }

    /// The stream of one of many, which leaves this one as it is.
    pub(crate) fn of(&self, number: usize) -> Self {
        let mut own = self.clone();
        own.0 ^= (number as u64 + 1).wrapping_mul(0xd134_2543_de82_ef95);
        Self(own.bits())
    }

    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below a bound; 0 if there is none.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        let below = self.bits().checked_rem(bound as u64).unwrap_or(0);
        usize::try_from(below).unwrap_or(0)
    }

    /// True this many times in a hundred.
    pub(crate) fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }

    /// A time below a bound.
    pub(crate) fn time(&mut self, bound: Duration) -> Duration {
        let microseconds = usize::try_from(bound.as_micros()).unwrap_or(usize::MAX);
        Duration::from_micros(self.below(microseconds) as u64)
    }

    /// One of these; `None` if there are none.
    pub(crate) fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }
}
