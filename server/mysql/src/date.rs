//! Dates between milliseconds and what MySQL sends.

use chrono::{DateTime, NaiveDate, Utc};
use mysql_async::Value;

/// A parameter for a `datetime(3)`. A moment that it cannot hold goes as a text, which the server refuses: sending
/// another moment would be worse.
pub(crate) fn parameter(ms: i64) -> Value {
    use chrono::{Datelike as _, Timelike as _};
    let Some(date) = DateTime::from_timestamp_millis(ms) else {
        return Value::Bytes(ms.to_string().into_bytes());
    };
    match u16::try_from(date.year()) {
        Ok(year @ 0..=9999) => Value::Date(
            year,
            date.month() as u8,
            date.day() as u8,
            date.hour() as u8,
            date.minute() as u8,
            date.second() as u8,
            date.timestamp_subsec_micros(),
        ),
        _ => Value::Bytes(format(date).into_bytes()),
    }
}

/// A moment as MySQL writes it, for JSON lists.
pub(crate) fn text(ms: i64) -> String {
    DateTime::from_timestamp_millis(ms).map_or_else(|| ms.to_string(), format)
}

fn format(date: DateTime<Utc>) -> String {
    date.format("%Y-%m-%d %H:%M:%S%.3f").to_string()
}

/// The milliseconds of a stored moment, read as UTC. None for what is no moment: MySQL's zero dates.
pub(crate) fn milliseconds(
    year: u16,
    month: u8,
    day: u8,
    hour: u8,
    minute: u8,
    second: u8,
    micros: u32,
) -> Option<i64> {
    let date = NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day))?;
    let moment = date.and_hms_micro_opt(
        u32::from(hour),
        u32::from(minute),
        u32::from(second),
        micros,
    )?;
    Some(moment.and_utc().timestamp_millis())
}
