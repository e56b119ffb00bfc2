//! YAML as the original read it: loosely. Nulls and empty texts count as absent, so do values of another type;
//! numbers and booleans may be written as texts; unknown keys are ignored (deploy.md §6.2).

use std::{borrow::Cow, str::FromStr};

use serde_json::Value;

use super::ConfigError;

/// A text as a map.
pub(super) fn parse(text: &str) -> Result<Map<'static>, ConfigError> {
    // Lines around a mistake may hold secrets.
    let options = serde_saphyr::options! { with_snippet: false };
    let value: Value = serde_saphyr::from_str_with_options(text, options)
        .map_err(|error| ConfigError::Yaml(error.to_string()))?;
    match value {
        Value::Object(entries) => Ok(Map(Cow::Owned(entries))),
        Value::Null => Ok(Map(Cow::default())),
        _ => Err(ConfigError::NotAMap),
    }
}

/// A map of the text.
pub(super) struct Map<'a>(Cow<'a, serde_json::Map<String, Value>>);

impl Map<'_> {
    /// A text; other scalars count as what was written.
    pub(super) fn text(&self, key: &str) -> Option<String> {
        match self.0.get(key)? {
            Value::String(text) if text.is_empty() => None,
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(value) => Some(value.to_string()),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        }
    }

    /// A number; one that does not fit its type counts as absent.
    pub(super) fn integer<T: FromStr>(&self, key: &str) -> Option<T> {
        self.text(key)?.trim().parse().ok()
    }

    /// `true` or `false` in any case.
    pub(super) fn boolean(&self, key: &str) -> Option<bool> {
        self.text(key)?.trim().to_ascii_lowercase().parse().ok()
    }

    /// A map within this map.
    pub(super) fn child(&self, key: &str) -> Option<Map<'_>> {
        let entries = self.0.get(key)?.as_object()?;
        Some(Map(Cow::Borrowed(entries)))
    }

    /// The first entry of a map within this map, if that is a map too.
    pub(super) fn map(&self, key: &str) -> Option<(&str, Map<'_>)> {
        let (name, entry) = self.0.get(key)?.as_object()?.iter().next()?;
        let entry = entry.as_object()?;
        Some((name, Map(Cow::Borrowed(entry))))
    }
}
