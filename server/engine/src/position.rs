//! Places in a document, as errors show them (api.md §5.1).

use std::fmt::Write as _;

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

/// How many characters of a line are shown on either side of a place.
const MOST_SHOWN: usize = 300;

/// Appends what follows the message of an error: the position, that line of the document, and a mark below it. A line
/// that is very long is cut on both sides.
pub(crate) fn write_excerpt(message: &mut String, text: &str, offset: usize) {
    let Position { line, column } = Position::of(text, offset);
    let (before, after) = around(text, offset);
    let start = last_chars(&before[line_start(before)..]);
    let end = first_chars(after);
    let end = end.split(['\n', '\r']).next().unwrap_or_default();
    let blanks = start.chars().count();
    // Writing to a string cannot fail.
    let _ = write!(
        message,
        " (line {line}, column {column}):\n{start}{end}\n{:blanks$}^",
        ""
    );
}

fn first_chars(text: &str) -> &str {
    let end = text.char_indices().nth(MOST_SHOWN);
    end.map_or(text, |(end, _)| &text[..end])
}

fn last_chars(text: &str) -> &str {
    let start = text.char_indices().rev().nth(MOST_SHOWN - 1);
    start.map_or(text, |(start, _)| &text[start..])
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
    fn excerpts_of_long_lines_are_cut() {
        let mut message = String::new();
        let (before, after) = ("ä".repeat(999), "ö".repeat(999));
        write_excerpt(&mut message, &format!("{before}!{after}"), before.len());
        let expected = format!(
            " (line 1, column 1000):\n{}!{}\n{}^",
            "ä".repeat(300),
            "ö".repeat(299),
            " ".repeat(300)
        );
        assert_eq!(message, expected);
    }
}
