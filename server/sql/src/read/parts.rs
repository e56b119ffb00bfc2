//! Pieces of an answer in order; literal bytes in a row are one piece.

use crate::json::write_string;

/// Collects pieces.
#[derive(Debug)]
pub(super) struct Parts<P> {
    done: Vec<P>,
    text: Vec<u8>,
    wrap: fn(Vec<u8>) -> P,
}

impl<P> Parts<P> {
    /// `wrap` makes a piece of literal bytes.
    pub(super) fn new(wrap: fn(Vec<u8>) -> P) -> Self {
        Self {
            done: Vec::new(),
            text: Vec::new(),
            wrap,
        }
    }

    pub(super) fn text(&mut self, json: &str) {
        self.text.extend_from_slice(json.as_bytes());
    }

    pub(super) fn push(&mut self, part: P) {
        self.end_text();
        self.done.push(part);
    }

    /// Starts the next member of an object.
    pub(super) fn key(&mut self, position: usize, key: &str) {
        if position > 0 {
            self.text.push(b',');
        }
        write_string(key, &mut self.text);
        self.text.push(b':');
    }

    pub(super) fn finish(mut self) -> Vec<P> {
        self.end_text();
        self.done
    }

    fn end_text(&mut self) {
        if !self.text.is_empty() {
            self.done.push((self.wrap)(std::mem::take(&mut self.text)));
        }
    }
}
