//! The generator of expressions repeats itself by its seed, and the judge tells equal answers from others.

use kinglet_testkit::conformance::Kind;
use kinglet_testkit::differential::{compare, generate};

#[test]
fn a_seed_repeats_its_queries() {
    let root = Kind::Sql.folder();
    let queries = generate(&root, 7, 50, &[]);
    assert_eq!(queries.lines().count(), 50);
    assert_eq!(queries, generate(&root, 7, 50, &[]));
    assert_ne!(queries, generate(&root, 8, 50, &[]));
    let some = generate(&root, 7, 20, &["lower".to_owned()]);
    assert!(some.lines().all(|line| line.contains("\"lower\"") && line.contains("SELECT lower(")), "{some}");
}

#[test]
fn answers_are_judged_by_type_value_and_code() {
    let answers = [
        r#"{"function": "plus", "sql": "SELECT 1 + 1 AS r", "meta": [["r", "UInt16"]], "data": [[2]]}"#,
        r#"{"function": "plus", "sql": "SELECT 1 + 1 AS r", "meta": [["r", "UInt16"]], "data": [[3]]}"#,
        r#"{"function": "plus", "sql": "SELECT 1 + 1 AS r", "meta": [["r", "UInt8"]], "data": [[2]]}"#,
        r#"{"function": "lower", "sql": "SELECT lower(1)", "error": {"code": 43, "name": "ILLEGAL_TYPE_OF_ARGUMENT"}}"#,
        r#"{"function": "lower", "sql": "SELECT lower('a')", "error": {"code": 43, "name": "ILLEGAL_TYPE_OF_ARGUMENT"}}"#,
    ];
    let path = std::env::temp_dir().join(format!("kinglet-differential-{}.ndjson", std::process::id()));
    std::fs::write(&path, answers.join("\n")).expect("a writable folder");
    let judgement = compare(&Kind::Sql.folder(), &path);
    let _ = std::fs::remove_file(&path);
    let judgement = judgement.expect("readable answers");
    assert_eq!(judgement.counts(), (2, 5));
    let text = judgement.to_string();
    for kind in ["value: plus 1", "type: plus 1", "accepted, wanted ILLEGAL_TYPE_OF_ARGUMENT: lower 1"] {
        assert!(text.contains(kind), "{text}");
    }
}
