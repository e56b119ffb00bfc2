//! Literals of a document.

use std::collections::HashSet;

use apollo_compiler::{Name, Node, ast::Value as Literal};
use prisma_api::{ApiInput, ApiSchema, ApiType, TypeId};
use prisma_connector::Value;

use super::{
    ENUM_EXPECTED, InputType, Named, Step, Violation, collect, is_null_id, missing_key, no_object,
    render_path, repeated_key, unknown_key, unknown_value,
};
use crate::{input::Input, scalar, template::Template};

/// What variables mean where a literal stands.
pub(crate) trait Scope {
    /// The template of a variable at a position of that type; `None` if it must not stand there, which is reported
    /// on the way.
    fn variable(
        &mut self,
        variable: &Name,
        at: &Node<Literal>,
        expected: InputType,
    ) -> Option<Template>;
}

/// Coerces a literal; `None` if it violates the type, with all reasons appended.
pub(crate) fn literal(
    api: &ApiSchema,
    ty: InputType,
    value: &Node<Literal>,
    scope: &mut dyn Scope,
    violations: &mut Vec<Violation>,
) -> Option<Template> {
    let mut reader = Reader {
        api,
        scope,
        violations,
        path: Vec::new(),
        keys: Vec::new(),
    };
    reader.value(ty, value)
}

struct Reader<'a> {
    api: &'a ApiSchema,
    scope: &'a mut dyn Scope,
    violations: &'a mut Vec<Violation>,
    path: Vec<Step>,
    keys: Vec<usize>,
}

impl Reader<'_> {
    fn value(&mut self, ty: InputType, value: &Node<Literal>) -> Option<Template> {
        match &**value {
            Literal::Variable(name) => self.scope.variable(name, value, ty),
            Literal::Null if !ty.required => Some(Template::Fixed(Input::Null)),
            Literal::List(elements) if ty.list => self.list(ty, elements),
            _ if ty.list => Some(Template::list(vec![self.single(ty.element(), value)?])),
            _ => self.single(ty, value),
        }
    }

    fn list(&mut self, ty: InputType, elements: &[Node<Literal>]) -> Option<Template> {
        let mut templates = Some(Vec::with_capacity(elements.len()));
        for (index, element) in elements.iter().enumerate() {
            self.path.push(Step::Index(index));
            // Text that stands for null does so in no list, whose elements cannot be null.
            let template = self.value(ty.element(), element);
            self.path.pop();
            templates = collect(templates, template);
        }
        templates.map(Template::list)
    }

    fn single(&mut self, ty: InputType, value: &Node<Literal>) -> Option<Template> {
        match ty.named {
            Named::Scalar(scalar) => match scalar::from_literal(scalar, value) {
                Ok(value) if is_null_id(ty, &value) => Some(Template::Fixed(Input::Null)),
                Ok(value) => Some(Template::Fixed(Input::Value(value))),
                Err(reason) => self.violation(reason.to_owned()),
            },
            Named::Enum(id) => self.enum_value(id, value),
            Named::Object(id) => self.object(id, value),
        }
    }

    fn enum_value(&mut self, id: TypeId, value: &Node<Literal>) -> Option<Template> {
        let (type_name, ApiType::Enum(ty)) = self.api.get(id)? else {
            return None;
        };
        match &**value {
            Literal::Enum(name) if ty.values.contains_key(name.as_str()) => Some(Template::Fixed(
                Input::Value(Value::Enum(name.as_str().to_owned())),
            )),
            Literal::Enum(name) => self.violation(unknown_value(name, type_name, ty.values.keys())),
            _ => self.violation(ENUM_EXPECTED.to_owned()),
        }
    }

    fn object(&mut self, id: TypeId, value: &Node<Literal>) -> Option<Template> {
        let (type_name, ApiType::Input(ty)) = self.api.get(id)? else {
            return None;
        };
        let Literal::Object(members) = &**value else {
            return self.violation(no_object(type_name));
        };
        let mut templates = Some(Vec::with_capacity(members.len()));
        let mut seen = HashSet::new();
        for (name, value) in members {
            self.enter(name);
            let template = match ty.fields.get(name.as_str()) {
                _ if !seen.insert(name) => self.violation(repeated_key(name)),
                Some(field) => InputType::of(self.api, field.ty)
                    .and_then(|ty| self.value(ty, value))
                    .map(|template| (field.meaning, template)),
                None => self.violation(unknown_key(name, type_name)),
            };
            self.leave();
            templates = collect(templates, template);
        }
        if self.missing_keys(type_name, ty, members) {
            return None;
        }
        templates.map(Template::object)
    }

    /// Reports required keys that are not there; true if there are any.
    fn missing_keys(
        &mut self,
        type_name: &str,
        ty: &ApiInput,
        members: &[(Name, Node<Literal>)],
    ) -> bool {
        let before = self.violations.len();
        for (key, field) in &ty.fields {
            if field.ty.wrap.is_required() && !members.iter().any(|(name, _)| name == key.as_str())
            {
                let expected = InputType::of(self.api, field.ty)
                    .map_or_else(String::new, |ty| ty.describe(self.api));
                self.path.push(Step::Key(key.clone()));
                self.violation::<()>(missing_key(key, &expected, type_name));
                self.path.pop();
            }
        }
        self.violations.len() > before
    }

    fn enter(&mut self, name: &Name) {
        self.path.push(Step::Key(name.as_str().to_owned()));
        self.keys
            .push(name.location().map_or(0, |location| location.offset()));
    }

    fn leave(&mut self) {
        self.path.pop();
        self.keys.pop();
    }

    fn violation<T>(&mut self, reason: String) -> Option<T> {
        self.violations.push(Violation {
            path: render_path(&self.path),
            reason,
            keys: self.keys.clone(),
        });
        None
    }
}
