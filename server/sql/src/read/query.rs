//! Statements with the places where their values come from.

use std::borrow::Cow;

use prisma_connector::{ConnectorError, Slot, Value};
use prisma_datamodel::{FieldType, ScalarType, scalar::parse_uuid};
use sea_query::{Expr, SelectStatement};

use crate::dialect::Dialect;
use crate::driver::{Connection, Row, Statement};

/// Where the value of a parameter comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Param {
    /// The values of the request.
    Slot(Slot),
    /// The values made of them.
    Derived(u16),
    /// The row above, or a list of all rows above.
    Parent,
}

/// The statement builder carries a parameter as a number and gives it back in the order of the text.
impl Param {
    const DERIVED: u64 = 1 << 16;
    const PARENT: u64 = 1 << 32;

    pub(super) fn token(self) -> u64 {
        match self {
            Self::Slot(slot) => slot.0.into(),
            Self::Derived(index) => Self::DERIVED | u64::from(index),
            Self::Parent => Self::PARENT,
        }
    }

    fn from_token(token: u64) -> Self {
        // The masks leave 16 bits.
        let low = (token & 0xffff) as u16;
        match token {
            Self::PARENT => Self::Parent,
            _ if token & Self::DERIVED != 0 => Self::Derived(low),
            _ => Self::Slot(Slot(low)),
        }
    }

    pub(super) fn expr(self) -> Expr {
        Expr::val(self.token())
    }
}

/// A value made of one of the request's, once per execution.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Derived {
    /// The pattern of a LIKE: the text, escaped, with or without a wildcard before and behind it.
    Pattern {
        slot: Slot,
        before: bool,
        behind: bool,
        narrow: bool,
    },
    /// An id without characters that no id has ([`narrow`]).
    Narrow(Slot),
    /// A count and one more.
    OneMore(Slot),
    /// Two counts together.
    Sum(Slot, Slot),
    /// As many as there are.
    NoLimit,
    /// A text as an id of this type; null if it is none.
    Id {
        slot: Slot,
        ty: FieldType,
        narrow: bool,
    },
}

/// Escapes wildcards in patterns.
pub(super) const ESCAPE: char = '!';

impl Derived {
    fn value(&self, given: &[Value]) -> Result<Value, ConnectorError> {
        Ok(match *self {
            Self::Pattern {
                slot,
                before,
                behind,
                narrow: is_narrow,
            } => match at(given, slot)? {
                Value::Text(text) if is_narrow => {
                    Value::Text(pattern(&narrow(text), before, behind))
                }
                Value::Text(text) => Value::Text(pattern(text, before, behind)),
                _ => Value::Null,
            },
            Self::Narrow(slot) => narrowed(at(given, slot)?),
            Self::OneMore(slot) => match at(given, slot)? {
                Value::Int(count) => Value::Int(count.saturating_add(1)),
                other => other.clone(),
            },
            Self::Sum(one, other) => match (at(given, one)?, at(given, other)?) {
                (Value::Int(one), Value::Int(other)) => Value::Int(one.saturating_add(*other)),
                _ => Value::Null,
            },
            Self::NoLimit => Value::Int(i64::MAX),
            Self::Id {
                slot,
                ty,
                narrow: is_narrow,
            } => match (at(given, slot)?, ty) {
                (Value::Text(text), FieldType::Scalar(ScalarType::Uuid)) => {
                    parse_uuid(text).map_or(Value::Null, Value::Uuid)
                }
                (Value::Text(text), FieldType::Scalar(ScalarType::Int)) => {
                    text.parse().map_or(Value::Null, Value::Int)
                }
                (other, _) if is_narrow => narrowed(other),
                (other, _) => other.clone(),
            },
        })
    }
}

/// A text without characters beyond U+FFFF. Where one was is U+FFFF, which is no character: so nothing is equal.
fn narrow(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_wide) {
        Cow::Owned(text.replace(is_wide, "\u{ffff}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Does it take more than three bytes?
pub(crate) fn is_wide(character: char) -> bool {
    u32::from(character) > 0xffff
}

fn narrowed(value: &Value) -> Value {
    match value {
        Value::Text(text) => Value::Text(narrow(text).into_owned()),
        other => other.clone(),
    }
}

fn pattern(text: &str, before: bool, behind: bool) -> String {
    let mut pattern = String::with_capacity(text.len() + 2);
    if before {
        pattern.push('%');
    }
    for character in text.chars() {
        if matches!(character, '%' | '_' | ESCAPE) {
            pattern.push(ESCAPE);
        }
        pattern.push(character);
    }
    if behind {
        pattern.push('%');
    }
    pattern
}

fn at(given: &[Value], slot: Slot) -> Result<&Value, ConnectorError> {
    given
        .get(usize::from(slot.0))
        .ok_or(ConnectorError::Plan("a slot has no value"))
}

/// The values of one execution.
#[derive(Debug)]
pub(crate) struct Bound<'a> {
    given: &'a [Value],
    derived: Vec<Value>,
}

impl<'a> Bound<'a> {
    pub(crate) fn new(given: &'a [Value], derived: &[Derived]) -> Result<Self, ConnectorError> {
        let derived = derived
            .iter()
            .map(|derived| derived.value(given))
            .collect::<Result<_, _>>()?;
        Ok(Self { given, derived })
    }

    pub(super) fn slot(&self, slot: Slot) -> Result<&Value, ConnectorError> {
        at(self.given, slot)
    }

    pub(super) fn get<'s>(
        &'s self,
        param: Param,
        parent: Option<&'s Value>,
    ) -> Result<&'s Value, ConnectorError> {
        match param {
            Param::Slot(slot) => at(self.given, slot),
            Param::Derived(index) => self
                .derived
                .get(usize::from(index))
                .ok_or(ConnectorError::Plan("a derived value is missing")),
            Param::Parent => parent.ok_or(ConnectorError::Plan("a statement needs a parent")),
        }
    }
}

/// A statement and its parameters.
#[derive(Debug)]
pub(crate) struct Query {
    pub(super) statement: Statement,
    pub(super) params: Vec<Param>,
}

impl Query {
    pub(super) fn new(dialect: &Dialect, select: &SelectStatement) -> Result<Self, ConnectorError> {
        let (text, values) = (dialect.select)(select);
        let params = values
            .into_iter()
            .map(|value| match value {
                sea_query::Value::BigUnsigned(Some(token)) => Ok(Param::from_token(token)),
                _ => Err(ConnectorError::Plan("a value became part of a statement")),
            })
            .collect::<Result<_, _>>()?;
        let statement = Statement { text: text.into() };
        Ok(Self { statement, params })
    }

    /// Runs it for a parent, if it has one, and shows each row to the sink.
    pub(crate) async fn each<C: Connection>(
        &self,
        connection: &mut C,
        values: &Bound<'_>,
        parent: Option<&Value>,
        sink: &mut (dyn FnMut(&dyn Row) -> Result<(), ConnectorError> + Send),
    ) -> Result<(), ConnectorError> {
        // Most statements have few parameters, and child statements run often.
        let mut few = [&Value::Null; 8];
        let mut many;
        let bound = match few.get_mut(..self.params.len()) {
            Some(few) => few,
            None => {
                many = vec![&Value::Null; self.params.len()];
                &mut many[..]
            }
        };
        for (place, &param) in bound.iter_mut().zip(&self.params) {
            *place = values.get(param, parent)?;
        }
        connection.each(&self.statement, bound, sink).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_survive_the_builder() {
        for param in [
            Param::Slot(Slot(0)),
            Param::Slot(Slot(u16::MAX)),
            Param::Derived(0),
            Param::Derived(u16::MAX),
            Param::Parent,
        ] {
            assert_eq!(Param::from_token(param.token()), param);
        }
    }

    #[test]
    fn no_id_is_equal_to_one_with_wide_characters() {
        assert_eq!(narrow("a🌲b"), "a\u{ffff}b");
        assert!(matches!(narrow("aäb"), Cow::Borrowed("aäb")));
    }

    #[test]
    fn wildcards_stand_for_themselves() {
        assert_eq!(pattern("50%_!x", true, false), "%50!%!_!!x");
        assert_eq!(pattern("", true, true), "%%");
    }
}
