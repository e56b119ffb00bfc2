//! Statements with the places where their values come from.

use std::borrow::Cow;
use std::sync::Arc;

use prisma_connector::{ConnectorError, Slot, Value};
use prisma_datamodel::{FieldType, ScalarType, scalar::parse_uuid};
use sea_query::{Expr, SelectStatement};

use super::few_keys::FewKeys;
use super::tokens::{Tokens, Written};
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

impl Param {
    pub(super) fn expr(self) -> Expr {
        Token::Param(self).expr()
    }
}

/// What the statement builder takes for a value: it carries a number, and gives it back where it stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Param(Param),
    /// Part of the text.
    Number(u32),
    /// Here begins what takes the list of all keys above apart.
    KeysBegin,
    /// And here it ends.
    KeysEnd,
}

impl Token {
    const DERIVED: u64 = 1 << 16;
    const PARENT: u64 = 1 << 32;
    const NUMBER: u64 = 1 << 33;
    const KEYS_BEGIN: u64 = 1 << 34;
    const KEYS_END: u64 = 1 << 35;

    pub(super) fn expr(self) -> Expr {
        Expr::val(u64::from(self))
    }
}

impl From<Token> for u64 {
    fn from(token: Token) -> Self {
        match token {
            Token::Param(Param::Slot(slot)) => slot.0.into(),
            Token::Param(Param::Derived(index)) => Token::DERIVED | Self::from(index),
            Token::Param(Param::Parent) => Token::PARENT,
            Token::Number(number) => Token::NUMBER | Self::from(number),
            Token::KeysBegin => Token::KEYS_BEGIN,
            Token::KeysEnd => Token::KEYS_END,
        }
    }
}

impl From<u64> for Token {
    fn from(token: u64) -> Self {
        // The masks leave 32 bits, or 16.
        let (number, low) = (token as u32, token as u16);
        match token {
            _ if token & Self::NUMBER != 0 => Self::Number(number),
            Self::PARENT => Self::Param(Param::Parent),
            Self::KEYS_BEGIN => Self::KeysBegin,
            Self::KEYS_END => Self::KeysEnd,
            _ if token & Self::DERIVED != 0 => Self::Param(Param::Derived(low)),
            _ => Self::Param(Param::Slot(Slot(low))),
        }
    }
}

/// A value made of one of the request's, once per execution.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Derived {
    /// The pattern of a LIKE; null if it is too long.
    Pattern(Pattern),
    /// The text of a pattern that is too long, in lower case as far as LIKE knows it; null if it is not.
    Folded(Pattern),
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

/// The pattern of a LIKE: a text, escaped, with or without a wildcard before and behind it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pattern {
    pub(super) slot: Slot,
    pub(super) before: bool,
    pub(super) behind: bool,
    pub(super) narrow: bool,
    /// In bytes.
    pub(super) longest: Option<usize>,
}

/// Escapes wildcards in patterns.
pub(super) const ESCAPE: char = '!';

fn is_escaped(character: char) -> bool {
    matches!(character, '%' | '_' | ESCAPE)
}

impl Pattern {
    fn of(&self, text: &str) -> String {
        let text = if self.narrow {
            narrow(text)
        } else {
            Cow::Borrowed(text)
        };
        let mut pattern = String::with_capacity(text.len() + 2);
        if self.before {
            pattern.push('%');
        }
        for character in text.chars() {
            if is_escaped(character) {
                pattern.push(ESCAPE);
            }
            pattern.push(character);
        }
        if self.behind {
            pattern.push('%');
        }
        pattern
    }

    fn is_too_long(&self, text: &str) -> bool {
        let wildcards = usize::from(self.before) + usize::from(self.behind);
        let length = || text.len() + text.chars().filter(|it| is_escaped(*it)).count() + wildcards;
        self.longest.is_some_and(|longest| length() > longest)
    }
}

impl Derived {
    fn value(&self, given: &[Value]) -> Result<Value, ConnectorError> {
        Ok(match *self {
            Self::Pattern(pattern) => match at(given, pattern.slot)? {
                Value::Text(text) if !pattern.is_too_long(text) => Value::Text(pattern.of(text)),
                _ => Value::Null,
            },
            Self::Folded(pattern) => match at(given, pattern.slot)? {
                Value::Text(text) if pattern.is_too_long(text) => {
                    Value::Text(text.to_ascii_lowercase())
                }
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
    /// What answers the same more cheaply if this number of rows is at most [`SHORT_PAGE`].
    short: Option<(Slot, Box<Query>)>,
    /// What answers the same more cheaply for few parents.
    few_keys: Option<Box<FewKeys>>,
}

/// Pages of so many rows have a statement of their own, where one for pages of any length costs more.
pub(super) const SHORT_PAGE: u32 = 255;

impl Query {
    pub(super) fn new(dialect: &Dialect, select: &SelectStatement) -> Result<Self, ConnectorError> {
        let mut text = Tokens::new(dialect.placeholder);
        (dialect.select)(select, &mut text);
        let Written { text, params, keys } = text.finish()?;
        Ok(Self {
            statement: Statement { text: text.into() },
            params,
            short: None,
            few_keys: keys.map(FewKeys::new).map(Box::new),
        })
    }

    /// Takes another statement for short pages; `count` is how long a page is.
    pub(super) fn shortened(self, count: Slot, short: Self) -> Self {
        Self {
            short: Some((count, Box::new(short))),
            ..self
        }
    }

    /// All texts it may run.
    pub(super) fn texts(&self) -> impl Iterator<Item = &Arc<str>> {
        let short = self.short.iter().map(|(_, short)| &short.statement.text);
        std::iter::once(&self.statement.text).chain(short)
    }

    /// The statement for these values.
    fn fitting(&self, values: &Bound<'_>) -> Result<&Self, ConnectorError> {
        Ok(match &self.short {
            Some((count, short)) => match values.slot(*count)? {
                Value::Int(count) if *count <= SHORT_PAGE.into() => short,
                _ => self,
            },
            None => self,
        })
    }

    /// Runs it for a parent, if it has one, and shows each row to the sink.
    pub(crate) async fn each<C: Connection>(
        &self,
        connection: &mut C,
        values: &Bound<'_>,
        parent: Option<&Value>,
        sink: &mut (dyn FnMut(&dyn Row) -> Result<(), ConnectorError> + Send),
    ) -> Result<(), ConnectorError> {
        let Self {
            statement,
            params,
            few_keys,
            ..
        } = self.fitting(values)?;
        if let (Some(few), Some(Value::List(keys))) = (few_keys, parent)
            && let Some((statement, count)) = few.statement(statement, keys.len())
        {
            let bound = few.bind(params, values, keys, count)?;
            return connection.each(statement, &bound, sink).await;
        }
        // Most statements have few parameters, and child statements run often.
        let mut few = [&Value::Null; 8];
        let mut many;
        let bound = match few.get_mut(..params.len()) {
            Some(few) => few,
            None => {
                many = vec![&Value::Null; params.len()];
                &mut many[..]
            }
        };
        for (place, &param) in bound.iter_mut().zip(params) {
            *place = values.get(param, parent)?;
        }
        connection.each(statement, bound, sink).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_survive_the_builder() {
        for token in [
            Token::Param(Param::Slot(Slot(0))),
            Token::Param(Param::Slot(Slot(u16::MAX))),
            Token::Param(Param::Derived(0)),
            Token::Param(Param::Derived(u16::MAX)),
            Token::Param(Param::Parent),
            Token::Number(0),
            Token::Number(u32::MAX),
            Token::KeysBegin,
            Token::KeysEnd,
        ] {
            assert_eq!(Token::from(u64::from(token)), token);
        }
    }

    fn pattern(before: bool, behind: bool) -> Pattern {
        Pattern {
            slot: Slot(0),
            before,
            behind,
            narrow: false,
            longest: Some(10),
        }
    }

    #[test]
    fn long_patterns_leave_their_place_to_folded_texts() {
        let values = |text: &str, before, behind| {
            let given = [Value::Text(text.to_owned())];
            let pattern = pattern(before, behind);
            [Derived::Pattern(pattern), Derived::Folded(pattern)]
                .map(|derived| derived.value(&given).unwrap())
        };
        let text = |text: &str| Value::Text(text.to_owned());
        assert_eq!(
            values("AbcdeFgh", true, true),
            [text("%AbcdeFgh%"), Value::Null]
        );
        assert_eq!(
            values("AbcdeFghi", true, true),
            [Value::Null, text("abcdefghi")]
        );
        assert_eq!(
            values("Abcde_gh", true, true),
            [Value::Null, text("abcde_gh")]
        );
        assert_eq!(
            values("Abcde_gh", false, true),
            [text("Abcde!_gh%"), Value::Null]
        );
    }

    #[test]
    fn no_id_is_equal_to_one_with_wide_characters() {
        assert_eq!(narrow("a🌲b"), "a\u{ffff}b");
        assert!(matches!(narrow("aäb"), Cow::Borrowed("aäb")));
    }

    #[test]
    fn wildcards_stand_for_themselves() {
        let of = |text, before, behind| pattern(before, behind).of(text);
        assert_eq!(of("50%_!x", true, false), "%50!%!_!!x");
        assert_eq!(of("", true, true), "%%");
    }
}
