//! Reading case files, comparing answers and keeping score.

use std::path::Path;

use serde_json::Value;

/// What a case yields: the result, or an error.
pub(crate) enum Answer {
    Ok(Value),
    Err(Failure),
}

/// An error in the terms of the cases.
#[derive(Debug, Default)]
pub(crate) struct Failure {
    pub(crate) text: String,
    pub(crate) line: Option<u64>,
    pub(crate) column: Option<u64>,
}

/// Reads a file of one JSON object a line.
pub(crate) fn load(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.lines()
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_str(line).expect("a JSON line"))
        .collect()
}

/// The folder of the committed conformance cases.
pub(crate) fn conformance(file: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../kinglet-testkit/conformance/datafile").join(file)
}

/// Runs every case, prints the failures and asserts that at least `floor` of them pass.
pub(crate) fn run(path: &Path, floor: f64, answer: impl Fn(&Value) -> Option<Answer>) {
    let (mut passed, mut total) = (0usize, 0usize);
    for case in load(path) {
        let Some(answer) = answer(&case) else { continue };
        total += 1;
        match compare(&case, &answer) {
            Ok(()) => passed += 1,
            Err(why) => println!("{}: {why}", case["name"]),
        }
    }
    println!("{}: {passed} of {total}", path.display());
    assert!(total > 0 && passed as f64 >= floor * total as f64, "{passed} of {total} pass, below {floor}");
}

/// Compares an answer with the expectation of a case (or with its `full_check`).
pub(crate) fn compare(case: &Value, answer: &Answer) -> Result<(), String> {
    let verdict = case.get("full_check").unwrap_or(case);
    match (verdict["ok"] == Value::Bool(true), answer) {
        (true, Answer::Ok(result)) => same_value(&case["result"], result),
        (true, Answer::Err(failure)) => Err(format!("unexpected error {failure:?}")),
        (false, Answer::Ok(_)) => Err(format!("should fail with {}", verdict["error"])),
        (false, Answer::Err(failure)) => same_error(verdict, failure),
    }
}

/// Compares values; in the outermost object an absent key, `null` and `[]` are one.
fn same_value(expected: &Value, found: &Value) -> Result<(), String> {
    let (Value::Object(wanted), Value::Object(given)) = (expected, found) else {
        return if expected == found { Ok(()) } else { Err(format!("expected {expected}, found {found}")) };
    };
    let value = |object: &serde_json::Map<String, Value>, key: &str| {
        object.get(key).filter(|v| !v.is_null() && **v != Value::Array(vec![])).cloned()
    };
    let differing: Vec<String> = wanted
        .keys()
        .chain(given.keys())
        .filter(|key| value(wanted, key) != value(given, key))
        .map(|key| format!("{key}: expected {:?}, found {:?}", wanted.get(key), given.get(key)))
        .collect();
    if differing.is_empty() { Ok(()) } else { Err(differing.join("; ")) }
}

fn same_error(verdict: &Value, failure: &Failure) -> Result<(), String> {
    let place = |key: &str, found: Option<u64>| match verdict.get(key).and_then(Value::as_u64) {
        Some(expected) if Some(expected) != found => {
            Err(format!("{key} {expected}, found {found:?} in {failure:?}"))
        }
        _ => Ok(()),
    };
    place("lineno", failure.line)?;
    place("pos", failure.column)?;
    if verdict["error_origin"] != "package" {
        return Ok(());
    }
    let expected = verdict["error"].as_str().unwrap_or("");
    if expected == failure.text {
        Ok(())
    } else {
        Err(format!("\n  expected {expected:?}\n  found    {:?}", failure.text))
    }
}
