//! The packed form of an answer: what JSON says, for a reader who knows what was asked for.
//!
//! Goes in: values in the order of the selection. Comes out: bytes, and from them the same values, one after the other.
//! Between processes answers are JSON; within one, where nobody else reads them, neither keys nor quotes nor digits have
//! to be written and read again.
//!
//! A packed answer is [`MARK`] and one value. A value is a tag and what belongs to it:
//!
//! | value | behind the tag |
//! |---|---|
//! | null, false, true | nothing |
//! | integer, float | eight bytes, the lowest first |
//! | text, JSON | its length in bytes, seven bits to a byte, the lowest first; UTF-8 |
//! | list | how many elements it has, in four bytes; they, and an end |
//! | record | the values of its fields without their keys, and an end |
//!
//! It is never stored and never leaves the process, so it has no versions.
//!
//! Must never know: what is asked for, JSON's syntax.
//!
//! ```
//! use prisma_packed::{Reader, Token, write};
//!
//! let mut bytes = Vec::new();
//! write::record(&mut bytes);
//! write::text("Ann", &mut bytes);
//! write::int(30, &mut bytes);
//! write::end(&mut bytes);
//!
//! let mut reader = Reader::new(&bytes);
//! assert_eq!(reader.token(), Ok(Token::Record));
//! assert_eq!(reader.token(), Ok(Token::Text("Ann")));
//! assert_eq!(reader.token(), Ok(Token::Int(30)));
//! assert_eq!(reader.token(), Ok(Token::End));
//! ```

mod read;
mod tag;
pub mod write;

pub use read::{Malformed, Reader, Token};

/// What a packed answer begins with. No JSON text does.
pub const MARK: u8 = 1;

/// The value of a packed answer; `None` for bytes that are none.
#[must_use]
pub fn value(answer: &[u8]) -> Option<&[u8]> {
    answer.strip_prefix(&[MARK])
}
