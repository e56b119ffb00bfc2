//! The types of arguments and variables.

use apollo_compiler::ast;
use prisma_api::{ApiScalar, ApiSchema, ApiType, TypeId, TypeRef, Wrap};
use prisma_datamodel::ScalarType;

/// An input type with its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct InputType {
    pub(crate) named: Named,
    /// Is null refused?
    pub(crate) required: bool,
    pub(crate) list: bool,
    /// Is null refused as an element of the list?
    pub(crate) required_elements: bool,
}

/// An input type without its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    Scalar(ApiScalar),
    Enum(TypeId),
    Object(TypeId),
}

impl InputType {
    /// The type of an argument or of a key; `None` for output types.
    pub(crate) fn of(api: &ApiSchema, reference: TypeRef) -> Option<Self> {
        let (_, ty) = api.get(reference.ty)?;
        Some(Self {
            named: named(reference.ty, ty)?,
            required: reference.wrap.is_required(),
            list: reference.wrap.is_list(),
            required_elements: matches!(reference.wrap, Wrap::OptionalList | Wrap::RequiredList),
        })
    }

    /// A type as written in a document; `None` for output types, unknown ones and lists of lists.
    pub(crate) fn written(api: &ApiSchema, ty: &ast::Type) -> Option<Self> {
        let (element, list) = match ty {
            ast::Type::List(element) | ast::Type::NonNullList(element) => (&**element, true),
            ast::Type::Named(_) | ast::Type::NonNullNamed(_) => (ty, false),
        };
        let (ast::Type::Named(name) | ast::Type::NonNullNamed(name)) = element else {
            return None;
        };
        let named = match api.lookup(name) {
            Some((id, ty)) => named(id, ty)?,
            None => Named::Scalar(ApiScalar::Datamodel(ScalarType::from_name(name)?)),
        };
        Some(Self {
            named,
            required: ty.is_non_null(),
            list,
            required_elements: list && element.is_non_null(),
        })
    }

    /// The type of a list's elements.
    pub(crate) fn element(self) -> Self {
        Self {
            named: self.named,
            required: self.required_elements,
            list: false,
            required_elements: false,
        }
    }

    /// May a variable of this type stand where `position` is expected?
    pub(crate) fn fits(self, has_default: bool, position: Self) -> bool {
        self.named == position.named
            && self.list == position.list
            && (self.required || has_default || !position.required)
            && (self.required_elements || !position.required_elements)
    }

    /// As messages show it: `[String!]`.
    pub(crate) fn describe(self, api: &ApiSchema) -> String {
        let mut text = self.name(api).to_owned();
        if self.list {
            let bang = if self.required_elements { "!" } else { "" };
            text = format!("[{text}{bang}]");
        }
        if self.required {
            text.push('!');
        }
        text
    }

    /// The name without modifiers.
    pub(crate) fn name(self, api: &ApiSchema) -> &str {
        match self.named {
            Named::Scalar(scalar) => scalar.name(),
            Named::Enum(id) | Named::Object(id) => api.get(id).map_or("", |(name, _)| name),
        }
    }
}

fn named(id: TypeId, ty: &ApiType) -> Option<Named> {
    Some(match ty {
        ApiType::Scalar(scalar) => Named::Scalar(*scalar),
        ApiType::Enum(_) => Named::Enum(id),
        ApiType::Input(_) => Named::Object(id),
        ApiType::Object(_) | ApiType::Interface(_) => return None,
    })
}
