//! Formatting keeps what a file means and is done once.

#[allow(dead_code)]
mod support;

use kinglet_datafile::{Options, parse_connection, parse_datasource, parse_pipe};
use kinglet_project::format_file;
use serde_json::Value;
use support::cases::{Answer, conformance, load};
use support::datafile;

fn formatted(kind: &str, text: &str) -> Option<String> {
    format_file(&format!("case.{kind}"), text).ok().flatten()
}

fn meaning(kind: &str, text: &str) -> Value {
    let options = Options { expand: false, ..Options::new("x") };
    let answer = match kind {
        "datasource" => datafile::answer(&parse_datasource(text, &options), text, datafile::datasource),
        "pipe" => datafile::answer(&parse_pipe(text, &options), text, datafile::pipe),
        _ => datafile::answer(&parse_connection(text, &options), text, datafile::connection),
    };
    match answer {
        Answer::Ok(value) => without_layout(value),
        Answer::Err(failure) => Value::String(failure.text),
    }
}

/// Leaves out what formatting may change: the order of engine options, spaces after commas in their
/// values, indentation inside descriptions and templates.
fn without_layout(mut value: Value) -> Value {
    if let Some(args) = value.pointer_mut("/engine/args").and_then(Value::as_array_mut) {
        for arg in args.iter_mut() {
            let compact = arg[1].as_str().unwrap_or("").replace(' ', "");
            arg[1] = Value::String(compact);
        }
        args.sort_by_key(|arg| arg[0].to_string());
    }
    let lines = |text: &str| Value::String(text.split_whitespace().collect::<Vec<_>>().join(" "));
    if let Some(text) = value["description"].as_str() {
        value["description"] = lines(text);
    }
    let query = |sql: &str| {
        let parsed = kinglet_parser::parse(sql);
        let is_sql = !sql.starts_with('%') && parsed.diagnostics.is_empty();
        let statements = parsed.value.filter(|_| is_sql)?;
        let printed: Vec<String> = statements.iter().map(kinglet_parser::statement_to_string).collect();
        Some(Value::String(printed.join(";")))
    };
    for node in value.get_mut("nodes").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(text) = node["description"].as_str() {
            node["description"] = lines(text);
        }
        if let Some(text) = node["sql"].as_str() {
            // White space around a template's tags may change.
            let words = || Value::String(text.split_whitespace().collect());
            let other = || if text.starts_with('%') { words() } else { lines(text) };
            node["sql"] = query(text).unwrap_or_else(other);
        }
    }
    for key in ["kafka_ssl_ca_pem"] {
        if let Some(text) = value["settings"][key].as_str() {
            value["settings"][key] = lines(text);
        }
    }
    value
}

#[test]
fn formatting_is_done_once_and_keeps_the_meaning() {
    let mut count = 0;
    for file in ["datafile.jsonl", "format.jsonl"] {
        for case in load(&conformance(file)) {
            let (kind, text) = (case["kind"].as_str().unwrap_or(""), case["text"].as_str().unwrap_or(""));
            let Some(once) = formatted(kind, text) else { continue };
            count += 1;
            let twice = formatted(kind, &once);
            assert_eq!(twice.as_deref(), Some(once.as_str()), "{}: formatted twice\n{text}", case["name"]);
            assert_eq!(
                meaning(kind, &once),
                meaning(kind, text),
                "{}: meaning\n{text}\n--\n{once}",
                case["name"]
            );
            for comment in text.lines().map(str::trim).filter(|line| line.starts_with('#')) {
                assert!(once.contains(comment), "{}: {comment} is lost\n{once}", case["name"]);
            }
        }
    }
    assert!(count > 350, "{count} files were formatted");
}

/// `tb fmt` also formats SQL, and drops comments, operational tags, `BACKFILL` and more; ours keeps all.
#[test]
fn files_look_much_as_tb_fmt_leaves_them() {
    let (mut same, mut total) = (0, 0);
    for case in load(&conformance("format.jsonl")) {
        let Some(expected) = case["output"].as_str() else { continue };
        let kind = case["kind"].as_str().unwrap_or("");
        total += 1;
        let found = formatted(kind, case["text"].as_str().unwrap_or("")).unwrap_or_default();
        if found.trim_end() == expected.trim_end() {
            same += 1;
        } else {
            println!("{}\n--- expected\n{expected}\n--- found\n{found}", case["name"]);
        }
    }
    println!("{same} of {total}");
    assert!(same * 10 >= total * 4, "{same} of {total}");
}
