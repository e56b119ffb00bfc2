//! Requests that mean harm: each is refused before anything is executed, in little time, with little said.
//!
//! The names of these tests count through a list of known attacks on GraphQL servers; what is missing there concerns HTTP.

mod data;
mod leaks;
mod limits;

use prisma_engine::Limits;
use serde_json::Value;

use crate::fake::{BLOG, Fake};

/// The one error of a refused request, whose store was asked nothing: `code limit most`.
fn refusal(fake: &Fake, query: &str, variables: &str) -> String {
    fake.asked();
    let answer: Value = serde_json::from_str(&fake.ask_with(query, variables)).unwrap();
    let errors = answer["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert_eq!(answer["data"], Value::Null);
    assert!(fake.asked().is_empty());
    let error = &errors[0];
    assert_eq!(error["requestId"], "r1");
    let extensions = &error["extensions"];
    let Some(limit) = extensions["limit"].as_str() else {
        panic!("{answer}");
    };
    format!("{} {limit} {}", error["code"], extensions["most"])
}

fn answered(fake: &Fake, query: &str, variables: &str) -> bool {
    let answer = fake.ask_with(query, variables);
    answer.starts_with(r#"{"data":{"#) && !answer.contains("errors")
}

fn limited(change: impl FnOnce(&mut Limits)) -> Fake {
    let mut limits = Limits::default();
    change(&mut limits);
    Fake::new(BLOG).limited(limits)
}
