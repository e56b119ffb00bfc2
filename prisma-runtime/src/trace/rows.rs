//! How many records an answer has.

use std::fmt;

use prisma_packed::{Malformed, Reader, Token};
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use crate::{
    answer,
    error::{ServerError, combine},
};

/// The records of the root fields: the elements of lists, and single records.
///
/// # Errors
/// The name of the kind, if the answer tells of errors.
pub(super) fn count(bytes: &[u8]) -> Result<u64, &'static str> {
    if let Some(values) = prisma_packed::value(bytes) {
        return Ok(packed(values).unwrap_or(0));
    }
    let response: Response = match serde_json::from_slice(bytes) {
        Ok(response) => response,
        // Whoever reads the answer says what is wrong with it.
        Err(_) => {
            return answer::check(bytes).map_or_else(|error| Err(error.kind().name()), |()| Ok(0));
        }
    };
    match combine(response.errors.unwrap_or_default()) {
        Some(error) => Err(error.kind().name()),
        None => Ok(response.data.map_or(0, |Data(rows)| rows)),
    }
}

/// Of a packed answer, whose value is the record of the root fields.
fn packed(values: &[u8]) -> Result<u64, Malformed> {
    let mut values = Reader::new(values);
    let mut rows = 0;
    values.token()?;
    while !values.is_end() {
        match values.token()? {
            Token::Record => {
                values.finish()?;
                rows += 1;
            }
            Token::List(_) => {
                while !values.is_end() {
                    if matches!(values.token()?, Token::Record | Token::List(_)) {
                        values.finish()?;
                    }
                    rows += 1;
                }
            }
            Token::End => return Err(Malformed),
            _ => {}
        }
    }
    Ok(rows)
}

/// An answer in JSON, of which nothing is kept.
#[derive(Deserialize)]
struct Response {
    data: Option<Data>,
    errors: Option<Vec<ServerError>>,
}

/// How many records there are in all root fields.
struct Data(u64);

impl<'de> Deserialize<'de> for Data {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(DataVisitor)
    }
}

struct DataVisitor;

impl<'de> Visitor<'de> for DataVisitor {
    type Value = Data;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("root fields")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Data, A::Error> {
        let mut all = 0;
        while let Some((IgnoredAny, Rows(rows))) = map.next_entry()? {
            all += rows;
        }
        Ok(Data(all))
    }
}

/// How many records there are in a root field.
struct Rows(u64);

impl<'de> Deserialize<'de> for Rows {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(RowsVisitor)
    }
}

struct RowsVisitor;

impl<'de> Visitor<'de> for RowsVisitor {
    type Value = Rows;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a root field")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Rows, A::Error> {
        let mut rows = 0;
        while list.next_element::<IgnoredAny>()?.is_some() {
            rows += 1;
        }
        Ok(Rows(rows))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut record: A) -> Result<Rows, A::Error> {
        while record.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Rows(1))
    }

    /// Documents of the program's own may have scalars there.
    fn visit_unit<E>(self) -> Result<Rows, E> {
        Ok(Rows(0))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Rows, E> {
        Ok(Rows(0))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Rows, E> {
        Ok(Rows(0))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Rows, E> {
        Ok(Rows(0))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Rows, E> {
        Ok(Rows(0))
    }

    fn visit_str<E>(self, _: &str) -> Result<Rows, E> {
        Ok(Rows(0))
    }
}
