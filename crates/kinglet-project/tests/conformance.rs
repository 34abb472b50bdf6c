//! The conformance cases for datafiles, schemas and test files, and further cases of the same form in
//! `cases/`, whose answers come from the same package.

mod support;

use support::cases::{conformance, run};
use support::file::datafile_answer;
use support::{schema, testfile};

#[test]
fn datafiles() {
    run(&conformance("datafile.jsonl"), 0.98, |case| Some(datafile_answer(case)));
}

#[test]
fn schemas() {
    run(&conformance("schema.jsonl"), 0.98, schema::answer);
}

#[test]
fn test_files() {
    run(&conformance("testfile.jsonl"), 0.95, testfile::answer);
}

fn own(file: &str) -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(file)
}

#[test]
fn own_datasources() {
    run(&own("datasource.jsonl"), 0.98, |case| Some(datafile_answer(case)));
}

#[test]
fn own_pipes() {
    run(&own("pipe.jsonl"), 0.98, |case| Some(datafile_answer(case)));
}

#[test]
fn own_connections() {
    run(&own("connection.jsonl"), 0.98, |case| Some(datafile_answer(case)));
}

#[test]
fn own_schemas() {
    run(&own("schema.jsonl"), 0.95, schema::answer);
}

#[test]
fn own_test_files() {
    run(&own("testfile.jsonl"), 0.95, testfile::answer);
}

#[test]
fn random_files() {
    run(&own("random_files.jsonl"), 0.98, |case| Some(datafile_answer(case)));
}

#[test]
fn random_schemas() {
    run(&own("random_schemas.jsonl"), 0.98, schema::answer);
}

/// Cases of the conformance suite and of ours with lines, words and characters changed, moved and dropped.
#[test]
fn mutated_files() {
    run(&own("mutated_files.jsonl"), 0.98, |case| Some(datafile_answer(case)));
}

#[test]
fn mutated_schemas() {
    run(&own("mutated_schemas.jsonl"), 0.98, schema::answer);
}

#[test]
fn mutated_test_files() {
    run(&own("mutated_tests.jsonl"), 0.98, testfile::answer);
}
