//! Expressions with what ClickHouse answers: each line of `tests/functions/*.tsv` is an expression, the type of its
//! value and the value as TabSeparated text, or an expression, `error` and the error's code.

use std::fmt::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};

use kinglet_sql::format::{Footer, Format, FormatOptions, FormatWriter};
use kinglet_sql::{EmptyCatalog, Engine, QueryOptions};
use kinglet_types::SqlError;

/// Type and text of the value of an expression.
fn answer(engine: &Engine, sql: &str) -> Result<(String, String), SqlError> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let prepared = engine.prepare(&format!("SELECT {sql}"), &QueryOptions::new(&EmptyCatalog))?;
        let (columns, environment) = (prepared.columns().to_vec(), prepared.environment().clone());
        let types: Vec<String> = columns.iter().map(|column| column.ty.to_string()).collect();
        let options = FormatOptions::default();
        let mut writer = FormatWriter::new(Format::parse("TSV")?, columns, options, environment);
        let mut out = Vec::new();
        writer.begin(&mut out)?;
        let mut execution = prepared.execute()?;
        while let Some(batch) = execution.next().await? {
            writer.batch(&batch, &mut out)?;
        }
        writer.finish(&Footer::default(), &mut out)?;
        let text = String::from_utf8_lossy(&out).trim_end_matches('\n').replace('\n', "\\n");
        Ok((types.join(", "), text))
    })
}

/// The lines of a file whose answers differ.
fn differences(engine: &Engine, lines: &str, report: &mut String) -> (usize, usize) {
    let (mut all, mut wrong) = (0, 0);
    for line in lines.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let mut parts = line.splitn(3, '\t');
        let (sql, ty, text) =
            (parts.next().unwrap_or(""), parts.next().unwrap_or(""), parts.next().unwrap_or(""));
        all += 1;
        let got = match catch_unwind(AssertUnwindSafe(|| answer(engine, sql))) {
            Ok(Ok(got)) => got,
            Ok(Err(error)) => ("error".to_owned(), error.code.0.to_string()),
            Err(_) => ("panic".to_owned(), String::new()),
        };
        if (got.0.as_str(), got.1.as_str()) != (ty, text) {
            wrong += 1;
            let _ = writeln!(report, "{sql}\t{} {}\tinstead of\t{ty} {text}", got.0, got.1);
        }
    }
    (all, wrong)
}

#[test]
fn expressions_answer_as_in_clickhouse() {
    let folder = format!("{}/tests/functions", env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<_> = match std::env::var("FUNCTION_CASES") {
        Ok(path) => vec![path.into()],
        Err(_) => std::fs::read_dir(folder).expect("cases").flatten().map(|entry| entry.path()).collect(),
    };
    files.sort();
    let (engine, mut report) = (Engine::new(), String::new());
    let (mut all, mut wrong) = (0, 0);
    for file in files {
        let lines = std::fs::read_to_string(&file).expect("cases");
        let (count, different) = differences(&engine, &lines, &mut report);
        (all, wrong) = (all + count, wrong + different);
    }
    assert!(wrong == 0, "{wrong} of {all} expressions answer otherwise:\n{report}");
}
