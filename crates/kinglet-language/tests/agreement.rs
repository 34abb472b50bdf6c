//! The module agrees with what Tinybird's own tools and real ClickHouse say about the conformance cases: no error is
//! told about a text that they accept, and nearly every text that they refuse has one.

use std::path::{Path, PathBuf};

use kinglet_diagnostic::Severity;
use kinglet_language::{Column, Document, Functions, Workspace, diagnostics};
use kinglet_parser::ast::{CreateObject, StatementKind};
use serde_json::Value;

/// Findings about other files of a project, which a lone case does not have, and about what only a deployment refuses.
const BEYOND_A_FILE: [&str; 7] = [
    "project/unknown-table",
    "project/unknown-target",
    "project/unknown-connection",
    "project/unused-file",
    "project/engine",
    "project/unknown-column",
    "project/duplicate-node",
];

fn conformance(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../kinglet-testkit/conformance").join(file)
}

fn rows(file: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(conformance(file)).expect("the cases");
    text.lines().map(|line| serde_json::from_str(line).expect("a case")).collect()
}

/// The errors about a text, and the warnings.
fn told(workspace: &mut Workspace, path: &str, text: &str) -> (Vec<String>, Vec<String>) {
    let document = Document { path, text, node: None };
    workspace.open(&document);
    workspace.refresh();
    let found = diagnostics(workspace, &document);
    let found = found.into_iter().filter(|found| !BEYOND_A_FILE.contains(&found.code.as_ref()));
    let (errors, others): (Vec<_>, Vec<_>) = found.partition(|found| found.severity == Severity::Error);
    let words = |found: Vec<kinglet_diagnostic::Diagnostic>| {
        found.into_iter().map(|found| format!("{}: {}", found.code, found.message)).collect()
    };
    (words(errors), words(others))
}

#[test]
fn datafiles_are_judged_as_by_tinybird() {
    let (mut accepted, mut refused, mut missed, mut wrong) = (0, 0, Vec::new(), Vec::new());
    for case in rows("datafile/datafile.jsonl") {
        let (kind, name) = (case["kind"].as_str().unwrap_or(""), case["name"].as_str().unwrap_or(""));
        // Secrets and includes of a case are not in its text.
        let alone = ["secrets", "includes", "environment", "env"].iter().all(|key| case.get(*key).is_none());
        if kind == "incl" || !alone {
            continue;
        }
        let text = case["text"].as_str().unwrap_or("");
        let ok = case["full_check"]["ok"].as_bool().or(case["ok"].as_bool()).unwrap_or(false);
        let (errors, _) = told(&mut Workspace::new(), &format!("one_file.{kind}"), text);
        if ok {
            accepted += 1;
            if !errors.is_empty() {
                wrong.push(format!("{name}: {errors:?}\n{text}"));
            }
        } else {
            refused += 1;
            if errors.is_empty() {
                missed.push(name.to_owned());
            }
        }
    }
    println!("{} of {accepted} accepted have errors\n{}", wrong.len(), wrong.join("\n"));
    assert!(wrong.is_empty(), "{} accepted files have errors", wrong.len());
    println!("{accepted} accepted; {} of {refused} refused, not {missed:?}", refused - missed.len());
    assert!(accepted > 280 && missed.len() * 20 <= refused, "{missed:?}");
}

#[test]
fn templates_that_render_to_sql_have_no_errors() {
    let (mut count, mut wrong) = (0, Vec::new());
    for case in rows("datafile/template.jsonl") {
        let (name, text) = (case["name"].as_str().unwrap_or(""), case["template"].as_str().unwrap_or(""));
        let rendered = case["rendered"].as_str().unwrap_or("");
        let is_query = kinglet_parser::parse(rendered).into_result().is_ok_and(|found| !found.is_empty());
        let alone = case.get("secrets").is_none() && case.get("test_mode").is_none();
        if !case["ok"].as_bool().unwrap_or(false) || !is_query || !alone {
            continue;
        }
        count += 1;
        let text = if text.trim_start().starts_with('%') { text.to_owned() } else { format!("%{text}") };
        let (errors, _) = told(&mut Workspace::new(), "case.sql", &text);
        if !errors.is_empty() {
            wrong.push(format!("{name}: {errors:?}\n{text}\n{rendered}"));
        }
    }
    println!("{} of {count} templates have errors\n{}", wrong.len(), wrong.join("\n"));
    assert!(count > 100 && wrong.len() * 50 <= count, "{} of {count}", wrong.len());
}

/// The tables of the SQL cases.
fn tables(workspace: &mut Workspace) {
    let mut text = std::fs::read_to_string(conformance("sql/schema.sql")).expect("the schema");
    text.push_str(&std::fs::read_to_string(conformance("sql/derived.sql")).expect("the derived tables"));
    for statement in kinglet_parser::parse(&text).value.unwrap_or_default() {
        let StatementKind::Create(create) = statement.kind else { continue };
        if let CreateObject::Table(table) = &create.object {
            let columns = &table.elements.columns;
            let column = |column: &kinglet_parser::ast::ColumnDef| Column {
                name: column.name.name.clone(),
                type_name: column
                    .data_type
                    .as_ref()
                    .map(kinglet_parser::data_type_to_string)
                    .unwrap_or_default(),
                place: None,
            };
            workspace.set_table(&create.name.full_name(), columns.iter().map(column).collect());
        }
    }
    let functions =
        std::fs::read_to_string(conformance("../../../www/engine/functions.json")).expect("functions");
    let rows: Vec<Vec<String>> = serde_json::from_str(&functions).expect("rows of functions");
    let rows: Vec<String> = rows.iter().map(|row| row.join("\u{1f}")).collect();
    workspace.set_functions(Functions::read(&rows.join("\u{1e}")));
}

#[test]
fn queries_that_clickhouse_answers_have_no_errors() {
    let mut workspace = Workspace::new();
    tables(&mut workspace);
    assert!(workspace.tables().len() > 10, "the tables were read");
    let (mut count, mut warned) = (0, Vec::new());
    let mut files: Vec<_> =
        std::fs::read_dir(conformance("sql/expected")).expect("the answers").flatten().collect();
    files.sort_by_key(std::fs::DirEntry::file_name);
    for file in files {
        for case in rows(&format!("sql/expected/{}", file.file_name().to_string_lossy())) {
            let (name, sql) = (case["name"].as_str().unwrap_or(""), case["sql"].as_str().unwrap_or(""));
            if case.get("error").is_some() {
                continue;
            }
            count += 1;
            let (errors, warnings) = told(&mut workspace, "case.sql", sql);
            let columns = warnings.into_iter().filter(|text| text.starts_with("sql/unknown-column"));
            let wrong: Vec<String> = errors.into_iter().chain(columns).collect();
            if !wrong.is_empty() {
                warned.push(format!("{name}: {wrong:?}\n{sql}"));
            }
        }
    }
    println!("{} of {count} queries have findings\n{}", warned.len(), warned.join("\n"));
    assert!(count > 500 && warned.len() * 100 <= count, "{} of {count}", warned.len());
}
