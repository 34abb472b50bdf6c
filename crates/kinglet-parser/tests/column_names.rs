//! Names of result columns, checked against ClickHouse's own answers.

use std::fs;
use std::path::{Path, PathBuf};

use kinglet_parser::ast::{Expr, ExprKind, StatementKind};
use kinglet_parser::{column_name, parse};
use serde_json::Value;

/// Whether the name depends on what the tables are, which the text does not tell.
fn depends_on_tables(expr: &Expr) -> bool {
    let plain = matches!(expr.kind, ExprKind::Asterisk(_) | ExprKind::Columns(_) | ExprKind::Identifier(_));
    plain && expr.alias.is_none() || column_name(expr).contains("_subquery")
}

/// Pairs of our name and ClickHouse's for the columns of one case.
fn names(row: &Value) -> Vec<(String, String)> {
    let sql = row.get("sql").and_then(Value::as_str).unwrap_or("");
    let Some(meta) = row.get("meta").and_then(Value::as_array) else { return Vec::new() };
    let theirs = meta.iter().filter_map(|pair| pair.get(0)).filter_map(Value::as_str);
    let statements = parse(sql).into_result().unwrap_or_else(|error| panic!("{sql}: {error}"));
    let Some(StatementKind::Query(query)) = statements.last().map(|statement| &statement.kind) else {
        return Vec::new();
    };
    let Some(select) = query.as_select().filter(|select| select.projection.len() == meta.len()) else {
        return Vec::new();
    };
    let columns = select.projection.iter().zip(theirs).filter(|(expr, _)| !depends_on_tables(expr));
    columns.map(|(expr, theirs)| (column_name(expr), theirs.to_owned())).collect()
}

/// Runs files of cases; at most `allowed` names may differ.
fn run(files: &[PathBuf], allowed: usize) {
    let mut agreed = 0;
    let mut different = Vec::new();
    for file in files {
        for line in fs::read_to_string(file).unwrap().lines() {
            let row: Value = serde_json::from_str(line).unwrap();
            for (ours, theirs) in names(&row) {
                if ours == theirs {
                    agreed += 1;
                } else {
                    different.push(format!("{ours}\n  ClickHouse: {theirs}"));
                }
            }
        }
    }
    println!("{agreed} names agree, {} do not", different.len());
    assert!(agreed > 100 && different.len() <= allowed, "{}", different.join("\n"));
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

#[test]
fn names_of_the_sql_cases_agree() {
    let expected = folder().join("../kinglet-testkit/conformance/sql/expected");
    let mut files: Vec<PathBuf> =
        fs::read_dir(expected).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    // Two depend on the tables: COLUMNS inside a call, and a qualified column inside one.
    run(&files, 2);
}

#[test]
fn names_of_our_own_cases_agree() {
    run(&[folder().join("tests/cases/column_names.jsonl")], 0);
}
