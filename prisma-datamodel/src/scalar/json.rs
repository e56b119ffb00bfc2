//! JSON text to its stored form: no blanks, plain numbers, no duplicate keys (api.md §2.2).

use std::collections::HashMap;

/// Deeper nesting is refused: readers of the stored text may recurse.
const MAX_DEPTH: usize = 512;

/// Numbers whose plain form would have more zeros than this keep an exponent.
const MAX_ZEROS: i64 = 64;

/// What a JSON text may be as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonRoot {
    /// Any value.
    Any,
    /// An object or an array, the only values the API stores.
    Container,
}

/// Reads JSON and writes it compactly: the order of keys is kept, of duplicate keys the last value wins in the
/// place of the first, numbers lose trailing zeros and exponents but no digit. `None` if it is not JSON.
#[must_use]
pub fn compact_json(text: &str, root: JsonRoot) -> Option<String> {
    let mut reader = Reader {
        rest: text,
        out: String::with_capacity(text.len()),
        open: Vec::new(),
    };
    reader.skip_blanks();
    if root == JsonRoot::Container && !reader.rest.starts_with(['{', '[']) {
        return None;
    }
    reader.document()?;
    reader.skip_blanks();
    reader.rest.is_empty().then_some(reader.out)
}

/// An array or object that is not closed yet.
enum Frame {
    Array,
    /// Where the object starts in the output, and its entries so far.
    Object(usize, Vec<Entry>),
}

/// Where a key and its value start in the output.
struct Entry {
    key: usize,
    value: usize,
}

struct Reader<'a> {
    rest: &'a str,
    out: String,
    open: Vec<Frame>,
}

impl Reader<'_> {
    /// One value with everything in it, without recursion.
    fn document(&mut self) -> Option<()> {
        loop {
            // A value starts here.
            self.skip_blanks();
            let closed = match self.rest.bytes().next()? {
                b'{' => self.enter(Frame::Object(self.out.len(), Vec::new()), '}')?,
                b'[' => self.enter(Frame::Array, ']')?,
                _ => {
                    self.scalar()?;
                    true
                }
            };
            if closed && self.close_finished()? {
                return Some(());
            }
        }
    }

    /// Opens an array or object; true if it is empty and closed again.
    fn enter(&mut self, frame: Frame, close: char) -> Option<bool> {
        if self.open.len() == MAX_DEPTH {
            return None;
        }
        let is_object = matches!(frame, Frame::Object(..));
        self.copy(1);
        self.skip_blanks();
        if self.rest.starts_with(close) {
            self.copy(1);
            return Some(true);
        }
        self.open.push(frame);
        if is_object {
            self.key()?;
        }
        Some(false)
    }

    /// After a value: goes on to the next, closing what ends here. True if nothing is open any more.
    fn close_finished(&mut self) -> Option<bool> {
        loop {
            let Some(frame) = self.open.last() else {
                return Some(true);
            };
            let (close, is_object) = match frame {
                Frame::Array => (']', false),
                Frame::Object(..) => ('}', true),
            };
            self.skip_blanks();
            if self.rest.starts_with(',') {
                self.copy(1);
                if is_object {
                    self.key()?;
                }
                return Some(false);
            }
            if !self.rest.starts_with(close) {
                return None;
            }
            if let Some(Frame::Object(start, entries)) = self.open.pop() {
                self.drop_duplicates(start, &entries);
            }
            self.copy(1);
        }
    }

    fn key(&mut self) -> Option<()> {
        self.skip_blanks();
        let key = self.out.len();
        self.string()?;
        self.skip_blanks();
        if !self.rest.starts_with(':') {
            return None;
        }
        self.copy(1);
        let value = self.out.len();
        if let Some(Frame::Object(_, entries)) = self.open.last_mut() {
            entries.push(Entry { key, value });
        }
        Some(())
    }

    fn scalar(&mut self) -> Option<()> {
        for word in ["true", "false", "null"] {
            if self.rest.starts_with(word) {
                self.copy(word.len());
                return Some(());
            }
        }
        if self.rest.starts_with('"') {
            self.string()
        } else {
            self.number()
        }
    }

    fn string(&mut self) -> Option<()> {
        if !self.rest.starts_with('"') {
            return None;
        }
        let bytes = self.rest.as_bytes();
        let mut escaped = false;
        let mut plain = true;
        let mut length = None;
        for (at, &byte) in bytes.iter().enumerate().skip(1) {
            match byte {
                b'"' if !escaped => {
                    length = Some(at + 1);
                    break;
                }
                0..0x20 => return None,
                b'\\' => plain = false,
                _ => {}
            }
            escaped = byte == b'\\' && !escaped;
        }
        let length = length?;
        if plain {
            self.copy(length);
            return Some(());
        }
        let (raw, rest) = self.rest.split_at_checked(length)?;
        let decoded: String = serde_json::from_str(raw).ok()?;
        self.out.push_str(&serde_json::to_string(&decoded).ok()?);
        self.rest = rest;
        Some(())
    }

    fn number(&mut self) -> Option<()> {
        let end = self
            .rest
            .find(|c: char| !matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E'))
            .unwrap_or(self.rest.len());
        let (raw, rest) = self.rest.split_at_checked(end)?;
        Number::read(raw)?.write(&mut self.out);
        self.rest = rest;
        Some(())
    }

    /// Rewrites a finished object (still without its brace) if a key occurs twice.
    fn drop_duplicates(&mut self, start: usize, entries: &[Entry]) {
        let end = self.out.len();
        let ends = entries.iter().skip(1).map(|next| next.key - 1).chain([end]);
        let parts: Vec<(&str, &str)> = entries
            .iter()
            .zip(ends)
            .filter_map(|(entry, end)| {
                Some((
                    self.out.get(entry.key..entry.value)?,
                    self.out.get(entry.value..end)?,
                ))
            })
            .collect();
        let mut last: HashMap<&str, &str> = HashMap::with_capacity(parts.len());
        last.extend(parts.iter().copied());
        if last.len() == entries.len() {
            return;
        }
        let mut object = String::with_capacity(end - start);
        object.push('{');
        for (key, _) in &parts {
            if let Some(value) = last.remove(key) {
                if object.len() > 1 {
                    object.push(',');
                }
                object.push_str(key);
                object.push_str(value);
            }
        }
        self.out.truncate(start);
        self.out.push_str(&object);
    }

    fn skip_blanks(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
    }

    /// Moves bytes that are known to be ASCII, or whole strings, from input to output.
    fn copy(&mut self, length: usize) {
        if let Some((copied, rest)) = self.rest.split_at_checked(length) {
            self.out.push_str(copied);
            self.rest = rest;
        }
    }
}

/// `digits * 10^exponent`
struct Number {
    negative: bool,
    /// Without zeros at either end; empty for zero.
    digits: String,
    exponent: i64,
}

impl Number {
    fn read(raw: &str) -> Option<Self> {
        let (negative, rest) = match raw.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, raw),
        };
        let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, Self::read_exponent(exponent)?),
            None => (rest, 0),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
            Some(_) => return None,
            None => (mantissa, ""),
        };
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let leading_zero = whole.len() > 1 && whole.starts_with('0');
        if whole.is_empty() || leading_zero || !is_digits(whole) || !is_digits(fraction) {
            return None;
        }
        let all = format!("{whole}{fraction}");
        let significant = all.trim_end_matches('0');
        let dropped = i64::try_from(all.len() - significant.len()).ok()?;
        let exponent = exponent - i64::try_from(fraction.len()).ok()? + dropped;
        Some(Self {
            negative,
            digits: significant.trim_start_matches('0').to_owned(),
            exponent,
        })
    }

    fn read_exponent(text: &str) -> Option<i64> {
        let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
        let valid = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        // Exponents that no reader could take are refused.
        if valid && digits.len() <= 9 {
            text.parse().ok()
        } else {
            None
        }
    }

    fn write(&self, out: &mut String) {
        if self.digits.is_empty() {
            out.push('0');
            return;
        }
        if self.negative {
            out.push('-');
        }
        let count = i64::try_from(self.digits.len()).unwrap_or(i64::MAX);
        let zeros = |count: i64| "0".repeat(usize::try_from(count).unwrap_or(0));
        if (0..=MAX_ZEROS).contains(&self.exponent) {
            out.push_str(&self.digits);
            out.push_str(&zeros(self.exponent));
        } else if self.exponent > 0 || -self.exponent - count > MAX_ZEROS {
            let (first, rest) = self.digits.split_at(1);
            out.push_str(first);
            if !rest.is_empty() {
                out.push('.');
                out.push_str(rest);
            }
            out.push('e');
            out.push_str(&(self.exponent + count - 1).to_string());
        } else if -self.exponent < count {
            let point = usize::try_from(count + self.exponent).unwrap_or(0);
            let (whole, fraction) = self.digits.split_at(point);
            out.push_str(whole);
            out.push('.');
            out.push_str(fraction);
        } else {
            out.push_str("0.");
            out.push_str(&zeros(-self.exponent - count));
            out.push_str(&self.digits);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn compact(text: &str) -> Option<String> {
        compact_json(text, JsonRoot::Any)
    }

    #[test]
    fn writes_compactly() {
        for (text, expected) in [
            (" [ 1.0 , 1e3 , 1.50 ] ", "[1,1000,1.5]"),
            (
                "{ \"b\" : 1 , \"a\" : [ ] , \"c\" : { } }",
                r#"{"b":1,"a":[],"c":{}}"#,
            ),
            (r#"{"a":1,"b":2,"a":[3,4]}"#, r#"{"a":[3,4],"b":2}"#),
            (r#"{"a":1,"\u0061":2}"#, r#"{"a":2}"#),
            (
                r#"{"o":{"x":1,"x":2},"o":{"y":{"z":1,"z":0}}}"#,
                r#"{"o":{"y":{"z":0}}}"#,
            ),
            (
                r#"["\/ \u00e9 \ud83d\ude00 \n \u0001"]"#,
                "[\"/ é 😀 \\n \\u0001\"]",
            ),
            (
                "123456789012345678901234567890.10",
                "123456789012345678901234567890.1",
            ),
            ("-0", "0"),
            ("-0.0e5", "0"),
            ("-1.25e-3", "-0.00125"),
            ("12.5e1", "125"),
            ("100", "100"),
            ("1e400", "1e400"),
            ("12.3e-400", "1.23e-399"),
            ("true", "true"),
            ("null", "null"),
            ("\"\"", "\"\""),
        ] {
            assert_eq!(compact(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_json() {
        for text in [
            "",
            " ",
            "{",
            "[",
            "[1",
            "[1,]",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}",
            "{a:1}",
            "{'a':1}",
            "[1]]",
            "1 2",
            "01",
            "1.",
            ".5",
            "+1",
            "1e",
            "1e+",
            "-",
            "--1",
            "tru",
            "\"",
            "\"\\x\"",
            "\"\\ud83d\"",
            "\"a\nb\"",
            "[1 2]",
            "{\"a\":1 \"b\":2}",
            "NaN",
            "1e99999999999",
        ] {
            assert_eq!(compact(text), None, "{text}");
        }
    }

    #[test]
    fn knows_containers() {
        assert_eq!(compact_json("3", JsonRoot::Container), None);
        assert_eq!(compact_json("\"[]\"", JsonRoot::Container), None);
        assert_eq!(
            compact_json(" [3] ", JsonRoot::Container).as_deref(),
            Some("[3]")
        );
    }

    #[test]
    fn depth_is_bounded() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert_eq!(compact(&nested(MAX_DEPTH)).unwrap(), nested(MAX_DEPTH));
        assert_eq!(compact(&nested(MAX_DEPTH + 1)), None);
        assert_eq!(compact(&"{\"a\":".repeat(1_000_000)), None);
    }
}
