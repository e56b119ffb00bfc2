//! Variables: JSON members of the request.

use std::{borrow::Cow, fmt};

use indexmap::IndexMap;
use prisma_api::{ApiInput, ApiSchema, ApiType, TypeId};
use prisma_connector::Value;
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::value::RawValue;

use super::{
    ENUM_EXPECTED, InputType, Named, Step, Violation, collect, is_null_id, missing_key, no_object,
    render_path, unknown_key, unknown_value,
};
use crate::{
    document::MOST_ERRORS,
    input::Input,
    limits::{Limit, LimitExceeded, Limits},
    scalar,
};

/// Coerces the value of a variable; `None` if it violates the type, with the reasons appended.
///
/// # Errors
/// Objects stand too deep in objects.
pub(crate) fn variable(
    api: &ApiSchema,
    limits: &Limits,
    ty: InputType,
    value: &RawValue,
    violations: &mut Vec<Violation>,
) -> Result<Option<Input>, LimitExceeded> {
    let mut reader = Reader {
        api,
        most_depth: limits.input_depth,
        violations,
        path: Vec::new(),
        depth: 0,
        too_deep: false,
    };
    let input = reader.value(ty, value);
    if reader.too_deep {
        return Err(LimitExceeded::new(Limit::InputDepth, limits.input_depth));
    }
    Ok(input)
}

/// The members of a JSON object, unread; `None` if it is none. Of equal keys the last one counts.
pub(crate) fn read_members(object: &RawValue) -> Option<IndexMap<Cow<'_, str>, &RawValue>> {
    serde_json::from_str::<Members<'_>>(object.get())
        .ok()
        .map(|members| members.0)
}

struct Reader<'a> {
    api: &'a ApiSchema,
    most_depth: usize,
    violations: &'a mut Vec<Violation>,
    path: Vec<Step>,
    /// Objects around the current value.
    depth: usize,
    /// Was there an object too many?
    too_deep: bool,
}

impl Reader<'_> {
    fn value(&mut self, ty: InputType, value: &RawValue) -> Option<Input> {
        match value.get().as_bytes().first() {
            Some(b'n') if !ty.required => Some(Input::Null),
            Some(b'n') if self.path.is_empty() => {
                self.violation("Expected non-null value, found null.".to_owned())
            }
            Some(b'[') if ty.list => self.list(ty, value),
            _ if ty.list => Some(Input::List(vec![self.single(ty.element(), value)?])),
            _ => self.single(ty, value),
        }
    }

    fn list(&mut self, ty: InputType, value: &RawValue) -> Option<Input> {
        let elements: Vec<&RawValue> = serde_json::from_str(value.get()).ok()?;
        let mut inputs = Some(Vec::with_capacity(elements.len()));
        for (index, element) in elements.into_iter().enumerate() {
            self.path.push(Step::Index(index));
            let input = self.value(ty.element(), element);
            self.path.pop();
            inputs = collect(inputs, input);
        }
        inputs.map(Input::List)
    }

    fn single(&mut self, ty: InputType, value: &RawValue) -> Option<Input> {
        match ty.named {
            Named::Scalar(scalar) => match scalar::from_json(scalar, value) {
                Ok(value) if is_null_id(ty, &value) => Some(Input::Null),
                Ok(value) => Some(Input::Value(value)),
                Err(reason) => self.violation(reason.to_owned()),
            },
            Named::Enum(id) => self.enum_value(id, value),
            Named::Object(id) => self.bounded_object(id, value),
        }
    }

    fn enum_value(&mut self, id: TypeId, value: &RawValue) -> Option<Input> {
        let (type_name, ApiType::Enum(ty)) = self.api.get(id)? else {
            return None;
        };
        let Ok(name) = serde_json::from_str::<String>(value.get()) else {
            return self.violation(ENUM_EXPECTED.to_owned());
        };
        if ty.values.contains_key(&name) {
            Some(Input::Value(Value::Enum(name)))
        } else {
            self.violation(unknown_value(&name, type_name, ty.values.keys()))
        }
    }

    fn bounded_object(&mut self, id: TypeId, value: &RawValue) -> Option<Input> {
        if self.depth >= self.most_depth {
            self.too_deep = true;
            return None;
        }
        self.depth += 1;
        let input = self.object(id, value);
        self.depth -= 1;
        input
    }

    fn object(&mut self, id: TypeId, value: &RawValue) -> Option<Input> {
        let (type_name, ApiType::Input(ty)) = self.api.get(id)? else {
            return None;
        };
        let members = value.get().starts_with('{').then(|| read_members(value));
        let Some(members) = members.flatten() else {
            return self.violation(no_object(type_name));
        };
        let mut inputs = Some(Vec::with_capacity(members.len()));
        for (name, value) in &members {
            self.path.push(Step::Key(name.clone().into_owned()));
            let input = match ty.fields.get(&**name) {
                Some(field) => InputType::of(self.api, field.ty)
                    .and_then(|ty| self.value(ty, value))
                    .map(|input| (field.meaning, input)),
                None => self.violation(unknown_key(name, type_name)),
            };
            self.path.pop();
            inputs = collect(inputs, input);
        }
        if self.missing_keys(type_name, ty, &members) {
            return None;
        }
        inputs.map(Input::Object)
    }

    /// Reports required keys that are not there; true if there are any.
    fn missing_keys(
        &mut self,
        type_name: &str,
        ty: &ApiInput,
        members: &IndexMap<Cow<'_, str>, &RawValue>,
    ) -> bool {
        let before = self.violations.len();
        for (key, field) in &ty.fields {
            if field.ty.wrap.is_required() && !members.contains_key(key.as_str()) {
                let expected = InputType::of(self.api, field.ty)
                    .map_or_else(String::new, |ty| ty.describe(self.api));
                self.path.push(Step::Key(key.clone()));
                self.violation::<()>(missing_key(key, &expected, type_name));
                self.path.pop();
            }
        }
        self.violations.len() > before
    }

    fn violation<T>(&mut self, reason: String) -> Option<T> {
        if self.violations.len() < MOST_ERRORS {
            self.violations.push(Violation {
                path: render_path(&self.path),
                reason,
                keys: Vec::new(),
            });
        }
        None
    }
}

/// A JSON object whose values are left unread.
struct Members<'a>(IndexMap<Cow<'a, str>, &'a RawValue>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = IndexMap::new();
        while let Some(Key(key)) = map.next_key()? {
            members.insert(key, map.next_value()?);
        }
        Ok(Members(members))
    }
}

/// A key, borrowed where it has no escapes.
#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);
