//! `select! { … }`: a closure that makes a tuple of field tokens, and a local struct that names its parts. The types
//! of both come from inference, so nothing here knows the model.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{
    Error, Expr, Token, braced, parenthesized,
    parse::{Parse, ParseStream, Parser},
    token::{Brace, Paren},
};

pub(crate) fn select(input: TokenStream) -> TokenStream {
    let mut errors = Vec::new();
    let read = |input: ParseStream<'_>| Ok(Set::read(input, &mut errors));
    match Parser::parse2(read, input) {
        Ok(set) => {
            let closure = closure(&set, "Selected");
            let errors = errors.iter().map(Error::to_compile_error);
            quote!({ #(#errors;)* #closure })
        }
        Err(error) => error.to_compile_error(),
    }
}

struct Set(Vec<Item>);

struct Item {
    alias: Option<Ident>,
    field: Ident,
    arguments: Vec<Argument>,
    set: Option<Set>,
}

/// `first: 3`, or `count` alone.
struct Argument {
    name: Ident,
    value: Option<Expr>,
}

impl Parse for Argument {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.parse()?;
        let value = if input.peek(Token![:]) {
            input.parse::<Token![:]>()?;
            Some(input.parse()?)
        } else {
            None
        };
        Ok(Self { name, value })
    }
}

/// The most parts that a tuple of tokens has.
const PARTS: usize = 16;

impl Set {
    /// Reads as far as it goes. In the middle of typing the rest is an error, and what was read still counts, so
    /// that completion works.
    fn read(input: ParseStream<'_>, errors: &mut Vec<Error>) -> Self {
        let mut items: Vec<Item> = Vec::new();
        while !input.is_empty() {
            match Item::read(input, errors) {
                Ok(item) if items.iter().any(|other| other.name() == item.name()) => {
                    let name = item.name();
                    let text = format!(
                        "`{name}` is there already; give one of them a name: `other: {}`",
                        item.field
                    );
                    errors.push(Error::new(name.span(), text));
                }
                Ok(item) => items.push(item),
                Err(error) => {
                    errors.push(error);
                    // The rest makes no sense without its beginning.
                    let _ = input.parse::<TokenStream>();
                }
            }
        }
        Self(items)
    }
}

impl Item {
    /// What it is called in what is read.
    fn name(&self) -> &Ident {
        self.alias.as_ref().unwrap_or(&self.field)
    }

    fn read(input: ParseStream<'_>, errors: &mut Vec<Error>) -> syn::Result<Self> {
        let mut item = Self {
            alias: None,
            field: input.parse()?,
            arguments: Vec::new(),
            set: None,
        };
        if input.peek(Token![:]) {
            input.parse::<Token![:]>()?;
            item.alias = Some(item.field);
            item.field = input.parse()?;
        }
        if input.peek(Paren) {
            let content;
            parenthesized!(content in input);
            item.arguments = arguments(&content, errors);
        }
        if input.peek(Brace) {
            let content;
            braced!(content in input);
            item.set = Some(Set::read(&content, errors));
        }
        if input.peek(Token![,]) {
            input.parse::<Token![,]>()?;
        }
        Ok(item)
    }
}

/// Arguments, as far as they can be read.
fn arguments(input: ParseStream<'_>, errors: &mut Vec<Error>) -> Vec<Argument> {
    let mut arguments = Vec::new();
    while !input.is_empty() {
        let read = input.parse().and_then(|argument| {
            arguments.push(argument);
            if input.is_empty() {
                return Ok(());
            }
            input.parse::<Token![,]>().map(drop)
        });
        if let Err(error) = read {
            errors.push(error);
            // The rest makes no sense without its beginning.
            let _ = input.parse::<TokenStream>();
        }
    }
    arguments
}

/// The closure for a set; its struct has this name.
fn closure(set: &Set, name: &str) -> TokenStream {
    let fields = Ident::new("__fields", Span::mixed_site());
    let name_of_struct = Ident::new(name, Span::mixed_site());
    let names: Vec<&Ident> = set.0.iter().map(Item::name).collect();
    let types: Vec<Ident> = (0..names.len())
        .map(|number| format_ident!("T{number}"))
        .collect();
    // Parts of the tuple by number: names of the user's may be those of constants.
    let parts: Vec<Ident> = (0..names.len())
        .map(|number| format_ident!("__part{number}"))
        .collect();
    let tokens: Vec<TokenStream> = set
        .0
        .iter()
        .map(|item| token(item, &fields, name))
        .collect();
    let (tokens, pattern) = (tuple(&tokens), tuple(&parts));
    quote! {
        |#fields| {
            #[allow(dead_code)]
            #[derive(Clone, Debug, PartialEq)]
            pub struct #name_of_struct<#(#types),*> { #(pub #names: #types),* }

            ::prisma_runtime::Mapped::new(
                #tokens,
                |#pattern| #name_of_struct { #(#names: #parts),* },
            )
        }
    }
}

/// A tuple; of more parts than one holds, a tuple of tuples.
fn tuple(parts: &[impl ToTokens]) -> TokenStream {
    if parts.len() <= PARTS {
        return quote!((#(#parts,)*));
    }
    let groups: Vec<TokenStream> = parts.chunks(PARTS).map(tuple).collect();
    tuple(&groups)
}

/// The token of one item, with its arguments and what is picked of it.
fn token(item: &Item, fields: &Ident, name: &str) -> TokenStream {
    let field = &item.field;
    let mut token = quote_spanned!(field.span()=> #fields.#field);
    for Argument { name, value } in &item.arguments {
        let about_fields = name == "order_by" || name == "filter";
        token = match value {
            None => quote_spanned!(name.span()=> #token.#name()),
            Some(value @ Expr::Closure(_)) => quote_spanned!(name.span()=> #token.#name(#value)),
            Some(value) if about_fields => {
                let value = of_fields(value, fields);
                quote_spanned!(name.span()=> #token.#name(|#fields| #value))
            }
            Some(value) => quote_spanned!(name.span()=> #token.#name(#value)),
        };
    }
    if let Some(set) = &item.set {
        let inner = closure(set, &format!("{name}{}", camel(field)));
        token = quote_spanned!(field.span()=> #token.pick(#inner));
    }
    token
}

/// The expression with the names that begin it as fields: `title.eq(t) & tags.none(…)`.
fn of_fields(expression: &Expr, fields: &Ident) -> TokenStream {
    let inner = |expression| of_fields(expression, fields);
    match expression {
        Expr::MethodCall(call) => {
            let (receiver, method, arguments) = (inner(&call.receiver), &call.method, &call.args);
            quote_spanned!(method.span()=> #receiver.#method(#arguments))
        }
        Expr::Binary(binary) => {
            let (left, operator, right) = (inner(&binary.left), &binary.op, inner(&binary.right));
            quote!(#left #operator #right)
        }
        Expr::Unary(unary) => {
            let (operator, operand) = (&unary.op, inner(&unary.expr));
            quote!(#operator #operand)
        }
        Expr::Paren(paren) => {
            let inner = inner(&paren.expr);
            quote!((#inner))
        }
        Expr::Path(path) => match path.path.get_ident() {
            Some(field) => quote_spanned!(field.span()=> #fields.#field),
            None => path.to_token_stream(),
        },
        other => other.to_token_stream(),
    }
}

/// A field's name as part of a type's.
fn camel(field: &Ident) -> String {
    let name = field.to_string();
    let words = name.trim_start_matches("r#").split('_');
    words
        .map(|word| {
            let mut letters = word.chars();
            let first = letters.next().map(|first| first.to_ascii_uppercase());
            first.into_iter().chain(letters).collect::<String>()
        })
        .collect()
}
