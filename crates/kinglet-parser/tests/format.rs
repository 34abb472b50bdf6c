//! The formatter for people: examples, and properties over all statements of the cases.

use std::fs;
use std::path::Path;

use kinglet_parser::{FormatOptions, KeywordCase, TokenKind, format_sql, parse, statement_to_string, tokens};
use serde_json::Value;

fn path(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn options(width: usize) -> FormatOptions {
    FormatOptions { width, ..FormatOptions::default() }
}

/// The statements that ClickHouse accepts, and we too.
fn statements() -> Vec<String> {
    let files = ["../kinglet-testkit/conformance/parser/statements.jsonl", "tests/cases/statements.jsonl"];
    let mut found = Vec::new();
    for file in files {
        for line in fs::read_to_string(path(file)).unwrap().lines() {
            let row: Value = serde_json::from_str(line).unwrap();
            let sql = row.get("sql").and_then(Value::as_str).unwrap().to_owned();
            if parse(&sql).diagnostics.is_empty() {
                found.push(sql);
            }
        }
    }
    assert!(found.len() > 1_500);
    found
}

fn canonical(sql: &str) -> Vec<String> {
    parse(sql).value.iter().flatten().map(statement_to_string).collect()
}

/// Texts of the comments, in order.
fn comments(sql: &str) -> Vec<String> {
    let comments = tokens(sql).into_iter().filter(|token| token.kind == TokenKind::Comment);
    comments.map(|token| token.span.text(sql).trim_end().to_owned()).collect()
}

/// Formats, and checks that the meaning and the comments are kept and that a second time changes nothing.
fn check(sql: &str, width: usize) -> String {
    let formatted = format_sql(sql, &options(width)).unwrap_or_else(|errors| panic!("{sql}: {errors:?}"));
    assert!(formatted.ends_with('\n'), "left as it was: {sql}");
    assert_eq!(canonical(&formatted), canonical(sql), "{sql}\n{formatted}");
    assert_eq!(comments(&formatted), comments(sql), "{formatted}");
    let again = format_sql(&formatted, &options(width)).unwrap();
    assert_eq!(again, formatted, "{sql}");
    formatted
}

#[test]
fn examples() {
    let text = fs::read_to_string(path("tests/cases/format.txt")).unwrap();
    let cases: Vec<&str> = text.split("==== ").skip(1).collect();
    assert!(cases.len() >= 9);
    for case in cases {
        let (name, rest) = case.split_once('\n').unwrap();
        let (input, expected) = rest.split_once("---- formatted\n").unwrap();
        let formatted = format_sql(input, &FormatOptions::default()).unwrap();
        assert_eq!(formatted, expected, "{name}:\n{formatted}");
        let again = format_sql(&formatted, &FormatOptions::default()).unwrap();
        assert_eq!(again, formatted, "{name}");
    }
}

#[test]
fn every_statement_keeps_its_meaning() {
    for sql in statements() {
        for width in [30, 100] {
            let formatted = check(&sql, width);
            assert!(formatted.lines().all(|line| !line.ends_with(' ')), "{formatted}");
        }
    }
}

#[test]
fn comments_between_any_tokens_are_kept() {
    let forms = [" /* c */ ", " -- c\n", "\n-- c\n", "\n/* c\n d */\n", " # c\n"];
    let mut state = 88_172_645_463_325_252u64;
    let mut next = move |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % limit as u64) as usize
    };
    let mut checked = 0;
    for sql in statements() {
        let mut commented = String::new();
        let mut end = 0;
        for token in tokens(&sql) {
            commented.push_str(&sql[end..token.span.start as usize]);
            if next(4) == 0 {
                commented.push_str(forms[next(forms.len())]);
            }
            commented.push_str(token.span.text(&sql));
            end = token.span.end as usize;
        }
        // A comment inside a literal that is cast, or in the data of an INSERT, is part of it.
        let skipped = sql.contains("::") || sql.starts_with("INSERT");
        if !skipped && parse(&commented).diagnostics.is_empty() && canonical(&commented) == canonical(&sql) {
            check(&commented, 60);
            checked += 1;
        }
    }
    assert!(checked > 1_000, "{checked}");
}

#[test]
fn case_of_keywords_is_a_choice() {
    let format = |keywords| {
        format_sql("Select Sum(A) From t", &FormatOptions { keywords, ..FormatOptions::default() })
    };
    assert_eq!(format(KeywordCase::Upper).unwrap(), "SELECT Sum(A) FROM t\n");
    assert_eq!(format(KeywordCase::Lower).unwrap(), "select Sum(A) from t\n");
    assert_eq!(format(KeywordCase::Keep).unwrap(), "Select Sum(A) From t\n");
}

#[test]
fn faulty_text_is_not_formatted() {
    assert!(format_sql("SELECT FROM WHERE", &FormatOptions::default()).is_err());
}
