//! Runs cases of `template.jsonl` and of the files in `tests/cases`: a JSON object with a template, its inputs and
//! the true answer, to a verdict.

use kinglet_template::{Context, ErrorKind, Flags, Parameter, RenderError, Rendered, Template, Value};
use serde_json::{Map, Value as Json, json};

/// Whether a case passed, and if not why.
pub(crate) type Verdict = Result<(), String>;

/// Renders the template of a case and compares everything the case states.
pub(crate) fn run(case: &Json) -> Verdict {
    let text = |field: &str| case.get(field).and_then(Json::as_str);
    let body = text("template").ok_or("the case has no template")?;
    let node = text("node");
    let (template, _) = Template::parse_body(body, node.unwrap_or("<string>"));
    let outcome = template.render(&context(case));
    match (case.get("ok").and_then(Json::as_bool), &outcome) {
        (Some(true), Ok(rendered)) => check_rendered(case, rendered)?,
        (Some(false), Err(error)) => check_error(case, error)?,
        (Some(true), Err(error)) => return Err(format!("unexpected error: {}", error.message)),
        (_, Ok(rendered)) => {
            return Err(format!(
                "unexpectedly rendered: {:?}, expected error {:?}",
                rendered.sql,
                text("error")
            ));
        }
        (None, Err(error)) => return Err(format!("the case has no verdict; error: {}", error.message)),
    }
    check_parameters(case, body)
}

fn context(case: &Json) -> Context {
    let names = |field: &str| {
        let list = case.get(field).and_then(Json::as_array).cloned().unwrap_or_default();
        list.iter().filter_map(Json::as_str).map(str::to_owned).collect::<Vec<String>>()
    };
    let flag = |field: &str, default: bool| case.get(field).and_then(Json::as_bool).unwrap_or(default);
    let flags = names("flags");
    let variables = case.get("variables").and_then(Json::as_object).cloned().unwrap_or_default();
    Context {
        variables: variables.iter().map(|(name, value)| (name.clone(), to_value(value))).collect(),
        secrets: names("secrets").into_iter().collect(),
        test_mode: flag("test_mode", false),
        secrets_in_test_mode: flag("secrets_in_test_mode", true),
        node: case.get("node").and_then(Json::as_str).map(str::to_owned),
        now: Some("2024-01-02 03:04:05".to_owned()),
        flags: Flags {
            split_to_array_escape: flags.iter().any(|flag| flag == "split_to_array_escape"),
            column_json_backticks_circuit_breaker: flags
                .iter()
                .any(|flag| flag == "column_json_backticks_circuit_breaker"),
        },
        ..Context::default()
    }
}

/// The value a JSON value stands for.
pub(crate) fn to_value(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Bool(*value),
        Json::Number(number) => number_value(&number.to_string()),
        Json::String(text) => Value::String(text.clone()),
        Json::Array(items) => Value::List(items.iter().map(to_value).collect()),
        Json::Object(members) => match members.get("$float").and_then(Json::as_str) {
            Some(name) => Value::Float(name.parse().unwrap_or(f64::NAN)),
            None => {
                Value::Object(members.iter().map(|(name, value)| (name.clone(), to_value(value))).collect())
            }
        },
    }
}

fn number_value(text: &str) -> Value {
    if text.contains(['.', 'e', 'E']) {
        return Value::Float(text.parse().unwrap_or(f64::NAN));
    }
    text.parse().map_or_else(|_| Value::BigInt(text.to_owned()), Value::Int)
}

/// The JSON form of a value, as the cases write it.
pub(crate) fn to_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => json!(value),
        Value::Int(value) => value.to_string().parse::<serde_json::Number>().map_or(Json::Null, Json::Number),
        Value::BigInt(digits) => digits.parse::<serde_json::Number>().map_or(Json::Null, Json::Number),
        Value::Float(value) if value.is_finite() => json!(value),
        Value::Float(value) if value.is_nan() => json!({"$float": "nan"}),
        Value::Float(value) => json!({"$float": if *value > 0.0 { "inf" } else { "-inf" }}),
        Value::String(text) => json!(text),
        Value::List(items) => Json::Array(items.iter().map(to_json).collect()),
        Value::Object(members) => {
            Json::Object(members.iter().map(|(name, value)| (name.clone(), to_json(value))).collect())
        }
    }
}

/// Numbers compare by value, everything else as it is.
fn same(left: &Json, right: &Json) -> bool {
    to_value(left) == to_value(right)
}

fn expect(what: &str, expected: &Json, found: &Json) -> Verdict {
    if same(expected, found) { Ok(()) } else { Err(format!("{what}: expected {expected}, found {found}")) }
}

fn check_rendered(case: &Json, rendered: &Rendered) -> Verdict {
    if let Some(expected) = case.get("rendered") {
        expect("rendered", expected, &json!(rendered.sql))?;
    }
    let settings = &rendered.settings;
    let mut found = Map::new();
    if let Some(threads) = settings.max_threads {
        found.insert("max_threads".to_owned(), json!(threads));
    }
    if let Some(ttl) = &settings.cache_ttl {
        found.insert("cache_ttl".to_owned(), json!(ttl));
    }
    if let Some(hint) = &settings.backend_hint {
        found.insert("backend_hint".to_owned(), to_json(hint));
    }
    if let Some(disabled) = &settings.disable {
        found.insert("disable".to_owned(), json!(disabled));
    }
    if !settings.activate.is_empty() {
        found.insert("activate".to_owned(), json!(settings.activate));
    }
    let empty = Json::Object(Map::new());
    let expected = case.get("settings").unwrap_or(&empty);
    let found = Json::Object(found);
    if !same_members(expected, &found) {
        return Err(format!("settings: expected {expected}, found {found}"));
    }
    let none = json!([]);
    expect("secret_params", case.get("secret_params").unwrap_or(&none), &json!(rendered.secret_parameters))?;
    let warnings = case.get("reserved_param_warnings").unwrap_or(&none);
    expect("reserved_param_warnings", warnings, &json!(rendered.reserved_warnings))
}

/// Objects with the same members in any order.
fn same_members(left: &Json, right: &Json) -> bool {
    match (left, right) {
        (Json::Object(left), Json::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(name, value)| right.get(name).is_some_and(|other| same(value, other)))
        }
        _ => false,
    }
}

fn check_error(case: &Json, error: &RenderError) -> Verdict {
    if let ErrorKind::CustomError { code, body } = &error.kind {
        for (field, value) in [("code", code), ("err", body)] {
            if let Some(expected) = case.get(field) {
                expect(field, expected, &to_json(value))?;
            }
        }
    } else if case.get("code").is_some() {
        return Err(format!("expected a custom error, found: {}", error.message));
    }
    if case.get("error_origin").and_then(Json::as_str) != Some("package") {
        return Ok(());
    }
    let expected = case.get("error").and_then(Json::as_str).unwrap_or("");
    let unordered = case.get("error_unordered").and_then(Json::as_bool) == Some(true);
    let order = |text: &str| {
        let mut words: Vec<String> = text.split([' ', ',', '{', '}']).map(str::to_owned).collect();
        words.sort();
        words
    };
    if expected == error.message || (unordered && order(expected) == order(&error.message)) {
        return Ok(());
    }
    Err(format!("error: expected {expected:?}, found {:?}", error.message))
}

fn check_parameters(case: &Json, body: &str) -> Verdict {
    let Some(expected) = case.get("params_meta") else { return Ok(()) };
    let (template, _) = Template::parse_body(body, "<string>");
    let Some(expected) = expected.as_array() else {
        return match template.parameters_error() {
            Some(_) => Ok(()),
            None => Err("parameters were listed, expected an error".to_owned()),
        };
    };
    if let Some(error) = template.parameters_error() {
        return Err(format!("parameters: unexpected error {}", error.message));
    }
    let name_error = template.parameter_name_error().map_or(Json::Null, |error| json!(error.message));
    if let Some(expected) = case.get("param_name_error") {
        expect("param_name_error", expected, &name_error)?;
    }
    if let Some(expected) = case.get("constant_tables") {
        expect("constant_tables", expected, &json!(template.constant_tables()))?;
    }
    let found: Vec<Json> = template.parameters().iter().map(described).collect();
    let equal = expected.len() == found.len() && expected.iter().zip(&found).all(|(a, b)| same_members(a, b));
    if equal {
        return Ok(());
    }
    Err(format!("parameters: expected {}, found {}", Json::Array(expected.clone()), Json::Array(found)))
}

/// A parameter as the cases describe it.
fn described(parameter: &Parameter) -> Json {
    let mut out = Map::new();
    let name = parameter.literal_name.as_ref().map_or_else(|| json!(parameter.name), to_json);
    out.insert("name".to_owned(), name);
    out.insert("type".to_owned(), json!(parameter.type_name));
    out.insert("default".to_owned(), parameter.default.as_ref().map_or(Json::Null, to_json));
    if parameter.used_in_function_call {
        out.insert("used_in".to_owned(), json!("function_call"));
    }
    for (name, value) in &parameter.attributes {
        out.insert(name.clone(), to_json(value));
    }
    Json::Object(out)
}
