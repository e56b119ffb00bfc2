//! `graphql! { db: … }`: documents that are checked against the API of a client while they are compiled.
//!
//! Tokens become a document (`syntax`); the API is the text that the generator writes beside the client (`locate`,
//! `schema`). What the document asks for is looked up there (`check`, `values`, `variables`), and becomes a struct of
//! variables per operation and structs of answers (`answer`, `emit`).

mod answer;
mod check;
mod emit;
mod locate;
mod print;
mod problems;
mod roles;
mod rust;
mod schema;
mod syntax;
mod values;
mod variables;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::LitStr;

use self::{
    answer::Answers,
    check::{Checked, check},
    emit::OperationPlan,
    locate::{Located, locate},
    problems::Problems,
    schema::Schema,
    syntax::{Document, Input, Operation},
    values::Use,
};

pub(crate) fn document(input: TokenStream) -> TokenStream {
    match syn::parse2(input) {
        Ok(input) => expand(&input),
        Err(error) => error.to_compile_error(),
    }
}

/// The structs of what is right, beside what is wrong.
fn expand(input: &Input) -> TokenStream {
    let client = &input.client;
    let structs = match locate(client, input.schema.as_ref()) {
        Ok(located) => structs(input, &located),
        Err(error) => return error.to_compile_error(),
    };
    quote! {
        #structs
        // The client is used, even by a document that needs none of its types.
        #[allow(unused_imports)]
        const _: () = { use #client as __client; };
    }
}

fn structs(input: &Input, located: &Located) -> TokenStream {
    let schema: &Schema = &located.schema;
    let document = &input.document;
    let mut problems = Problems::default();
    let checked = check(schema, document, &mut problems);
    let mut answers = Answers::new(schema, &input.client, document);
    let mut operations = TokenStream::new();
    for (at, operation) in document.operations.iter().enumerate() {
        let Some((uses, fragments)) = parts(document, &checked, at, &mut problems) else {
            continue;
        };
        let variables = variables::plan(schema, &input.client, operation, &uses, &mut problems);
        let fragments = fragments
            .iter()
            .filter_map(|&at| document.fragments.get(at));
        operations.extend(emit::operation(&OperationPlan {
            ident: name(operation),
            attributes: &operation.attributes,
            variables,
            answer: answers.operation(operation, &mut problems),
            text: print::document(operation, fragments),
        }));
    }
    let structs: TokenStream = answers.structs().iter().map(emit::answer).collect();
    let errors = problems.to_compile_errors();
    // Makes the compiler look at the file again when it has changed.
    let watched = LitStr::new(&located.path.to_string_lossy(), Span::call_site());
    quote! {
        #errors
        #operations
        #structs
        const _: &[u8] = ::core::include_bytes!(#watched);
    }
}

fn name(operation: &Operation) -> Ident {
    Ident::new(&rust::camel(&operation.name), operation.name.span())
}

/// The uses of variables in an operation, and the positions of its fragments; none if those go in circles.
fn parts<'a>(
    document: &Document,
    checked: &'a Checked<'a>,
    at: usize,
    problems: &mut Problems,
) -> Option<(Vec<Use<'a>>, Vec<usize>)> {
    let used = checked.operations.get(at)?;
    let fragments = variables::reachable(document, checked, used, problems)?;
    let mut uses = used.variables.clone();
    for &at in &fragments {
        uses.extend(checked.fragments.get(at)?.variables.iter().copied());
    }
    Some((uses, fragments))
}
