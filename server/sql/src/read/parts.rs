//! Pieces of an answer in order; literal bytes in a row are one piece.

use prisma_connector::Format;

use crate::format;

/// Collects pieces.
#[derive(Debug)]
pub(super) struct Parts<P> {
    format: Format,
    done: Vec<P>,
    fixed: Vec<u8>,
    wrap: fn(Vec<u8>) -> P,
}

impl<P> Parts<P> {
    /// `wrap` makes a piece of literal bytes.
    pub(super) fn new(format: Format, wrap: fn(Vec<u8>) -> P) -> Self {
        Self {
            format,
            done: Vec::new(),
            fixed: Vec::new(),
            wrap,
        }
    }

    /// A value that is given as JSON.
    pub(super) fn literal(&mut self, json: &str) {
        format::literal(self.format, json, &mut self.fixed);
    }

    /// `false`
    pub(super) fn no(&mut self) {
        format::bool(self.format, false, &mut self.fixed);
    }

    pub(super) fn push(&mut self, part: P) {
        self.end_fixed();
        self.done.push(part);
    }

    /// Starts an object.
    pub(super) fn object(&mut self) {
        format::object(self.format, &mut self.fixed);
    }

    /// Starts the next member of an object.
    pub(super) fn key(&mut self, position: usize, key: &str) {
        format::key(self.format, position, key, &mut self.fixed);
    }

    /// Ends an object.
    pub(super) fn end_object(&mut self) {
        format::end_object(self.format, &mut self.fixed);
    }

    pub(super) fn format(&self) -> Format {
        self.format
    }

    pub(super) fn finish(mut self) -> Vec<P> {
        self.end_fixed();
        self.done
    }

    fn end_fixed(&mut self) {
        if !self.fixed.is_empty() {
            self.done.push((self.wrap)(std::mem::take(&mut self.fixed)));
        }
    }
}
