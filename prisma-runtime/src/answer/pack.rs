//! JSON to packed values, in one pass and without a tree.
//!
//! Servers keep the order of the selection, as GraphQL asks them to; proxies may not. What comes out of turn waits for
//! the end of its record.

use std::{borrow::Cow, fmt};

use prisma_packed::write;
use serde::{
    Deserialize,
    de::{
        DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
        value::MapAccessDeserializer,
    },
};
use serde_json::value::RawValue;

use super::{check, refuse};
use crate::{
    error::{Error, PathItem, Result, ServerError},
    json::Key,
    select::SelectionSet,
};

/// The values of `data`.
///
/// # Errors
/// The entries of `errors`, whatever `data` holds beside them; fields that are missing; bytes that are not a response.
pub(super) fn response(bytes: &[u8], roots: &SelectionSet) -> Result<Vec<u8>> {
    let mut packer = Packer {
        out: Vec::with_capacity(bytes.len()),
        failure: None,
    };
    let response = Response {
        packer: &mut packer,
        roots,
    };
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let errors = response
        .deserialize(&mut json)
        .and_then(|errors| json.end().map(|()| errors));
    match (errors, packer.failure) {
        (Ok(errors), _) => refuse(errors)?,
        (Err(_), Some(failure)) => {
            check(bytes)?;
            return Err(failure);
        }
        (Err(error), None) => return Err(error.into()),
    }
    Ok(packer.out)
}

struct Packer {
    out: Vec<u8>,
    /// What is wrong with an answer that is JSON; the error of the parser says nothing then.
    failure: Option<Error>,
}

impl Packer {
    fn missing<E: serde::de::Error>(&mut self, key: &str) -> E {
        let error = Error::decode("this field", "nothing");
        self.failure = Some(error.under(PathItem::Key(key.to_owned())));
        E::custom("a field is missing")
    }

    /// An error from one step further down.
    fn under<E>(&mut self, error: E, item: PathItem) -> E {
        self.failure = self.failure.take().map(|failure| failure.under(item));
        error
    }
}

/// A whole response: packs `data`, gives `errors`.
struct Response<'p, 's> {
    packer: &'p mut Packer,
    roots: &'s SelectionSet,
}

impl<'de> DeserializeSeed<'de> for Response<'_, '_> {
    type Value = Option<Vec<ServerError>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Response<'_, '_> {
    type Value = Option<Vec<ServerError>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a response")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut errors = None;
        while let Some(Key(key)) = map.next_key()? {
            match &*key {
                "data" => map.next_value_seed(Value {
                    packer: &mut *self.packer,
                    set: Some(self.roots),
                })?,
                "errors" => errors = map.next_value()?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(errors)
    }
}

/// One value, of which this was asked; nothing is asked of scalars.
struct Value<'p, 's> {
    packer: &'p mut Packer,
    set: Option<&'s SelectionSet>,
}

impl<'de> DeserializeSeed<'de> for Value<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        write::null(&mut self.packer.out);
        Ok(())
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        write::bool(value, &mut self.packer.out);
        Ok(())
    }

    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        write::int(number, &mut self.packer.out);
        Ok(())
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        match i64::try_from(number) {
            Ok(number) => write::int(number, &mut self.packer.out),
            Err(_) => write::float(number as f64, &mut self.packer.out),
        }
        Ok(())
    }

    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        write::float(number, &mut self.packer.out);
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        write::text(text, &mut self.packer.out);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let Self { packer, set } = self;
        let begin = packer.out.len();
        write::list(&mut packer.out);
        let mut index = 0;
        loop {
            let value = Value {
                packer: &mut *packer,
                set,
            };
            match seq.next_element_seed(value) {
                Ok(Some(())) => index += 1,
                Ok(None) => break,
                Err(error) => return Err(packer.under(error, PathItem::Index(index))),
            }
        }
        write::end_list(begin, index, &mut packer.out);
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        let Self { packer, set } = self;
        if let Some(set) = set {
            return record(packer, set, map);
        }
        let json = serde_json::Value::deserialize(MapAccessDeserializer::new(map))?;
        write::json(&json.to_string(), &mut packer.out);
        Ok(())
    }
}

/// A record, its fields in the order of the selection.
fn record<'de, A: MapAccess<'de>>(
    packer: &mut Packer,
    set: &SelectionSet,
    mut map: A,
) -> Result<(), A::Error> {
    write::record(&mut packer.out);
    let mut asked = set
        .fields
        .iter()
        .filter(|field| field.is_asked())
        .peekable();
    let mut early: Vec<(Cow<'de, str>, &'de RawValue)> = Vec::new();
    while let Some(Key(key)) = map.next_key()? {
        if let Some(field) = asked.next_if(|field| field.key == key) {
            let value = Value {
                packer: &mut *packer,
                set: field.set.as_ref(),
            };
            map.next_value_seed(value)
                .map_err(|error| packer.under(error, PathItem::Key(key.into_owned())))?;
        } else if asked.peek().is_some() {
            early.push((key, map.next_value()?));
        } else {
            map.next_value::<IgnoredAny>()?;
        }
    }
    for field in asked {
        let Some((_, json)) = early.iter().find(|(key, _)| field.key == *key) else {
            return Err(packer.missing(&field.key));
        };
        let value = Value {
            packer: &mut *packer,
            set: field.set.as_ref(),
        };
        value
            .deserialize(&mut serde_json::Deserializer::from_str(json.get()))
            .map_err(|error| {
                packer.under(
                    A::Error::custom(error),
                    PathItem::Key(field.key.clone().into_owned()),
                )
            })?;
    }
    write::end(&mut packer.out);
    Ok(())
}
