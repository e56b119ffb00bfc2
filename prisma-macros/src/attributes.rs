//! `#[prisma(…)]`.

use proc_macro2::Span;
use syn::{
    Attribute, Error, Expr, Ident, LitStr, Path, Token, Type, meta::ParseNestedMeta, parse::Parse,
    spanned::Spanned,
};

/// On a struct that selects fields.
#[derive(Default)]
pub(crate) struct OnStruct {
    pub(crate) model: Option<Path>,
    pub(crate) vars: Option<Type>,
}

/// On one of its fields.
#[derive(Default)]
pub(crate) struct OnField {
    pub(crate) rename: Option<Ident>,
    pub(crate) with: Option<Expr>,
    pub(crate) flatten: bool,
    /// The variables of the struct are those of the field's type, too.
    pub(crate) vars: bool,
    pub(crate) count: Option<Count>,
    pub(crate) default: Option<Fallback>,
    pub(crate) skip: bool,
}

/// A relation whose records are counted.
pub(crate) enum Count {
    /// Named by the field, as in `posts_count`.
    OfName(Span),
    Of(Ident),
}

/// What stands for null.
pub(crate) enum Fallback {
    OfType,
    Value(Expr),
}

impl OnStruct {
    pub(crate) fn read(attributes: &[Attribute], errors: &mut Vec<Error>) -> Self {
        let mut read = Self::default();
        each(attributes, errors, |meta| {
            if meta.path.is_ident("model") {
                read.model = Some(meta.value()?.parse()?);
            } else if meta.path.is_ident("vars") {
                read.vars = Some(meta.value()?.parse()?);
            } else {
                return Err(meta.error("expected `model = path::of::Model` or `vars = Type`"));
            }
            Ok(())
        });
        read
    }
}

impl OnField {
    pub(crate) fn read(attributes: &[Attribute], errors: &mut Vec<Error>) -> Self {
        let mut read = Self::default();
        each(attributes, errors, |meta| {
            if meta.path.is_ident("rename") {
                read.rename = Some(meta.value()?.parse()?);
            } else if meta.path.is_ident("with") {
                read.with = Some(meta.value()?.parse()?);
            } else if meta.path.is_ident("flatten") {
                read.flatten = true;
            } else if meta.path.is_ident("vars") {
                read.vars = true;
            } else if meta.path.is_ident("count") {
                read.count = Some(match optional(&meta)? {
                    Some(relation) => Count::Of(relation),
                    None => Count::OfName(meta.path.span()),
                });
            } else if meta.path.is_ident("default") {
                read.default = Some(optional(&meta)?.map_or(Fallback::OfType, Fallback::Value));
            } else if meta.path.is_ident("skip") {
                read.skip = true;
            } else {
                let expected = "expected `rename = field`, `with = |relation| …`, `vars`, `flatten`, `count`, \
                                `default` or `skip`";
                return Err(meta.error(expected));
            }
            Ok(())
        });
        read
    }
}

/// The value behind a name, if there is one.
fn optional<T: Parse>(meta: &ParseNestedMeta<'_>) -> syn::Result<Option<T>> {
    if meta.input.peek(Token![=]) {
        return meta.value()?.parse().map(Some);
    }
    Ok(None)
}

/// The path of a datamodel.
pub(crate) fn path(attributes: &[Attribute], errors: &mut Vec<Error>) -> Option<LitStr> {
    let mut path = None;
    each(attributes, errors, |meta| {
        if !meta.path.is_ident("path") {
            return Err(meta.error("expected `path = \"datamodel.prisma\"`"));
        }
        path = Some(meta.value()?.parse()?);
        Ok(())
    });
    path
}

/// Reads every `#[prisma(…)]`. What is wrong is kept for later, so that the rest is still expanded.
fn each(
    attributes: &[Attribute],
    errors: &mut Vec<Error>,
    mut read: impl FnMut(ParseNestedMeta<'_>) -> syn::Result<()>,
) {
    for attribute in attributes {
        if attribute.path().is_ident("prisma")
            && let Err(error) = attribute.parse_nested_meta(&mut read)
        {
            errors.push(error);
        }
    }
}
