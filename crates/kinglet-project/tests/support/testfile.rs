//! Test files as JSON.

use kinglet_datafile::{DataTest, TestProblem, Yaml, endpoint_tests, load_yaml, parse_data_tests};
use serde_json::{Value, json};

use super::cases::{Answer, Failure};

/// The answer to a case of `testfile.jsonl`.
pub(crate) fn answer(case: &Value) -> Option<Answer> {
    let text = case["text"].as_str().unwrap_or("");
    Some(match case["kind"].as_str()? {
        "endpoint_tests" => match load_yaml(text) {
            Ok(value) => Answer::Ok(suite(&value)),
            Err(error) => Answer::Err(Failure { text: error.message, ..Failure::default() }),
        },
        "data_tests" => match parse_data_tests(text) {
            Ok(tests) => Answer::Ok(tests.iter().map(data_test).collect()),
            Err(problem) => Answer::Err(Failure { text: problem.text(text), ..Failure::default() }),
        },
        _ => return None,
    })
}

fn suite(value: &Yaml) -> Value {
    match endpoint_tests(value) {
        Ok(tests) => {
            let queries: Value = tests.into_iter().map(|test| test.parameters).collect();
            json!({"value": yaml(value), "query_strings": queries})
        }
        Err(problem) => {
            let error = if problem == TestProblem::NoParameters { "KeyError" } else { "TypeError" };
            json!({"value": yaml(value), "query_strings": null, "runner_error_type": error})
        }
    }
}

fn data_test(test: &DataTest) -> Value {
    let pipe = test
        .pipe
        .as_ref()
        .map(|pipe| json!({"name": pipe.name, "sql": pipe.sql, "params": pipe.params.as_ref().map(yaml)}));
    json!({
        "name": test.name,
        "sql": test.sql,
        "max_time": test.max_time.as_ref().map(yaml),
        "max_bytes_read": test.max_bytes_read.as_ref().map(yaml),
        "pipe": pipe,
    })
}

fn yaml(value: &Yaml) -> Value {
    match value {
        Yaml::Null => Value::Null,
        Yaml::Bool(value) => json!(value),
        Yaml::Int(number) => serde_json::from_str(&number.to_string()).unwrap_or(Value::Null),
        Yaml::Float(number) if number.is_nan() => json!({"$float": "nan"}),
        Yaml::Float(number) if number.is_infinite() => {
            json!({"$float": if *number > 0.0 { "inf" } else { "-inf" }})
        }
        Yaml::Float(number) => json!(number),
        Yaml::Date(text) => json!({"$date": text}),
        Yaml::DateTime(text) => json!({"$datetime": text}),
        Yaml::Text(text) => json!(text),
        Yaml::List(entries) => entries.iter().map(yaml).collect(),
        Yaml::Map(entries) => entries
            .iter()
            .map(|(key, value)| {
                (key.as_text().map_or_else(|| yaml(key).to_string(), str::to_owned), yaml(value))
            })
            .collect::<serde_json::Map<_, _>>()
            .into(),
    }
}
