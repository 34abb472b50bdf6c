//! What holds for every text holds for all cases, for damaged ones, and for what fuzzing has found.

mod property;

use std::fs;
use std::path::{Path, PathBuf};

use property::PROPERTIES;
use serde_json::Value;

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The texts of a file of cases.
fn texts(file: &str, field: &str) -> Vec<String> {
    let rows = fs::read_to_string(path(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    let row = |line: &str| serde_json::from_str::<Value>(line).ok()?.get(field)?.as_str().map(str::to_owned);
    rows.lines().filter_map(row).collect()
}

/// The texts that say something about a property.
fn corpus(name: &str) -> Vec<String> {
    let conformance = "../kinglet-testkit/conformance";
    match name {
        "sql" => texts(&format!("{conformance}/parser/statements.jsonl"), "sql"),
        "template" => {
            let templates = texts(&format!("{conformance}/datafile/template.jsonl"), "template");
            templates.into_iter().map(|body| format!("%{body}")).collect()
        }
        "schema" => texts(&format!("{conformance}/datafile/schema.jsonl"), "input"),
        "testfile" => texts(&format!("{conformance}/datafile/testfile.jsonl"), "text"),
        _ => texts(&format!("{conformance}/datafile/datafile.jsonl"), "text"),
    }
}

#[test]
fn properties_hold_for_the_cases() {
    for (name, holds) in PROPERTIES {
        let texts = corpus(name);
        assert!(texts.len() >= 40, "{name}: {} texts", texts.len());
        // Loading a project is slow in a debug build.
        let step = if name == "project" { 7 } else { 1 };
        for text in texts.iter().step_by(step) {
            holds(text);
        }
    }
}

#[test]
fn properties_hold_for_what_fuzzing_found() {
    for (name, holds) in PROPERTIES {
        let folder = path("tests/findings").join(name);
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let file = entry.expect("the folder can be listed").path();
            println!("{}", file.display());
            holds(&String::from_utf8_lossy(&fs::read(&file).expect("a finding can be read")));
        }
    }
}
