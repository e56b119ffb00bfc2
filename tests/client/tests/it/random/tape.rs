//! Random decisions, read from bytes. A shorter tape makes smaller decisions: past its end each is the first choice.

pub(super) struct Tape<'a> {
    bytes: std::slice::Iter<'a, u8>,
}

impl<'a> Tape<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes: bytes.iter(),
        }
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.bytes.len() == 0
    }

    /// A number below `count`.
    pub(super) fn below(&mut self, count: u32) -> u32 {
        u32::from(self.bytes.next().copied().unwrap_or(0)) % count
    }

    pub(super) fn flip(&mut self) -> bool {
        self.below(2) == 1
    }

    /// One of some values.
    pub(super) fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(u32::try_from(of.len()).unwrap()) as usize]
    }

    /// Nothing, or what is made.
    pub(super) fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.flip().then(|| make(self))
    }

    /// Up to two of what is made.
    pub(super) fn some<T>(&mut self, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.below(3)).map(|_| make(self)).collect()
    }
}
