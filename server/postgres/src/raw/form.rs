//! The database's own texts as JSON.

use tokio_postgres::types::{Kind, Type};

use super::text::write_string;

/// How the values of a column look in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Form {
    element: Element,
    is_array: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Element {
    Bool,
    Number,
    /// `json`, `jsonb`: the text is JSON already.
    Json,
    /// Texts, dates, times, and whatever else has a text.
    Text,
}

impl Form {
    #[expect(
        non_upper_case_globals,
        reason = "reads as the variant that it stands for"
    )]
    pub(super) const Text: Self = Self {
        element: Element::Text,
        is_array: false,
    };

    /// The form of a type.
    pub(super) fn of(ty: &Type) -> Self {
        match ty.kind() {
            Kind::Array(member) => Self {
                element: Element::of(member),
                is_array: true,
            },
            Kind::Domain(base) => Self::of(base),
            _ => Self {
                element: Element::of(ty),
                is_array: false,
            },
        }
    }

    /// Appends a value.
    pub(super) fn write(self, text: &str, out: &mut Vec<u8>) {
        match self.element {
            element if !self.is_array => element.write(text, out),
            element if text.starts_with(['{', '[']) => write_array(text, element, out),
            // Vectors of the catalogue count as arrays, but are not written like those.
            _ => write_string(text, out),
        }
    }
}

impl Element {
    fn of(ty: &Type) -> Self {
        match *ty {
            Type::BOOL => Self::Bool,
            Type::INT2
            | Type::INT4
            | Type::INT8
            | Type::OID
            | Type::FLOAT4
            | Type::FLOAT8
            | Type::NUMERIC => Self::Number,
            Type::JSON | Type::JSONB => Self::Json,
            _ => match ty.kind() {
                Kind::Domain(base) => Self::of(base),
                _ => Self::Text,
            },
        }
    }

    fn write(self, text: &str, out: &mut Vec<u8>) {
        match self {
            Self::Bool => out.extend_from_slice(if text == "t" { b"true" } else { b"false" }),
            Self::Number if is_number(text) => out.extend_from_slice(text.as_bytes()),
            Self::Json => out.extend_from_slice(text.as_bytes()),
            // JSON has no infinite numbers.
            Self::Number | Self::Text => write_string(text, out),
        }
    }
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.starts_with(|first: char| first.is_ascii_digit())
}

/// Appends an array such as `{{1,NULL},{2,3}}` or `[0:1]={"a","b\"c"}`: its brackets and commas become those of JSON.
fn write_array(text: &str, element: Element, out: &mut Vec<u8>) {
    let start = text.find('{').unwrap_or(text.len());
    let mut characters = text[start..].chars().peekable();
    let mut value = String::new();
    while let Some(character) = characters.next() {
        match character {
            '{' => out.push(b'['),
            '}' => out.push(b']'),
            ',' => out.push(b','),
            '"' => {
                value.clear();
                while let Some(quoted) = characters.next() {
                    match quoted {
                        '"' => break,
                        '\\' => value.extend(characters.next()),
                        other => value.push(other),
                    }
                }
                element.write(&value, out);
            }
            other => {
                value.clear();
                value.push(other);
                while let Some(more) = characters.next_if(|next| !matches!(next, ',' | '}')) {
                    value.push(more);
                }
                if value == "NULL" {
                    out.extend_from_slice(b"null");
                } else {
                    element.write(&value, out);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(ty: &Type, text: &str) -> String {
        let mut out = Vec::new();
        Form::of(ty).write(text, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn arrays_are_arrays() {
        for (ty, text, expected) in [
            (Type::INT4_ARRAY, "{}", "[]"),
            (Type::INT4_ARRAY, "{{1,NULL},{-2,3}}", "[[1,null],[-2,3]]"),
            (Type::INT8_ARRAY, "[0:1]={1,2}", "[1,2]"),
            (Type::BOOL_ARRAY, "{t,f}", "[true,false]"),
            (
                Type::TEXT_ARRAY,
                r#"{a,"NULL","b \"c\" {d,\\e}",NULL,""}"#,
                r#"["a","NULL","b \"c\" {d,\\e}",null,""]"#,
            ),
            (Type::JSONB_ARRAY, r#"{"{\"a\": 1}",2}"#, r#"[{"a": 1},2]"#),
            (Type::INT2_VECTOR, "1 2", "\"1 2\""),
        ] {
            assert_eq!(json(&ty, text), expected, "{ty} {text}");
        }
    }

    #[test]
    fn what_is_no_number_in_json_is_a_string() {
        for (text, expected) in [
            ("1e+20", "1e+20"),
            ("-0.5", "-0.5"),
            ("NaN", "\"NaN\""),
            ("-Infinity", "\"-Infinity\""),
        ] {
            assert_eq!(json(&Type::FLOAT8, text), expected);
        }
    }
}
