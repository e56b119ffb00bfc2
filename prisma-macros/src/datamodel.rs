//! Clients from datamodels: `#[derive(Datamodel)]` and `datamodel! { … }`.

mod tokens;

use std::{env, fs, path::Path};

use prisma_codegen::{Error as ClientError, Options, Problems, generate};
use prisma_datamodel::{Diagnostic, Source, parse};
use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{Data, DeriveInput, Error, Fields, LitStr};

use self::tokens::Tokens;
use crate::attributes;

pub(crate) fn of_file(input: TokenStream) -> TokenStream {
    match syn::parse2::<DeriveInput>(input) {
        Ok(marker) => file_client(&marker).unwrap_or_else(|error| error.to_compile_error()),
        Err(error) => error.to_compile_error(),
    }
}

/// The client of the file that a marker names. What is wrong with the file is said at its path: stable Rust cannot
/// point into other files.
fn file_client(marker: &DeriveInput) -> syn::Result<TokenStream> {
    let mut errors = Vec::new();
    let literal = attributes::path(&marker.attrs, &mut errors);
    if let Some(error) = errors.into_iter().next() {
        return Err(error);
    }
    let literal = literal.ok_or_else(|| {
        let text = "`#[derive(Datamodel)]` needs `#[prisma(path = \"datamodel.prisma\")]`";
        Error::new(marker.ident.span(), text)
    })?;
    if !matches!(&marker.data, Data::Struct(data) if matches!(data.fields, Fields::Unit)) {
        let text = "`#[derive(Datamodel)]` is for a marker: `struct Datamodel;`";
        return Err(Error::new(marker.ident.span(), text));
    }
    let name = literal.value();
    let root = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    let path = Path::new(&root).join(&name);
    let text = fs::read_to_string(&path)
        .map_err(|error| Error::new(literal.span(), format!("cannot read `{name}`: {error}")))?;
    let client = client(Source::new(name, text)).map_err(|error| {
        Error::new(
            literal.span(),
            format!("{}\n\n{}", error, error.snippets().trim_end()),
        )
    })?;
    // Makes the compiler look at the file again when it has changed.
    let watched = LitStr::new(&path.to_string_lossy(), Span::call_site());
    // The marker is for this alone; nobody else makes one.
    let marker = &marker.ident;
    Ok(quote! {
        #client
        const _: &[u8] = ::core::include_bytes!(#watched);
        const _: #marker = #marker;
    })
}

fn client(source: Source) -> Result<TokenStream, ClientError> {
    generate_from(&source).map_err(|problems| ClientError::Datamodel {
        datamodel: source,
        problems,
    })
}

/// The client of a text; all that is wrong with it otherwise.
fn generate_from(source: &Source) -> Result<TokenStream, Problems> {
    let (datamodel, _) = parse(source).map_err(Problems)?;
    let options = Options {
        source: (!source.name().is_empty()).then(|| source.clone()),
        ..Options::default()
    };
    Ok(generate(&datamodel, &options)?.tokens())
}

/// The client of tokens. What is wrong with them is said where they stand.
pub(crate) fn of_tokens(input: TokenStream) -> TokenStream {
    let tokens = Tokens::read(input);
    let source = Source::new("", tokens.text());
    match generate_from(&source) {
        Ok(client) => client,
        Err(Problems(problems)) => problems
            .iter()
            .map(|problem| Error::new(tokens.span(problem.span), message(problem)))
            .map(|error| error.to_compile_error())
            .collect(),
    }
}

/// The first line alone of what is wrong with the syntax: the rest is a position in a text that nobody wrote.
fn message(problem: &Diagnostic) -> String {
    let text = if problem.is_syntax() {
        let first = problem.message.lines().next().unwrap_or("");
        first
            .rsplit_once(" (line ")
            .map_or(first, |(reason, _)| reason)
    } else {
        problem.message.trim_end()
    };
    match &problem.help {
        Some(help) => format!("{text}\nhelp: {help}"),
        None => text.to_owned(),
    }
}
