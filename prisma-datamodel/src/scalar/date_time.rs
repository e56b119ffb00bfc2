//! Points in time: ISO 8601 with defaults for missing parts, as milliseconds since the epoch (api.md §2.1).

use std::fmt::{self, Write};

use chrono::{Datelike as _, NaiveDate, Weekday};

const MS_PER_SECOND: i64 = 1_000;
const MS_PER_MINUTE: i64 = 60 * MS_PER_SECOND;
const MS_PER_HOUR: i64 = 60 * MS_PER_MINUTE;
const MS_PER_DAY: i64 = 24 * MS_PER_HOUR;

/// Days from 0001-01-01 (day 1 of chrono's count) to the epoch.
const EPOCH_DAY: i64 = 719_163;

/// Reads a point in time; without a zone it is UTC. Milliseconds since the epoch.
///
/// Accepts years, months, days, week dates, ordinal dates, times alone (`T12:30`), fractions of the last given
/// part and offsets. Refuses a zone without a `T`, blanks, leap seconds and compact forms.
#[must_use]
pub fn parse_date_time(text: &str) -> Option<i64> {
    let mut rest = Cursor(text);
    let days = if text.starts_with(['T', 't']) {
        0
    } else {
        date(&mut rest)?
    };
    if rest.0.is_empty() {
        return days.checked_mul(MS_PER_DAY);
    }
    if !rest.eat(['T', 't']) || text.len() == 1 {
        return None;
    }
    let time = if rest.starts_with_digit() {
        time(&mut rest)?
    } else {
        0
    };
    let offset = zone(&mut rest)?;
    rest.0.is_empty().then(|| days * MS_PER_DAY + time - offset)
}

/// Writes `yyyy-MM-ddTHH:mm:ss.SSSZ`, the only form the API answers with.
///
/// # Errors
/// Those of the target.
pub fn format_date_time(ms: i64, out: &mut impl Write) -> fmt::Result {
    let (days, time) = (ms.div_euclid(MS_PER_DAY), ms.rem_euclid(MS_PER_DAY));
    let (year, month, day) = civil(days);
    if (0..=9999).contains(&year) {
        write!(out, "{year:04}")?;
    } else {
        write!(
            out,
            "{}{:04}",
            if year < 0 { "-" } else { "" },
            year.unsigned_abs()
        )?;
    }
    write!(
        out,
        "-{month:02}-{day:02}T{:02}:{:02}:{:02}.{:03}Z",
        time / MS_PER_HOUR,
        time / MS_PER_MINUTE % 60,
        time / MS_PER_SECOND % 60,
        time % MS_PER_SECOND
    )
}

/// Days since the epoch to year, month and day, for every `i64` of milliseconds (chrono's range is smaller).
/// Counts in eras of 400 years that start on 1 March.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 {
        march_month + 3
    } else {
        march_month - 9
    };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// A date as days since the epoch.
fn date(rest: &mut Cursor<'_>) -> Option<i64> {
    let year = year(rest)?;
    let date = if !rest.eat(['-', '-']) {
        NaiveDate::from_yo_opt(year, 1)?
    } else if rest.eat(['W', 'w']) {
        let week = rest.digits(1, 2)?;
        let day = if rest.eat(['-', '-']) {
            rest.digits(1, 1)?
        } else {
            1
        };
        NaiveDate::from_isoywd_opt(year, week, weekday(day)?)?
    } else if rest.count_digits() == 3 {
        NaiveDate::from_yo_opt(year, rest.digits(3, 3)?)?
    } else {
        let month = rest.digits(1, 2)?;
        let day = if rest.eat(['-', '-']) {
            rest.digits(1, 2)?
        } else {
            1
        };
        NaiveDate::from_ymd_opt(year, month, day)?
    };
    Some(i64::from(date.num_days_from_ce()) - EPOCH_DAY)
}

/// Four digits; five, or a sign, only where the text goes on, so that `20160924` is no year.
fn year(rest: &mut Cursor<'_>) -> Option<i32> {
    let negative = rest.0.starts_with('-');
    rest.eat(['-', '+']);
    let long = rest.count_digits() == 5;
    let year = i32::try_from(rest.digits(4, 5)?).ok()?;
    if long && !rest.0.starts_with('-') {
        return None;
    }
    Some(if negative { -year } else { year })
}

fn weekday(number: u32) -> Option<Weekday> {
    Weekday::try_from(u8::try_from(number.checked_sub(1)?).ok()?).ok()
}

/// A time as milliseconds since midnight.
fn time(rest: &mut Cursor<'_>) -> Option<i64> {
    let mut ms = 0;
    for (unit, limit) in [(MS_PER_HOUR, 24), (MS_PER_MINUTE, 60), (MS_PER_SECOND, 60)] {
        let value = rest.digits(1, 2)?;
        if value >= limit {
            return None;
        }
        ms += i64::from(value) * unit;
        if rest.eat(['.', ',']) {
            return Some(ms + fraction(rest, unit)?);
        }
        if unit == MS_PER_SECOND || !rest.eat([':', ':']) {
            break;
        }
    }
    Some(ms)
}

/// Up to nine digits after the point, as milliseconds of the unit.
fn fraction(rest: &mut Cursor<'_>, unit: i64) -> Option<i64> {
    let count = rest.count_digits();
    let digits = i64::from(rest.digits(1, 9)?);
    let scale = 10_i64.checked_pow(u32::try_from(count).ok()?)?;
    Some(digits * unit / scale)
}

/// An offset in milliseconds; zero where none is given.
fn zone(rest: &mut Cursor<'_>) -> Option<i64> {
    if rest.0.is_empty() || rest.eat(['Z', 'z']) {
        return Some(0);
    }
    let west = rest.0.starts_with('-');
    if !rest.eat(['+', '-']) {
        return None;
    }
    let hours = rest.digits_exactly(2)?;
    let colon = rest.eat([':', ':']);
    let minutes = if colon || rest.starts_with_digit() {
        rest.digits_exactly(2)?
    } else {
        0
    };
    if hours > 23 || minutes > 59 {
        return None;
    }
    let offset = i64::from(hours) * MS_PER_HOUR + i64::from(minutes) * MS_PER_MINUTE;
    Some(if west { -offset } else { offset })
}

/// What is left to read.
struct Cursor<'a>(&'a str);

impl Cursor<'_> {
    fn eat(&mut self, any: [char; 2]) -> bool {
        match self.0.strip_prefix(any) {
            Some(rest) => {
                self.0 = rest;
                true
            }
            None => false,
        }
    }

    fn count_digits(&self) -> usize {
        self.0.bytes().take_while(u8::is_ascii_digit).count()
    }

    fn starts_with_digit(&self) -> bool {
        self.count_digits() > 0
    }

    /// A run of digits that has between `least` and `most` of them.
    fn digits(&mut self, least: usize, most: usize) -> Option<u32> {
        let count = self.count_digits();
        if !(least..=most).contains(&count) {
            return None;
        }
        self.digits_exactly(count)
    }

    /// The next digits, however many follow.
    fn digits_exactly(&mut self, count: usize) -> Option<u32> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        self.0 = rest;
        digits.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn read(text: &str) -> Option<String> {
        let mut out = String::new();
        format_date_time(parse_date_time(text)?, &mut out).unwrap();
        Some(out)
    }

    #[test]
    fn accepts() {
        for (text, expected) in [
            ("2016", "2016-01-01T00:00:00.000Z"),
            ("2016-07", "2016-07-01T00:00:00.000Z"),
            ("2016-07-31", "2016-07-31T00:00:00.000Z"),
            ("2016-9-4", "2016-09-04T00:00:00.000Z"),
            ("2016-W05", "2016-02-01T00:00:00.000Z"),
            ("2016-W05-1", "2016-02-01T00:00:00.000Z"),
            ("2016-W05-7", "2016-02-07T00:00:00.000Z"),
            ("2016-123", "2016-05-02T00:00:00.000Z"),
            ("2016-09-24T", "2016-09-24T00:00:00.000Z"),
            ("2016-09-24T12", "2016-09-24T12:00:00.000Z"),
            ("2016-09-24T12:29", "2016-09-24T12:29:00.000Z"),
            ("2016-09-24T12:29:32", "2016-09-24T12:29:32.000Z"),
            ("T12:30:00Z", "1970-01-01T12:30:00.000Z"),
            ("2016-09-24T12.5", "2016-09-24T12:30:00.000Z"),
            ("2016-09-24T12:30.5", "2016-09-24T12:30:30.000Z"),
            ("2016-09-24T12:30:32.3", "2016-09-24T12:30:32.300Z"),
            ("2016-09-24T12:30:32,342", "2016-09-24T12:30:32.342Z"),
            ("2016-09-24T12:29:32.342999Z", "2016-09-24T12:29:32.342Z"),
            ("2016-09-24T12:29:32.342999999Z", "2016-09-24T12:29:32.342Z"),
            ("2016-09-24T12:29:32+02:00", "2016-09-24T10:29:32.000Z"),
            ("2016-09-24T12:29:32+0200", "2016-09-24T10:29:32.000Z"),
            ("2016-09-24T12:29:32+02", "2016-09-24T10:29:32.000Z"),
            ("2016-09-24T12:29:32-05:30", "2016-09-24T17:59:32.000Z"),
            ("2016-09-24t12:29:32z", "2016-09-24T12:29:32.000Z"),
            ("2016-02-29T23:59:59.999Z", "2016-02-29T23:59:59.999Z"),
            ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
            ("1900-03-01", "1900-03-01T00:00:00.000Z"),
            ("0001-01-01", "0001-01-01T00:00:00.000Z"),
            ("12016-01-01T00:00:00Z", "12016-01-01T00:00:00.000Z"),
            ("-0001-06-01", "-0001-06-01T00:00:00.000Z"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn refuses() {
        for text in [
            "",
            "T",
            "12:30",
            "2016Z",
            "2016-07-31Z",
            "2016-09-24 12:29:32",
            "2016-09-24T12:29:32 Z",
            "2016-09-24T24:00:00",
            "2016-09-24T12:29:60",
            "2016-09-24T12:60:00",
            "2016-13-01",
            "2016-02-30",
            "20160924T122932Z",
            "2016-09-24T12:29:32.1234567890Z",
            "20160924",
            "12016",
            "2016-",
            "2016-W54",
            "2016-W05-8",
            "2016-W05-0",
            "2016-366-1",
            "2017-366",
            "2016-00-01",
            "2016-09-24T12:",
            "2016-09-24T12:29:",
            "2016-09-24T12:29:32.",
            "2016-09-24T12:29:32+2",
            "2016-09-24T12:29:32+24:00",
            "2016-09-24T12:29:32ZZ",
            "2016-09-24T12:29:32+02:0",
            "now",
            "2016-09-24T12:29:32.5.5",
            "２０１６",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn formats_every_instant() {
        for ms in [i64::MIN, -1, 0, 1, 253_402_300_799_999, i64::MAX] {
            format_date_time(ms, &mut String::new()).unwrap();
        }
        for year in -4800..=12_000 {
            let date = NaiveDate::from_ymd_opt(year, 3, 1)
                .unwrap()
                .pred_opt()
                .unwrap();
            let days = i64::from(date.num_days_from_ce()) - EPOCH_DAY;
            let expected = (
                i64::from(year),
                i64::from(date.month()),
                i64::from(date.day()),
            );
            assert_eq!(civil(days), expected, "{date}");
        }
    }
}
