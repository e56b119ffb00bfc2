//! Takes values, one after the other.

use crate::tag;

/// A value, or the begin or end of one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Token<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A whole number of 64 bits.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// A text.
    Text(&'a str),
    /// Any value, as JSON.
    Json(&'a str),
    /// So many elements follow, up to the [`End`](Self::End).
    List(usize),
    /// The values of fields follow, up to the [`End`](Self::End).
    Record,
    /// The end of the list or record.
    End,
}

/// Bytes that are no packed values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the bytes are no packed answer")]
pub struct Malformed;

/// Reads packed values from the first to the last.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// A reader of these values.
    #[must_use]
    pub const fn new(values: &'a [u8]) -> Self {
        Self { rest: values }
    }

    /// Takes the next token.
    ///
    /// # Errors
    /// [`Malformed`] if there is none.
    #[inline]
    pub fn token(&mut self) -> Result<Token<'a>, Malformed> {
        let (&tag, rest) = self.rest.split_first().ok_or(Malformed)?;
        self.rest = rest;
        Ok(match tag {
            tag::NULL => Token::Null,
            tag::FALSE => Token::Bool(false),
            tag::TRUE => Token::Bool(true),
            tag::INT => Token::Int(i64::from_le_bytes(self.fixed()?)),
            tag::FLOAT => Token::Float(f64::from_le_bytes(self.fixed()?)),
            tag::TEXT => Token::Text(self.sized()?),
            tag::JSON => Token::Json(self.sized()?),
            tag::LIST => Token::List(self.count()?),
            tag::RECORD => Token::Record,
            tag::END => Token::End,
            _ => return Err(Malformed),
        })
    }

    /// Takes the next value if it is null.
    #[inline]
    pub fn is_null(&mut self) -> bool {
        self.takes(tag::NULL)
    }

    /// Takes the end of the list or record, if nothing comes before it.
    #[inline]
    pub fn is_end(&mut self) -> bool {
        self.takes(tag::END)
    }

    /// Takes what is left of the list or record, and its end.
    ///
    /// # Errors
    /// [`Malformed`] if it has none.
    pub fn finish(&mut self) -> Result<(), Malformed> {
        let mut open = 1_usize;
        while open > 0 {
            match self.token()? {
                Token::List(_) | Token::Record => open += 1,
                Token::End => open -= 1,
                _ => {}
            }
        }
        Ok(())
    }

    #[inline]
    fn takes(&mut self, tag: u8) -> bool {
        match self.rest.split_first() {
            Some((&first, rest)) if first == tag => {
                self.rest = rest;
                true
            }
            _ => false,
        }
    }

    #[inline]
    fn fixed(&mut self) -> Result<[u8; 8], Malformed> {
        let (value, rest) = self.rest.split_first_chunk().ok_or(Malformed)?;
        self.rest = rest;
        Ok(*value)
    }

    /// As many bytes as are left are the most that there can be.
    #[inline]
    fn count(&mut self) -> Result<usize, Malformed> {
        let (count, rest) = self.rest.split_first_chunk().ok_or(Malformed)?;
        self.rest = rest;
        let count = usize::try_from(u32::from_le_bytes(*count)).unwrap_or(usize::MAX);
        Ok(count.min(rest.len()))
    }

    #[inline]
    fn sized(&mut self) -> Result<&'a str, Malformed> {
        let length = self.length()?;
        let (text, rest) = self.rest.split_at_checked(length).ok_or(Malformed)?;
        self.rest = rest;
        str::from_utf8(text).map_err(|_| Malformed)
    }

    #[inline]
    fn length(&mut self) -> Result<usize, Malformed> {
        let mut length = 0;
        for shift in (0..usize::BITS).step_by(7) {
            let (&byte, rest) = self.rest.split_first().ok_or(Malformed)?;
            self.rest = rest;
            length |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(length);
            }
        }
        Err(Malformed)
    }
}
