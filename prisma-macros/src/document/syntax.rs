//! GraphQL documents out of Rust tokens. Every name and value keeps its span.

use proc_macro2::Span;
use syn::{
    Attribute, Error, Ident, Lit, LitStr, Path, Result, Token, braced, bracketed,
    ext::IdentExt,
    parenthesized,
    parse::{Parse, ParseStream},
    token::{Brace, Bracket, Paren},
};

/// `db: query … fragment …`
pub(super) struct Input {
    pub(super) client: Path,
    /// `db in "schema.graphql": …`
    pub(super) schema: Option<LitStr>,
    pub(super) document: Document,
}

#[derive(Default)]
pub(super) struct Document {
    pub(super) operations: Vec<Operation>,
    pub(super) fragments: Vec<Fragment>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Query,
    Mutation,
}

pub(super) struct Operation {
    pub(super) attributes: Vec<Attribute>,
    pub(super) kind: Kind,
    pub(super) name: Ident,
    pub(super) variables: Vec<Variable>,
    pub(super) set: Set,
}

/// A declaration: `$first: Int! = 3`.
pub(super) struct Variable {
    pub(super) name: Ident,
    pub(super) ty: VariableType,
    pub(super) default: Option<Value>,
}

/// `Int!`, `[ID!]!`
pub(super) struct VariableType {
    pub(super) name: Ident,
    /// For a list: whether its items are required.
    pub(super) items: Option<bool>,
    pub(super) required: bool,
}

pub(super) struct Fragment {
    pub(super) attributes: Vec<Attribute>,
    pub(super) name: Ident,
    pub(super) on: Ident,
    pub(super) set: Set,
}

pub(super) struct Set {
    pub(super) items: Vec<Item>,
}

pub(super) enum Item {
    Field(Field),
    /// `...UserCard`
    Spread {
        name: Ident,
        directives: Vec<Directive>,
    },
    /// `... on User { … }`
    Inline {
        on: Option<Ident>,
        directives: Vec<Directive>,
        set: Set,
    },
}

pub(super) struct Field {
    pub(super) alias: Option<Ident>,
    pub(super) name: Ident,
    pub(super) arguments: Vec<Argument>,
    pub(super) directives: Vec<Directive>,
    pub(super) set: Option<Set>,
}

pub(super) struct Directive {
    pub(super) name: Ident,
    pub(super) arguments: Vec<Argument>,
}

/// An argument, or a field of an input object.
pub(super) struct Argument {
    pub(super) name: Ident,
    pub(super) value: Value,
}

pub(super) struct Value {
    pub(super) span: Span,
    pub(super) kind: ValueKind,
}

pub(super) enum ValueKind {
    Variable(Ident),
    Null,
    Bool(bool),
    /// As it is written.
    Int(String),
    /// As it is written.
    Float(String),
    String(String),
    Enum(Ident),
    List(Vec<Value>),
    Object(Vec<Argument>),
}

impl Field {
    /// The key in the answer.
    pub(super) fn key(&self) -> &Ident {
        self.alias.as_ref().unwrap_or(&self.name)
    }
}

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let client = input.call(Path::parse_mod_style)?;
        let schema = if input.peek(Token![in]) {
            input.parse::<Token![in]>()?;
            Some(input.parse()?)
        } else {
            None
        };
        input.parse::<Token![:]>()?;
        let document = input.parse()?;
        Ok(Self {
            client,
            schema,
            document,
        })
    }
}

impl Parse for Document {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let mut document = Self::default();
        while !input.is_empty() {
            let attributes = input.call(Attribute::parse_outer)?;
            if input.peek(Brace) {
                let text = "an operation needs a name, which its struct has: `query Feed { … }`";
                return Err(input.error(text));
            }
            let keyword = input.call(name)?;
            match keyword.to_string().as_str() {
                "query" => document
                    .operations
                    .push(operation(attributes, Kind::Query, input)?),
                "mutation" => {
                    document
                        .operations
                        .push(operation(attributes, Kind::Mutation, input)?);
                }
                "fragment" => document.fragments.push(fragment(attributes, input)?),
                "subscription" => {
                    let text = "subscriptions are no documents: use `.subscribe()` of a model";
                    return Err(Error::new(keyword.span(), text));
                }
                _ => {
                    let text = "expected `query`, `mutation` or `fragment`";
                    return Err(Error::new(keyword.span(), text));
                }
            }
        }
        Ok(document)
    }
}

fn operation(attributes: Vec<Attribute>, kind: Kind, input: ParseStream<'_>) -> Result<Operation> {
    if !input.peek(Ident::peek_any) {
        let text = "an operation needs a name, which its struct has: `query Feed { … }`";
        return Err(input.error(text));
    }
    Ok(Operation {
        attributes,
        kind,
        name: name(input)?,
        variables: in_parentheses(input)?,
        set: input.parse()?,
    })
}

fn fragment(attributes: Vec<Attribute>, input: ParseStream<'_>) -> Result<Fragment> {
    let name = name(input)?;
    on(input)?;
    Ok(Fragment {
        attributes,
        name,
        on: self::name(input)?,
        set: input.parse()?,
    })
}

fn on(input: ParseStream<'_>) -> Result<()> {
    let word = name(input)?;
    if word == "on" {
        return Ok(());
    }
    Err(Error::new(word.span(), "expected `on`"))
}

/// A name; keywords of Rust are as good as others.
fn name(input: ParseStream<'_>) -> Result<Ident> {
    input.call(Ident::parse_any).map(|ident| ident.unraw())
}

impl Parse for Variable {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        input.parse::<Token![$]>()?;
        let name = name(input)?;
        input.parse::<Token![:]>()?;
        let ty = input.parse()?;
        let default = if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            Some(input.parse()?)
        } else {
            None
        };
        Ok(Self { name, ty, default })
    }
}

impl Parse for VariableType {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if !input.peek(Bracket) {
            return Ok(Self {
                name: name(input)?,
                items: None,
                required: bang(input)?,
            });
        }
        let content;
        bracketed!(content in input);
        let name = name(&content)?;
        let items = bang(&content)?;
        if !content.is_empty() {
            return Err(content.error("expected `]`"));
        }
        Ok(Self {
            name,
            items: Some(items),
            required: bang(input)?,
        })
    }
}

fn bang(input: ParseStream<'_>) -> Result<bool> {
    Ok(input.parse::<Option<Token![!]>>()?.is_some())
}

/// What stands in parentheses, if there are any. Commas are blanks in GraphQL.
fn in_parentheses<T: Parse>(input: ParseStream<'_>) -> Result<Vec<T>> {
    if !input.peek(Paren) {
        return Ok(Vec::new());
    }
    let content;
    parenthesized!(content in input);
    all(&content)
}

fn all<T: Parse>(input: ParseStream<'_>) -> Result<Vec<T>> {
    let mut all = Vec::new();
    while !input.is_empty() {
        all.push(input.parse()?);
        commas(input)?;
    }
    Ok(all)
}

fn commas(input: ParseStream<'_>) -> Result<()> {
    while input.peek(Token![,]) {
        input.parse::<Token![,]>()?;
    }
    Ok(())
}

impl Parse for Set {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let content;
        let braces = braced!(content in input);
        let items = all(&content)?;
        if items.is_empty() {
            return Err(Error::new(braces.span.join(), "nothing is selected here"));
        }
        Ok(Self { items })
    }
}

impl Parse for Item {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if !input.peek(Token![...]) {
            return input.parse().map(Self::Field);
        }
        input.parse::<Token![...]>()?;
        if input.peek(Brace) || input.peek(Token![@]) {
            return Ok(Self::Inline {
                on: None,
                directives: directives(input)?,
                set: input.parse()?,
            });
        }
        let word = name(input)?;
        if word != "on" {
            return Ok(Self::Spread {
                name: word,
                directives: directives(input)?,
            });
        }
        Ok(Self::Inline {
            on: Some(name(input)?),
            directives: directives(input)?,
            set: input.parse()?,
        })
    }
}

impl Parse for Field {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let mut name = name(input)?;
        let mut alias = None;
        if input.peek(Token![:]) {
            input.parse::<Token![:]>()?;
            alias = Some(std::mem::replace(&mut name, self::name(input)?));
        }
        Ok(Self {
            alias,
            name,
            arguments: in_parentheses(input)?,
            directives: directives(input)?,
            set: input.peek(Brace).then(|| input.parse()).transpose()?,
        })
    }
}

fn directives(input: ParseStream<'_>) -> Result<Vec<Directive>> {
    let mut directives = Vec::new();
    while input.peek(Token![@]) {
        input.parse::<Token![@]>()?;
        directives.push(Directive {
            name: name(input)?,
            arguments: in_parentheses(input)?,
        });
    }
    Ok(directives)
}

impl Parse for Argument {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let name = name(input)?;
        input.parse::<Token![:]>()?;
        Ok(Self {
            name,
            value: input.parse()?,
        })
    }
}

impl Parse for Value {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let span = input.span();
        if input.peek(Token![$]) {
            input.parse::<Token![$]>()?;
            let name = name(input)?;
            return Ok(Self {
                span: name.span(),
                kind: ValueKind::Variable(name),
            });
        }
        if input.peek(Bracket) {
            let content;
            let brackets = bracketed!(content in input);
            return Ok(Self {
                span: brackets.span.join(),
                kind: ValueKind::List(all(&content)?),
            });
        }
        if input.peek(Brace) {
            let content;
            let braces = braced!(content in input);
            return Ok(Self {
                span: braces.span.join(),
                kind: ValueKind::Object(all(&content)?),
            });
        }
        if input.peek(Ident::peek_any) {
            let name = name(input)?;
            let kind = match name.to_string().as_str() {
                "true" => ValueKind::Bool(true),
                "false" => ValueKind::Bool(false),
                "null" => ValueKind::Null,
                _ => ValueKind::Enum(name),
            };
            return Ok(Self { span, kind });
        }
        let sign = if input.peek(Token![-]) {
            input.parse::<Token![-]>()?;
            "-"
        } else {
            ""
        };
        let literal = input
            .parse::<Lit>()
            .map_err(|error| Error::new(error.span(), "expected a value"))?;
        let kind = match &literal {
            Lit::Int(int) if int.suffix().is_empty() => {
                ValueKind::Int(format!("{sign}{}", int.base10_digits()))
            }
            Lit::Float(float) if float.suffix().is_empty() => {
                ValueKind::Float(format!("{sign}{}", float.base10_digits()))
            }
            Lit::Str(text) if sign.is_empty() => ValueKind::String(text.value()),
            _ => return Err(Error::new(literal.span(), "no value of GraphQL")),
        };
        Ok(Self {
            span: literal.span(),
            kind,
        })
    }
}
