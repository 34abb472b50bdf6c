//! The conformance cases for datafiles, schemas and test files.

mod support;

use std::collections::BTreeMap;

use kinglet_datafile::{Options, parse_connection, parse_datasource, parse_pipe};
use serde_json::Value;
use support::cases::{Answer, Failure, conformance, run};
use support::{datafile, schema, testfile};

fn strings(value: &Value) -> BTreeMap<String, String> {
    let pairs = value.as_object().into_iter().flatten();
    pairs.map(|(name, value)| (name.clone(), value.as_str().unwrap_or("").to_owned())).collect()
}

fn datafile_answer(case: &Value) -> Answer {
    let text = case["text"].as_str().unwrap_or("");
    let kind = case["kind"].as_str().unwrap_or("");
    let mut options = Options::new(format!("case.{kind}"));
    options.environment = strings(&case["env"]);
    options.expand = case["skip_eval"] != Value::Bool(true);
    match kind {
        "datasource" => datafile::answer(&parse_datasource(text, &options), text, datafile::datasource),
        "pipe" => datafile::answer(&parse_pipe(text, &options), text, datafile::pipe),
        "connection" => datafile::answer(&parse_connection(text, &options), text, datafile::connection),
        _ => Answer::Err(Failure {
            text: format!("Unknown extension .{kind} for data file"),
            ..Failure::default()
        }),
    }
}

#[test]
fn datafiles() {
    run(&conformance("datafile.jsonl"), 0.88, |case| Some(datafile_answer(case)));
}

#[test]
fn schemas() {
    run(&conformance("schema.jsonl"), 0.98, schema::answer);
}

#[test]
fn test_files() {
    run(&conformance("testfile.jsonl"), 0.95, testfile::answer);
}
