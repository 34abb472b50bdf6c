//! A whole datafile read as the package reads it: secrets rendered, queries checked.

use std::collections::BTreeMap;

use kinglet_datafile::{Options, parse_connection, parse_datasource, parse_pipe};
use kinglet_project::{QueryOptions, check_queries, check_query, render_secrets};
use serde_json::Value;

use super::cases::{Answer, Failure};
use super::datafile;

fn strings(value: &Value) -> BTreeMap<String, String> {
    let pairs = value.as_object().into_iter().flatten();
    pairs.map(|(name, value)| (name.clone(), value.as_str().unwrap_or("").to_owned())).collect()
}

/// A data source or connection is rendered with its secrets before it is read.
fn rendered(case: &Value, file_name: &str) -> Result<String, Failure> {
    let text = case["text"].as_str().unwrap_or("");
    if case["ignore_secrets"] == Value::Bool(true) {
        return Ok(text.to_owned());
    }
    match render_secrets(text, file_name, &strings(&case["secrets"])) {
        Ok(rendered) => Ok(rendered.unwrap_or_else(|| text.to_owned())),
        Err(problem) => Err(datafile::failure(&problem, text)),
    }
}

/// What a datafile case yields.
pub(crate) fn datafile_answer(case: &Value) -> Answer {
    let kind = case["kind"].as_str().unwrap_or("");
    let mut options = Options::new(format!("case.{kind}"));
    options.environment = strings(&case["env"]);
    options.expand = case["skip_eval"] != Value::Bool(true);
    let text = match kind {
        "pipe" => Ok(case["text"].as_str().unwrap_or("").to_owned()),
        _ => rendered(case, &options.file_name),
    };
    let text = match text {
        Ok(text) => text,
        Err(failure) => return Answer::Err(failure),
    };
    match kind {
        "datasource" => datafile::answer(&parse_datasource(&text, &options), &text, datafile::datasource),
        "pipe" => pipe_answer(case, &text, &options),
        "connection" => datafile::answer(&parse_connection(&text, &options), &text, datafile::connection),
        _ => Answer::Err(Failure {
            text: format!("Unknown extension .{kind} for data file"),
            ..Failure::default()
        }),
    }
}

fn pipe_answer(case: &Value, text: &str, options: &Options) -> Answer {
    let mut parsed = parse_pipe(text, options);
    if parsed.has_errors() {
        return datafile::answer(&parsed, text, datafile::pipe);
    }
    let queries = QueryOptions {
        secrets: strings(&case["secrets"]).into_keys().collect(),
        ignore_secrets: case["ignore_secrets"] == Value::Bool(true),
    };
    let found = check_queries(&parsed.value, &options.file_name, &queries);
    parsed.problems.extend(found.into_iter().filter(|problem| problem.is_error()));
    // The cases hold the warnings of the first node only: the package they were made with stops there.
    let first =
        parsed.value.nodes.first().and_then(|node| check_query(node, &options.file_name, &queries).ok());
    let reserved = first.map(|rendered| rendered.reserved_parameters).unwrap_or_default();
    datafile::answer(&parsed, text, |pipe, warnings| {
        let mut value = datafile::pipe(pipe, warnings);
        value["reserved_param_warnings"] = reserved.iter().cloned().collect();
        value
    })
}
