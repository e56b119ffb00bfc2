//! Random values: few, so that they meet again, and of the kinds on which stores part ways.

use super::{Generator, View};
use crate::{
    schema::{ScalarField, ScalarType},
    value::Value,
};

/// Small and capital letters, wildcards, quotes, blanks, nothing. Their order is the same in every locale as long as
/// nobody compares letters of different case, see `differences.rs`.
const TEXTS: &[&str] = &[
    "",
    "ash",
    "ash tree",
    "birch",
    "elm",
    "fig%",
    "gum_tree",
    "hazel!",
    "iris\\n",
    "juniper's",
    "k\"",
    "larch",
    "maple",
    "oak",
    "oak ",
    "pine",
    "rowan",
    "willow",
    "yew",
    "zebrawood 🌲",
];

/// Parts of those, for searches.
const PARTS: &[&str] = &[
    "🌲", "", "a", "e", "ash", "tree", " ", "%", "_", "!", "\\", "'", "\"", "oak", "OAK", "Ash",
    "l%", "m_",
];

const FLOATS: &[f64] = &[0.0, 1.0, -1.5, 0.25, 3.125, 1000.5, -20.0, 0.1, 2.675];

const MOMENTS: &[&str] = &[
    "1969-12-31T23:59:59.999Z",
    "1970-01-01T00:00:00.000Z",
    "2016-02-29T12:00:00.000Z",
    "2018-12-05T12:34:23.001Z",
    "2018-12-05T12:34:23.002Z",
    "2031-07-01T08:15:00.500Z",
];

const DOCUMENTS: &[&str] = &[
    r#"{"a":1}"#,
    r#"{"b":[1,2.5,"x"],"a":null}"#,
    "[]",
    r#"[{"deep":{"er":true}}]"#,
];

impl Generator {
    /// A value for a field that is not a list.
    pub(super) fn value(&mut self, view: View<'_>, ty: ScalarType) -> Value {
        let random = &mut self.random;
        let text = |text: Option<&&str>| text.map_or_else(String::new, |text| (*text).to_owned());
        match ty {
            ScalarType::Id => Value::Text(format!("i{}", random.below(5))),
            ScalarType::Uuid => {
                let digit = random.below(5);
                Value::Text(format!("00000000-0000-4000-8000-00000000000{digit}"))
            }
            ScalarType::String => Value::Text(text(random.pick(TEXTS))),
            ScalarType::Int => {
                const INTS: &[i64] = &[0, 1, 2, 3, -1, 7, 2_147_483_647, -2_147_483_648];
                Value::Int(random.pick(INTS).copied().unwrap_or(0))
            }
            ScalarType::Float => Value::Float(random.pick(FLOATS).copied().unwrap_or(0.0)),
            ScalarType::Boolean => Value::Boolean(random.chance(50)),
            ScalarType::DateTime => Value::DateTime(text(random.pick(MOMENTS))),
            ScalarType::Json => Value::Json(text(random.pick(DOCUMENTS))),
            ScalarType::Enum(index) => {
                let value = random.pick(&view.schema.enums[index]);
                Value::Enum(value.cloned().unwrap_or_default())
            }
        }
    }

    /// A value that no node has.
    pub(super) fn unique_value(&mut self, ty: ScalarType) -> Value {
        self.fresh += 1;
        let number = self.fresh;
        // The letters keep the order of ids apart from the order of creation.
        let letter = char::from(b'a' + u8::try_from(self.random.below(26)).unwrap_or(0));
        match ty {
            ScalarType::Int => Value::Int(10_000 + i64::from(number)),
            ScalarType::Float => Value::Float(f64::from(number) + 10_000.5),
            ScalarType::Uuid => Value::Text(format!(
                "{:08x}-0000-4000-8000-{number:012x}",
                self.random.bits() & 0xffff_ffff
            )),
            ScalarType::DateTime => Value::DateTime(format!(
                "2001-01-01T{:02}:{:02}:{:02}.000Z",
                number / 3600 % 24,
                number / 60 % 60,
                number % 60
            )),
            _ => Value::Text(format!("{letter}{number}")),
        }
    }

    /// A value for a field of a node: fresh where it must be, at times null or one that another node has.
    pub(super) fn field_value(
        &mut self,
        view: View<'_>,
        model: usize,
        field: usize,
        scalar: &ScalarField,
    ) -> Value {
        use crate::schema::Arity;
        match scalar.arity {
            Arity::List => {
                let count = self.random.below(4);
                Value::List((0..count).map(|_| self.value(view, scalar.ty)).collect())
            }
            Arity::Optional if self.random.chance(25) => Value::Null,
            Arity::Required if self.random.chance(1) => Value::Null,
            _ if scalar.unique && self.random.chance(6) => self.stored(view, model, field),
            _ if scalar.unique => self.unique_value(scalar.ty),
            _ => self.value(view, scalar.ty),
        }
    }

    /// The value of some node, or a fresh one.
    fn stored(&mut self, view: View<'_>, model: usize, field: usize) -> Value {
        match self.random.pick(&view.state.of(model)) {
            Some(&node) if !view.state.value(node, field).is_null() => {
                view.state.value(node, field).clone()
            }
            _ => self.unique_value(view.schema.scalar(model, field).ty),
        }
    }

    /// A value to compare a field with.
    pub(super) fn wanted(&mut self, view: View<'_>, model: usize, field: usize) -> Value {
        let ty = view.schema.scalar(model, field).ty;
        let nodes = view.state.of(model);
        match self.random.pick(&nodes) {
            Some(&node) if self.random.chance(60) && !view.state.value(node, field).is_null() => {
                view.state.value(node, field).clone()
            }
            _ => self.value(view, ty),
        }
    }

    /// A text to search a field for.
    pub(super) fn part(&mut self, view: View<'_>, model: usize, field: usize) -> Value {
        let Value::Text(text) = self.wanted(view, model, field) else {
            return Value::Text("a".to_owned());
        };
        if self.random.chance(50) {
            let is_id = view.schema.scalar(model, field).ty == ScalarType::Id;
            // Ids on MySQL and MariaDB have three bytes for a character.
            let parts = &PARTS[usize::from(is_id)..];
            let part = self.random.pick(parts).copied().unwrap_or_default();
            return Value::Text(part.to_owned());
        }
        let letters: Vec<char> = text.chars().collect();
        let start = self.random.below(letters.len() + 1);
        let length = self.random.below(letters.len() - start + 1);
        let part = letters.iter().skip(start).take(length);
        Value::Text(if self.random.chance(20) {
            part.flat_map(|letter| letter.to_uppercase()).collect()
        } else {
            part.collect()
        })
    }
}
