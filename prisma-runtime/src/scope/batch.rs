//! Several keys in one request.

use std::{
    borrow::Cow,
    collections::HashMap,
    sync::{Arc, Mutex},
    task::Waker,
};

use bytes::Bytes;
use futures_util::{FutureExt, future::Shared};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{MAX_KEYS, locked};
use crate::{
    answer,
    client::Client,
    error::{Error, Result, ServerError, combine},
    names::Names,
    operation::{Kind, Operation},
    select::{Argument, SelectionSet},
    transport::{BoxFuture, Request},
    value::{Name, Value},
};

/// The response key under which a record says which one it is.
const KEY: &str = "__key";

/// A lookup of one record, taken apart.
#[derive(Clone)]
pub(super) struct Plan {
    names: Names,
    /// The unique field.
    field: Name,
    value: Value,
    /// What is asked of the record.
    set: SelectionSet,
    /// All of this but the value, as text.
    pub(super) kind: String,
    /// The value, as text.
    pub(super) key: String,
}

impl Plan {
    /// `None` for operations that are no lookups, or that cannot be sent at all.
    pub(super) fn of(operation: &Operation) -> Option<Self> {
        let names = operation.unique?;
        let [root] = operation.roots.fields.as_slice() else {
            return None;
        };
        let [argument] = root.arguments.as_slice() else {
            return None;
        };
        let Value::Object(entries) = &argument.value else {
            return None;
        };
        let [(field, value)] = entries.as_slice() else {
            return None;
        };
        // Null names no record, which is for the server to say.
        if *value == Value::Null {
            return None;
        }
        let set = root.set.clone()?;
        let rest = Operation::new(Kind::Query, names, names.many(), Vec::new(), set.clone());
        let rest = rest.request().ok()?;
        Some(Self {
            names,
            field: field.clone(),
            value: value.clone(),
            set,
            kind: format!("{field} {} {}", rest.query, rest.variables.get()),
            key: serde_json::to_string(value).ok()?,
        })
    }

    /// The lookup alone.
    fn one(&self) -> Operation {
        let by = Value::Object(vec![(self.field.clone(), self.value.clone())]);
        let by = Argument::required("where", self.names.unique(), by);
        Operation::new(
            Kind::Query,
            self.names,
            self.names.one(),
            vec![by],
            self.set.clone(),
        )
    }

    /// The lookup of all these keys.
    fn many(&self, keys: Vec<Value>) -> Operation {
        let name = Name::Owned(format!("{}_in", self.field));
        let filter = Value::Object(vec![(name, Value::List(keys))]);
        let filter = Argument::optional("where", self.names.filter(), filter);
        let mut set = self.set.clone();
        set.aliased(KEY, self.field.clone());
        Operation::new(
            Kind::Query,
            self.names,
            self.names.many(),
            vec![filter],
            set,
        )
    }
}

/// What a batch says about one key.
pub(super) enum Found {
    /// A response as the lookup alone would have it.
    Response(Bytes),
    /// Perhaps one of the records that were found: databases may take other texts than equal ones for equal.
    Unclear,
}

/// The request of a batch, for all that wait for it.
pub(super) type Sent = Shared<Moving>;

/// The request, moved on by whoever polls it.
#[cfg(not(target_family = "wasm"))]
type Moving = BoxFuture<'static, Result<Arc<Vec<Found>>>>;

/// The request, moved on by whoever polls it. Clients are `Send` in a browser too, where one thread polls everything.
#[cfg(target_family = "wasm")]
type Moving = send_wrapper::SendWrapper<BoxFuture<'static, Result<Arc<Vec<Found>>>>>;

/// Keys of lookups of one kind.
pub(super) struct Batch {
    /// Of the first lookup.
    plan: Arc<Plan>,
    state: Mutex<State>,
}

enum State {
    /// Takes keys.
    Open {
        keys: Vec<Value>,
        /// Whether a lookup will be back to send it.
        led: bool,
        waiting: Vec<Waker>,
    },
    Sent(Sent),
}

/// What a lookup has to do.
pub(super) enum Turn {
    /// Wait for the request.
    Request(Sent),
    /// Come back at once, when all others have had their turn.
    Lead,
    /// Wait for the one that leads.
    Wait,
}

impl Batch {
    pub(super) fn new(plan: &Plan) -> Self {
        Self {
            plan: Arc::new(plan.clone()),
            state: Mutex::new(State::Open {
                keys: vec![plan.value.clone()],
                led: false,
                waiting: Vec::new(),
            }),
        }
    }

    /// Takes a key, and gives its position; `None` if it is too late.
    pub(super) fn take(&self, plan: &Plan) -> Option<usize> {
        match &mut *locked(&self.state) {
            State::Open { keys, .. } if keys.len() < MAX_KEYS => {
                keys.push(plan.value.clone());
                Some(keys.len() - 1)
            }
            _ => None,
        }
    }

    /// The turn of a lookup that comes here for the first time, or is `back`.
    pub(super) fn turn(&self, client: &Client, waker: &Waker, back: bool) -> Turn {
        let mut state = locked(&self.state);
        let (keys, waiting) = match &mut *state {
            State::Sent(sent) => return Turn::Request(sent.clone()),
            State::Open { led, waiting, .. } if !back => {
                if *led {
                    waiting.push(waker.clone());
                    return Turn::Wait;
                }
                *led = true;
                return Turn::Lead;
            }
            State::Open { keys, waiting, .. } => (std::mem::take(keys), std::mem::take(waiting)),
        };
        let moving: BoxFuture<'static, _> =
            Box::pin(ask(client.clone(), Arc::clone(&self.plan), keys));
        #[cfg(target_family = "wasm")]
        let moving = send_wrapper::SendWrapper::new(moving);
        let sent = moving.shared();
        *state = State::Sent(sent.clone());
        drop(state);
        waiting.iter().for_each(Waker::wake_by_ref);
        Turn::Request(sent)
    }

    /// The one that led is gone; any other may send the request.
    pub(super) fn abandon(&self) {
        let mut state = locked(&self.state);
        if let State::Open { led, waiting, .. } = &mut *state {
            *led = false;
            let waiting = std::mem::take(waiting);
            drop(state);
            waiting.iter().for_each(Waker::wake_by_ref);
        }
    }
}

/// A request whose answer can be taken apart and put together again.
fn in_json(operation: &Operation) -> Result<Request> {
    let mut request = operation.request()?;
    request.packed = false;
    Ok(request)
}

async fn ask(client: Client, plan: Arc<Plan>, keys: Vec<Value>) -> Result<Arc<Vec<Found>>> {
    if keys.len() == 1 {
        let bytes = client.send(in_json(&plan.one())).await?;
        answer::check(&bytes)?;
        return Ok(Arc::new(vec![Found::Response(bytes)]));
    }
    let bytes = client.send(in_json(&plan.many(keys.clone()))).await?;
    split(plan.names, &keys, &bytes).map(Arc::new)
}

#[derive(Deserialize)]
struct Response<'a> {
    #[serde(borrow)]
    data: Option<HashMap<Cow<'a, str>, Option<Vec<&'a RawValue>>>>,
    errors: Option<Vec<ServerError>>,
}

#[derive(Deserialize)]
struct Keyed {
    #[serde(rename = "__key")]
    key: serde_json::Value,
}

/// One response for each key, made of the response for all of them.
fn split(names: Names, keys: &[Value], bytes: &[u8]) -> Result<Vec<Found>> {
    let response: Response<'_> = serde_json::from_slice(bytes)?;
    if let Some(error) = combine(response.errors.unwrap_or_default()) {
        return Err(error);
    }
    let records = response
        .data
        .and_then(|mut data| data.remove(names.many())?)
        .ok_or_else(|| Error::decode("a list", "nothing"))?;
    let mut rows = Vec::with_capacity(records.len());
    for record in records {
        let Keyed { key } = serde_json::from_str(record.get())?;
        rows.push((key, record.get()));
    }
    let found = keys.iter().map(|key| {
        let key = serde_json::to_value(key).map_err(Error::unsendable)?;
        let row = rows.iter().find(|(other, _)| *other == key);
        Ok(match row {
            Some((_, row)) => Found::Response(response_of(names, row)),
            None if rows.iter().any(|(other, _)| may_equal(&key, other)) => Found::Unclear,
            None => Found::Response(response_of(names, "null")),
        })
    });
    found.collect()
}

fn response_of(names: Names, record: &str) -> Bytes {
    Bytes::from(format!(r#"{{"data":{{"{}":{record}}}}}"#, names.one()))
}

/// Whether a database might take a value for another: texts by their letters alone, and numbers or times in other forms.
fn may_equal(a: &serde_json::Value, b: &serde_json::Value) -> bool {
    match (a.as_str(), b.as_str()) {
        (Some(a), Some(b)) if a.is_ascii() && b.is_ascii() => {
            let letters = |text: &str| text.trim_end().to_ascii_lowercase();
            letters(a) == letters(b)
        }
        (Some(_), Some(_)) => true,
        _ => a.as_i64().is_none() || b.as_i64().is_none(),
    }
}
