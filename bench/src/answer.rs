//! Answers that must be equal.

use anyhow::{Result, ensure};
use serde_json::Value;

use crate::workload::Workload;

/// Compares what two servers answered: bytes may differ in white space, and ids where rows are made.
pub(crate) fn compare(workload: Workload, ours: &[u8], other: &[u8]) -> Result<()> {
    let read = |bytes: &[u8]| -> Result<String> {
        let mut value: Value = serde_json::from_slice(bytes)?;
        if workload.writes() {
            forget_ids(&mut value);
        }
        Ok(value.to_string())
    };
    let (one, two) = (read(ours)?, read(other)?);
    ensure!(
        one == two && one.starts_with(r#"{"data":{"#),
        "workload {}: the answers differ:\n  ours:  {}\n  other: {}",
        workload.letter(),
        shown(&one),
        shown(&two)
    );
    Ok(())
}

fn forget_ids(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                if key == "id" {
                    *member = Value::Null;
                }
                forget_ids(member);
            }
        }
        Value::Array(elements) => elements.iter_mut().for_each(forget_ids),
        _ => {}
    }
}

/// The beginning of an answer.
fn shown(text: &str) -> String {
    text.chars().take(1_000).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_new_rows_may_differ_and_nothing_else() {
        let (one, two) = (
            br#"{"data":{"id":1,"x":2}}"#,
            br#"{"data":{"id":3,"x": 2}}"#,
        );
        assert!(compare(Workload::G, one, two).is_ok());
        assert!(compare(Workload::A, one, two).is_err());
        assert!(compare(Workload::G, one, br#"{"data":{"id":1,"x":3}}"#).is_err());
        let refused = br#"{"errors":[]}"#;
        assert!(compare(Workload::A, refused, refused).is_err());
    }
}
