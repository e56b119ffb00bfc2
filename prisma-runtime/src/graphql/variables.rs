//! Values of the typed client as variables of a document.

use std::marker::PhantomData;

use crate::{
    filter::Filter,
    marker::Marker,
    model::Model,
    order::Order,
    scalar::ScalarType,
    unique::Unique,
    value::{Name, Value},
    write::{Assignments, Changes, Create, Draft, ScalarAssigns},
};

/// The variables of a document that is about to be sent.
#[derive(Clone, Debug, Default)]
pub struct Variables(Vec<(Name, Value)>);

impl Variables {
    /// Sets a variable. For generated code.
    pub fn set(&mut self, name: &'static str, value: impl Variable) {
        self.0.push((Name::Borrowed(name), value.into_variable()));
    }

    /// Sets a variable that is a list. For generated code.
    pub fn set_list(&mut self, name: &'static str, values: Vec<impl Variable>) {
        let values = values.into_iter().map(Variable::into_variable).collect();
        self.0.push((Name::Borrowed(name), Value::List(values)));
    }

    pub(super) fn into_value(self) -> Value {
        Value::Object(self.0)
    }
}

/// What a variable can be: a scalar, or what the typed client has for an input of the API.
pub trait Variable {
    /// The value as it is sent.
    fn into_variable(self) -> Value;
}

impl<T: ScalarType> Variable for T {
    fn into_variable(self) -> Value {
        self.write()
    }
}

/// `UserWhereInput`
impl<M> Variable for Filter<M> {
    fn into_variable(self) -> Value {
        self.conditions.into_value()
    }
}

/// `UserWhereUniqueInput`
impl<M> Variable for Unique<M> {
    fn into_variable(self) -> Value {
        self.into_value()
    }
}

/// `UserOrderByInput`
impl<M> Variable for Order<M> {
    fn into_variable(self) -> Value {
        self.into_value()
    }
}

/// `UserCreateInput`
impl<D: Draft> Variable for Create<D> {
    fn into_variable(self) -> Value {
        self.into_value()
    }
}

/// `UserUpdateInput`
impl<M> Variable for UpdateInput<M> {
    fn into_variable(self) -> Value {
        self.0.into_value()
    }
}

/// `UserUpdateManyMutationInput`
impl<M> Variable for UpdateManyInput<M> {
    fn into_variable(self) -> Value {
        self.0.into_value()
    }
}

/// What an update changes, as a variable of a document:
///
/// ```
/// # prisma_runtime::datamodel! { type User { id: ID! @id  name: String! } }
/// # fn main() {}
/// # use prisma_runtime::UpdateInput;
/// # fn doc() -> UpdateInput<User> {
/// UpdateInput::new(|u: user::Fields| u.name.to("Ann"))
/// # }
/// ```
#[derive(Debug)]
pub struct UpdateInput<M>(Assignments, Marker<M>);

impl<M: Model> UpdateInput<M> {
    /// With these assignments, as `.set(…)` of an update takes them.
    pub fn new<A: Changes<M>>(assign: impl FnOnce(M::Fields) -> A) -> Self {
        Self(assignments(assign(M::FIELDS)), PhantomData)
    }
}

impl<M> Clone for UpdateInput<M> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), PhantomData)
    }
}

/// What an update of many records changes, as a variable of a document.
#[derive(Debug)]
pub struct UpdateManyInput<M>(Assignments, Marker<M>);

impl<M: Model> UpdateManyInput<M> {
    /// With these assignments, as `.set(…)` of an `update_many` takes them.
    pub fn new<A: ScalarAssigns<M>>(assign: impl FnOnce(M::Fields) -> A) -> Self {
        Self(assignments(assign(M::FIELDS)), PhantomData)
    }
}

impl<M> Clone for UpdateManyInput<M> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), PhantomData)
    }
}

fn assignments<M>(changes: impl Changes<M>) -> Assignments {
    let mut assignments = Assignments::default();
    changes.add_to(&mut assignments);
    assignments
}
