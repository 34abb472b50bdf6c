//! Judges a case: a statement and what ClickHouse says about it.

use kinglet_parser::{parse, statement_to_string};
use serde_json::Value;

/// Parses and prints the statement of a case and compares with ClickHouse's answer.
pub(crate) fn compare(case: &Value) -> Result<(), String> {
    let parsed = parse(case["sql"].as_str().unwrap_or_default());
    let error = parsed.diagnostics.iter().find(|found| found.is_error());
    match (case["ok"].as_bool().unwrap_or(true), error) {
        (true, Some(error)) => Err(format!("refused: {error}")),
        (true, None) => {
            let printed: Vec<String> = parsed.value.iter().flatten().map(statement_to_string).collect();
            let printed = printed.join("; ");
            match case["formatted"].as_str() {
                Some(expected) if expected != printed => {
                    Err(format!("printed {printed}\n  expected {expected}"))
                }
                _ => Ok(()),
            }
        }
        (false, None) => Err("accepted".to_owned()),
        (false, Some(error)) => {
            let position = u64::from(error.span.start) + 1;
            match case["position"].as_u64() {
                Some(expected) if expected != position => {
                    Err(format!("position {position}, expected {expected}: {error}"))
                }
                _ => Ok(()),
            }
        }
    }
}
