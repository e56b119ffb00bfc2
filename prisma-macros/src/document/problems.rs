//! What is wrong with a document, in the words of the compiler.

use proc_macro2::{Span, TokenStream};
use syn::{Error, Ident};

/// All that was found so far.
#[derive(Default)]
pub(super) struct Problems(Vec<Error>);

impl Problems {
    pub(super) fn add(&mut self, span: Span, text: impl std::fmt::Display) {
        self.0.push(Error::new(span, text));
    }

    /// A name that is none of these; `what` has an article.
    pub(super) fn add_with_names<'n>(
        &mut self,
        name: &Ident,
        text: String,
        what: &str,
        names: impl Iterator<Item = &'n str>,
    ) {
        let word = name.to_string();
        match similar(&word, names) {
            Some(other) => self.add(
                name.span(),
                format!("{text}\nhelp: {what} with a similar name exists: `{other}`"),
            ),
            None => self.add(name.span(), text),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn to_compile_errors(&self) -> TokenStream {
        self.0.iter().map(Error::to_compile_error).collect()
    }
}

/// The name that was meant, if it differs in case or by a letter or two.
fn similar<'n>(word: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let lower = word.to_lowercase();
    names
        .map(|name| {
            let distance = strsim::damerau_levenshtein(&lower, &name.to_lowercase());
            (distance, name)
        })
        .filter(|(distance, name)| distance * 3 <= word.len().max(name.len()))
        .min()
        .map(|(_, name)| name)
}
