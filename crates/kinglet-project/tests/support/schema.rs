//! Schemas, indexes, engines and sorting keys as JSON.

use kinglet_datafile::{
    Engine, EngineArgument, check_index, decimal_type, engine_clause, infer, parse_columns, parse_indexes,
    parse_sql_columns, schema_sql, sorting_key_columns,
};
use serde_json::{Value, json};

use super::cases::{Answer, Failure};
use super::datafile;

/// The answer to a case of `schema.jsonl`, or `None` for a kind that is not covered.
pub(crate) fn answer(case: &Value) -> Option<Answer> {
    let input = &case["input"];
    let text = input.as_str().unwrap_or("");
    Some(match case["kind"].as_str()? {
        "columns" => datafile::answer(
            &parse_columns(text),
            "",
            |columns, _| json!({"columns": datafile::columns(columns), "schema_sql": schema_sql(columns)}),
        ),
        "indexes" => datafile::answer(&parse_indexes(text), "", |indexes, _| datafile::indexes(indexes)),
        "index_allowed" => index_allowed(input),
        "engine" => engine(input),
        "columns_sql" => from_result(parse_sql_columns(text).map(
            |columns| json!({"columns": datafile::columns(&columns), "schema_sql": schema_sql(&columns)}),
        )),
        "guess" => Answer::Ok(json!({
            "accepted_by": infer::guess_types(text),
            "valid_for": infer::valid_types(text),
        })),
        "decimal" => Answer::Ok(json!(decimal_type(text))),
        "sorting_key" => Answer::Ok(sorting_key_columns(text).into_iter().collect()),
        _ => return None,
    })
}

fn from_result(result: Result<Value, String>) -> Answer {
    match result {
        Ok(value) => Answer::Ok(value),
        Err(text) => Answer::Err(Failure { text, ..Failure::default() }),
    }
}

fn index_allowed(input: &Value) -> Answer {
    let columns = parse_columns(input["columns"].as_str().unwrap_or("")).value;
    let indexes = parse_indexes(input["index"].as_str().unwrap_or("")).value;
    from_result(indexes.iter().try_for_each(|index| check_index(index, &columns)).map(|()| json!(true)))
}

fn engine(input: &Value) -> Answer {
    let columns = match parse_sql_columns(input["columns"].as_str().unwrap_or("")) {
        Ok(columns) => columns,
        Err(text) => return Answer::Err(Failure { text, ..Failure::default() }),
    };
    let args = input["args"].as_object().into_iter().flatten().map(|(name, value)| EngineArgument {
        name: name.clone(),
        value: value.as_str().unwrap_or("").to_owned(),
        span: Default::default(),
    });
    let engine = Engine {
        r#type: input["type"].as_str().map(str::to_owned),
        args: args.collect(),
        span: Default::default(),
    };
    from_result(engine_clause(&engine, &columns).map(Value::String))
}
