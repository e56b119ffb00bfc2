//! `#[prisma(…)]`.

use syn::{Attribute, Error, Expr, Ident, LitStr, Path, Type, meta::ParseNestedMeta};

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
            } else {
                let expected = "expected `rename = field`, `with = |relation| …` or `flatten`";
                return Err(meta.error(expected));
            }
            Ok(())
        });
        read
    }
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
