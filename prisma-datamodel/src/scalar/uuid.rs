//! UUIDs as the original's platform reads them.

/// Reads a UUID of any version: five groups of hexadecimal digits of any case, short groups padded with zeros
/// (`1-2-3-4-5`), with all dashes (api.md §2).
#[must_use]
pub fn parse_uuid(text: &str) -> Option<[u8; 16]> {
    const DIGITS: [usize; 5] = [8, 4, 4, 4, 12];
    let mut groups = text.split('-');
    let mut value = 0_u128;
    for digits in DIGITS {
        let group = groups.next()?;
        if group.is_empty() || group.len() > digits || !group.bytes().all(|b| b.is_ascii_hexdigit())
        {
            return None;
        }
        value = value << (4 * digits) | u128::from_str_radix(group, 16).ok()?;
    }
    groups.next().is_none().then(|| value.to_be_bytes())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn accepts_any_version_case_and_short_groups() {
        let full = parse_uuid("550E8400-e29b-11d4-a716-446655440000").unwrap();
        assert_eq!(&full[..4], [0x55, 0x0e, 0x84, 0x00]);
        assert_eq!(&full[10..], [0x44, 0x66, 0x55, 0x44, 0x00, 0x00]);
        assert_eq!(
            parse_uuid("1-2-3-4-5").unwrap(),
            [0, 0, 0, 1, 0, 2, 0, 3, 0, 4, 0, 0, 0, 0, 0, 5]
        );
    }

    #[test]
    fn refuses_what_is_no_uuid() {
        for text in [
            "",
            "550e8400e29b11d4a716446655440000",
            "1-2-3-4",
            "1-2-3-4-5-6",
            "1--3-4-5",
            "+1-2-3-4-5",
            "g-2-3-4-5",
            "123456789-2-3-4-5",
            " 1-2-3-4-5",
        ] {
            assert_eq!(parse_uuid(text), None, "{text}");
        }
    }
}
