//! The binary form of `numeric`: digits to the base 10,000.
//!
//! Four numbers of 16 bits: how many digits follow, the power of 10,000 of the first one, the sign, and how many
//! decimal places are shown; then the digits.

use bytes::{BufMut, BytesMut};

const NEGATIVE: u16 = 0x4000;

/// Writes a decimal such as `-12.5`, `1e-7` or `0`. None of its digits is lost; beyond what the type holds, the power
/// of ten is cut so that the server refuses the number.
pub(crate) fn write(text: &str, out: &mut BytesMut) {
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (NEGATIVE, rest),
        None => (0, text),
    };
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let digits = || {
        let all = whole.bytes().chain(fraction.bytes());
        all.map(|digit| u16::from(digit.wrapping_sub(b'0')))
    };
    let leading = digits().take_while(|digit| *digit == 0).count();
    let Some(last) = digits().enumerate().filter(|(_, digit)| *digit != 0).last() else {
        out.put_bytes(0, 8);
        return;
    };
    let count = last.0 + 1 - leading;
    // The number is 0.DIGITS times ten to this power.
    let power = exponent + whole.len() as i32 - leading as i32;
    let weight = (power - 1).div_euclid(4);
    // Zeros before the first decimal digit in its group.
    let offset = (4 * (weight + 1) - power) as usize;
    let groups = (offset + count).div_ceil(4);
    let places = (count as i32 - power).clamp(0, 0x3fff);
    out.put_u16(groups as u16);
    out.put_i16(weight.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16);
    out.put_u16(sign);
    out.put_u16(places as u16);
    let mut significant = digits().skip(leading).take(count);
    for group in 0..groups {
        let mut value = 0;
        for place in 0..4 {
            let is_padding = group == 0 && place < offset;
            let digit = if is_padding { None } else { significant.next() };
            value = value * 10 + digit.unwrap_or(0);
        }
        out.put_u16(value);
    }
}

/// Appends a stored number in decimal notation, with at most as many zeros at its end as it was stored with. Answers
/// false and appends nothing if it is not finite, or no `numeric`.
pub(crate) fn read(bytes: &[u8], out: &mut String) -> bool {
    let Some((header, digits)) = bytes.split_first_chunk::<8>() else {
        return false;
    };
    let word = |at: usize| u16::from_be_bytes([header[at], header[at + 1]]);
    let (count, weight, sign, places) = (word(0), word(2).cast_signed(), word(4), word(6));
    let is_number = matches!(sign, 0 | NEGATIVE) && digits.len() == 2 * usize::from(count);
    if !is_number {
        return false;
    }
    let digit = |power: i32| {
        let index = usize::try_from(i32::from(weight) - power).ok()?;
        let pair = digits.get(2 * index..2 * index + 2)?;
        Some(u16::from_be_bytes([pair[0], pair[1]]))
    };
    if sign == NEGATIVE {
        out.push('-');
    }
    let mut buffer = itoa::Buffer::new();
    let mut is_first = true;
    for power in (0..=i32::from(weight).max(0)).rev() {
        let text = buffer.format(digit(power).unwrap_or(0));
        if !is_first {
            out.push_str(&"0000"[text.len().min(4)..]);
        }
        out.push_str(text);
        is_first = false;
    }
    let mut places = usize::from(places);
    let last = i32::from(weight) - i32::from(count) + 1;
    if places > 0 && last < 0 {
        out.push('.');
        for power in (last..0).rev() {
            let text = buffer.format(digit(power).unwrap_or(0));
            let zeros = &"0000"[text.len().min(4)..];
            for part in [zeros, text] {
                let shown = part.len().min(places);
                out.push_str(&part[..shown]);
                places -= shown;
            }
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turned(text: &str) -> String {
        let mut bytes = BytesMut::new();
        write(text, &mut bytes);
        let mut out = String::new();
        assert!(read(&bytes, &mut out), "{text}");
        out
    }

    #[test]
    fn no_digit_is_lost() {
        for (text, expected) in [
            ("0", "0"),
            ("-0.0", "0"),
            ("1", "1"),
            ("10000", "10000"),
            ("-12.5", "-12.5"),
            ("0.0001", "0.0001"),
            ("0.00001", "0.00001"),
            ("1e-7", "0.0000001"),
            ("1.25e21", "1250000000000000000000"),
            ("100020003.5", "100020003.5"),
            ("0.30000000000000004", "0.30000000000000004"),
            ("9223372036854775807", "9223372036854775807"),
        ] {
            assert_eq!(turned(text), expected);
        }
        let smallest = turned("5e-324");
        assert_eq!(smallest.len(), 326);
        assert!(smallest.ends_with("05"));
        assert_eq!(turned("1.7976931348623157e308").len(), 309);
    }

    #[test]
    fn what_is_no_finite_number_is_not_read() {
        for bytes in [
            &[][..],
            &[0; 7],
            &[0, 0, 0, 0, 0xc0, 0, 0, 0],
            &[0, 2, 0, 0, 0, 0, 0, 0, 0, 1],
        ] {
            let mut out = String::new();
            assert!(!read(bytes, &mut out));
            assert_eq!(out, "");
        }
    }
}
