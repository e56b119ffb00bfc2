//! Places in a document, as errors show them (api.md §5.1).

use std::{fmt::Write as _, iter};

/// A line and a column, both from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl Position {
    /// The position of a byte of a document.
    pub(crate) fn of(text: &str, offset: usize) -> Self {
        let (before, _) = around(text, offset);
        Self {
            line: before.matches('\n').count() + 1,
            column: before[line_start(before)..].chars().count() + 1,
        }
    }
}

/// Appends what follows the message of an error: the position, that line of the document, and a mark below it.
pub(crate) fn write_excerpt(message: &mut String, text: &str, offset: usize) {
    let Position { line, column } = Position::of(text, offset);
    let (before, after) = around(text, offset);
    let start = &before[line_start(before)..];
    let end = after.split(['\n', '\r']).next().unwrap_or_default();
    // Writing to a string cannot fail.
    let _ = write!(message, " (line {line}, column {column}):\n{start}{end}\n");
    // Not as a width of the format: those end at 65,535.
    message.extend(iter::repeat_n(' ', column - 1));
    message.push('^');
}

fn around(text: &str, offset: usize) -> (&str, &str) {
    text.split_at_checked(offset).unwrap_or((text, ""))
}

fn line_start(before: &str) -> usize {
    before.rfind('\n').map_or(0, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excerpts_show_the_line_and_a_mark() {
        let mut message = String::from("No.");
        write_excerpt(&mut message, "{\n  ä: user {\r\n    id\n}", 7);
        assert_eq!(message, "No. (line 2, column 5):\n  ä: user {\n    ^");
        assert_eq!(Position::of("{a}", 99), Position { line: 1, column: 4 });
    }

    #[test]
    fn lines_may_be_long() {
        let mut message = String::new();
        write_excerpt(&mut message, &"a".repeat(100_000), 99_999);
        assert!(message.ends_with(" ^"));
    }
}
