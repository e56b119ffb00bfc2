//! Reads our tree from the tokens of a definition, along the structure the parser found.

use graphql_parser::schema;

use super::{
    Problem,
    lexer::{Token, TokenKind},
    string_content,
};
use crate::{
    ast::{Argument, Directive, EnumDef, FieldDef, Literal, Name, TypeDef, TypeRef, Value},
    model::Arity,
    source::Span,
};

/// A place in the tokens of one well-formed definition.
pub(super) struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, tokens: &'a [Token]) -> Self {
        Self {
            text,
            tokens,
            at: 0,
        }
    }

    pub(super) fn type_def(
        &mut self,
        parsed: &schema::ObjectType<'_, String>,
    ) -> Result<TypeDef, Problem> {
        let docs = self.docs()?;
        self.next();
        let name = self.name();
        if parsed.fields.is_empty() {
            return Err(Problem {
                span: name.span,
                reason: format!("The type `{}` has no fields, expected `{{`", name.text),
            });
        }
        while self.at < self.tokens.len() && !self.peek().is(b'@') && !self.peek().is(b'{') {
            self.next(); // `implements …` means nothing here
        }
        let directives = self.directives(&parsed.directives)?;
        self.next();
        let fields = parsed
            .fields
            .iter()
            .map(|field| self.field(field))
            .collect::<Result<_, _>>()?;
        let close = self.next().span;
        Ok(TypeDef {
            name,
            docs,
            directives,
            fields,
            close,
        })
    }

    pub(super) fn enum_def(
        &mut self,
        parsed: &schema::EnumType<'_, String>,
    ) -> Result<EnumDef, Problem> {
        let docs = self.docs()?;
        self.next();
        let name = self.name();
        if parsed.values.is_empty() {
            return Err(Problem {
                span: name.span,
                reason: format!("The enum `{}` has no values, expected `{{`", name.text),
            });
        }
        let directives = self.directives(&parsed.directives)?;
        self.next();
        let mut values = Vec::with_capacity(parsed.values.len());
        for value in &parsed.values {
            self.docs()?;
            values.push(self.name());
            self.directives(&value.directives)?;
        }
        Ok(EnumDef {
            name,
            docs,
            directives,
            values,
        })
    }

    fn field(&mut self, parsed: &schema::Field<'_, String>) -> Result<FieldDef, Problem> {
        let docs = self.docs()?;
        let name = self.name();
        if !parsed.arguments.is_empty() {
            self.skip_brackets();
        }
        self.next();
        let ty = self.type_ref();
        let directives = self.directives(&parsed.directives)?;
        Ok(FieldDef {
            name,
            docs,
            ty,
            directives,
            hidden: false,
        })
    }

    fn type_ref(&mut self) -> TypeRef {
        let first = self.peek();
        let mut depth = 0_usize;
        let mut name = String::new();
        let last = loop {
            let last = self.next();
            match last.kind {
                TokenKind::Punctuator(b'[') => depth += 1,
                TokenKind::Punctuator(b']') => depth = depth.saturating_sub(1),
                TokenKind::Name => name = last.text(self.text).to_owned(),
                _ => {}
            }
            let more = depth > 0 || self.peek().is(b'!');
            if !more || self.at >= self.tokens.len() {
                break last;
            }
        };
        let arity = if first.is(b'[') {
            Arity::List
        } else if last.is(b'!') {
            Arity::Required
        } else {
            Arity::Optional
        };
        TypeRef {
            name,
            arity,
            span: first.span.to(last.span),
        }
    }

    fn directives(
        &mut self,
        parsed: &[schema::Directive<'_, String>],
    ) -> Result<Vec<Directive>, Problem> {
        parsed
            .iter()
            .map(|directive| self.directive(directive))
            .collect()
    }

    fn directive(&mut self, parsed: &schema::Directive<'_, String>) -> Result<Directive, Problem> {
        let first = self.next();
        let name = self.name();
        let mut span = first.span.to(name.span);
        let mut arguments = Vec::with_capacity(parsed.arguments.len());
        if !parsed.arguments.is_empty() {
            self.next();
            for _ in &parsed.arguments {
                let name = self.name();
                self.next();
                arguments.push(Argument {
                    name,
                    value: self.value()?,
                });
            }
            span = span.to(self.next().span);
        }
        Ok(Directive {
            name,
            arguments,
            span,
        })
    }

    fn value(&mut self) -> Result<Value, Problem> {
        let token = self.peek();
        let raw = token.text(self.text);
        let literal = match token.kind {
            TokenKind::Punctuator(b'[' | b'{') => {
                let span = token.span.to(self.skip_brackets());
                return Ok(Value {
                    literal: Literal::Composite,
                    text: span.of(self.text).to_owned(),
                    span,
                });
            }
            TokenKind::Punctuator(_) => {
                let span = self.next().span.to(self.next().span); // `$` and the name of a variable
                return Ok(Value {
                    literal: Literal::Composite,
                    text: span.of(self.text).to_owned(),
                    span,
                });
            }
            TokenKind::Int => Literal::Int,
            TokenKind::Float => Literal::Float,
            TokenKind::String | TokenKind::BlockString => Literal::String(self.string(token)?),
            _ => match raw {
                "true" => Literal::Boolean(true),
                "false" => Literal::Boolean(false),
                "null" => Literal::Null,
                word => Literal::Enum(word.to_owned()),
            },
        };
        self.next();
        Ok(Value {
            literal,
            text: raw.to_owned(),
            span: token.span,
        })
    }

    fn docs(&mut self) -> Result<Option<String>, Problem> {
        let token = self.peek();
        if !token.is_string() {
            return Ok(None);
        }
        self.next();
        self.string(token).map(Some)
    }

    fn string(&self, token: Token) -> Result<String, Problem> {
        string_content(self.text, token).ok_or_else(|| Problem {
            span: token.span,
            reason: "The string has an escape that is not one of `\\\"`, `\\\\`, `\\/`, `\\b`, `\\f`, `\\n`, \
                     `\\r`, `\\t`, `\\uXXXX`"
                .to_owned(),
        })
    }

    fn name(&mut self) -> Name {
        let token = self.next();
        Name {
            text: token.text(self.text).to_owned(),
            span: token.span,
        }
    }

    /// Skips what stands between the bracket here and its partner; the partner's place.
    fn skip_brackets(&mut self) -> Span {
        let mut depth = 0_usize;
        loop {
            let token = self.next();
            match token.kind {
                TokenKind::Punctuator(b'{' | b'(' | b'[') => depth += 1,
                TokenKind::Punctuator(b'}' | b')' | b']') => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 || self.at >= self.tokens.len() {
                return token.span;
            }
        }
    }

    /// The token here; past the end a closing brace, which is what definitions end with.
    fn peek(&self) -> Token {
        self.tokens.get(self.at).copied().unwrap_or(Token {
            kind: TokenKind::Punctuator(b'}'),
            span: self
                .tokens
                .last()
                .map_or_else(Span::default, |last| last.span),
        })
    }

    fn next(&mut self) -> Token {
        let token = self.peek();
        self.at += 1;
        token
    }
}
