//! The conformance cases, whose answers are ClickHouse's own.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use kinglet_parser::{explain_ast, parse, statement_to_string};
use serde_json::Value;

const STATEMENTS: &str = "../kinglet-testkit/conformance/parser/statements.jsonl";

/// One statement and what ClickHouse says about it.
struct Case {
    name: String,
    group: String,
    sql: String,
    ok: bool,
    ast: Option<String>,
    record: Value,
}

fn read_cases(path: &Path) -> Vec<Case> {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let field = |row: &Value, name: &str| row.get(name).and_then(Value::as_str).map(str::to_owned);
    let rows = text.lines().filter(|line| !line.is_empty()).map(|line| {
        let row: Value = serde_json::from_str(line).expect("a case is a JSON object");
        Case {
            name: field(&row, "name").unwrap_or_default(),
            group: field(&row, "group").unwrap_or_default(),
            sql: field(&row, "sql").expect("a case has `sql`"),
            ok: row.get("ok").and_then(Value::as_bool).unwrap_or(true),
            ast: field(&row, "ast"),
            record: row,
        }
    });
    rows.collect()
}

/// Runs a file of cases and fails when fewer than `floor` of 1000 agree.
fn run(path: &str, floor: usize) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let cases = read_cases(&path);
    let mut groups: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut differences = Vec::new();
    for case in &cases {
        let group = groups.entry(&case.group).or_default();
        group.1 += 1;
        match support::compare(&case.record) {
            Ok(()) => group.0 += 1,
            Err(difference) => differences.push(format!("{}: {}\n  {difference}", case.name, case.sql)),
        }
    }
    let passed = cases.len() - differences.len();
    println!("{passed} of {} agree", cases.len());
    for (group, (passed, total)) in groups.iter().filter(|(_, (passed, total))| passed < total) {
        println!("  {group}: {passed} of {total}");
    }
    for difference in &differences {
        println!("{difference}");
    }
    assert!(passed * 1000 >= floor * cases.len(), "only {passed} of {} agree", cases.len());
}

#[test]
fn statements_agree_with_clickhouse() {
    run(STATEMENTS, 1000);
}

#[test]
fn our_own_statements_agree_with_clickhouse() {
    run("tests/cases/statements.jsonl", 985);
}

/// Statements put together at random, and real ones with words moved, dropped and added.
#[test]
fn generated_statements_agree_with_clickhouse() {
    run("tests/cases/generated.jsonl", 985);
}

/// What came to ClickHouse lately: `|>`, `LIMIT ... AFTER ... UNTIL`, `STREAM`, `PARALLEL WITH`, statistics, paths of `JSON`.
#[test]
fn recent_statements_agree_with_clickhouse() {
    run("tests/cases/recent.jsonl", 985);
    run("tests/cases/mutated_recent.jsonl", 960);
}

/// Statements of the suite, of ours and of the SQL cases with words and parts exchanged.
#[test]
fn mutated_statements_agree_with_clickhouse() {
    run("tests/cases/mutated.jsonl", 1000);
}

/// Printing and reading again gives the same text, for every statement that is accepted.
#[test]
fn printing_and_reading_are_inverse() {
    for file in [STATEMENTS, "tests/cases/statements.jsonl"] {
        let cases = read_cases(&Path::new(env!("CARGO_MANIFEST_DIR")).join(file));
        let accepted: Vec<&Case> = cases.iter().filter(|case| case.ok && !is_unreadable(&case.sql)).collect();
        for case in &accepted {
            let Some(statements) = parse(&case.sql).value else { continue };
            for statement in &statements {
                let printed = statement_to_string(statement);
                let again =
                    parse(&printed).into_result().unwrap_or_else(|error| panic!("{printed}: {error}"));
                let again: Vec<String> = again.iter().map(statement_to_string).collect();
                assert_eq!(again.join("; "), printed, "{}", case.sql);
            }
        }
        assert!(accepted.len() > 100);
    }
}

/// Whether ClickHouse's own printed form cannot be read again: it leaves names such as `case` and `not`
/// unquoted.
fn is_unreadable(sql: &str) -> bool {
    sql.contains("`case`") || sql.contains("CASE END")
}

/// The trees are ClickHouse's: this settles precedence, and what is a literal, an alias, a table.
#[test]
fn trees_agree_with_clickhouse() {
    let cases = read_cases(&Path::new(env!("CARGO_MANIFEST_DIR")).join(STATEMENTS));
    let mut total = 0;
    let mut different = Vec::new();
    for case in &cases {
        // A parameter is replaced by its value before ClickHouse shows the tree.
        let Some(expected) = case.ast.as_ref().filter(|_| !case.sql.contains('{')) else { continue };
        let Some(statement) = parse(&case.sql).value.and_then(|statements| statements.into_iter().next())
        else {
            continue;
        };
        let Some(tree) = explain_ast(&statement) else { continue };
        total += 1;
        if tree.trim_end() != expected.trim_end() {
            different.push(format!("{}\n{tree}expected\n{expected}", case.sql));
        }
    }
    println!("{} of {total} trees agree", total - different.len());
    assert!(total > 1_300 && different.is_empty(), "{}", different.join("\n"));
}
