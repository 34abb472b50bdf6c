//! The conformance cases: what Tinybird's own renderer does with each template.

mod support;

use std::collections::BTreeMap;

use serde_json::Value as Json;

const CASES: &str = include_str!("../../kinglet-testkit/conformance/datafile/template.jsonl");

/// Cases that are answered differently, and why. Each closed hole has a test in `security.rs`.
const EXCEPTIONS: [(&str, &str); 15] = [
    ("ident-columns-fn-alias-backtick-unescaped", "an alias of columns() that is not a plain name is quoted"),
    (
        "ident-symbol-custom-quote-keyword",
        "symbol() without quotes takes plain names only, others are quoted",
    ),
    ("ident-table-unquoted-raw", "a table name that is not plain is quoted"),
    ("inject-table-backslash-quote", "a table name that is not plain is quoted"),
    ("inject-table-comment", "a table name that is not plain is quoted"),
    ("inject-table-double-backslash-quote", "a table name that is not plain is quoted"),
    ("inject-table-quote-or", "a table name that is not plain is quoted"),
    ("inject-table-semicolon", "a table name that is not plain is quoted"),
    ("setting-max-threads-injection", "a comment stays on its line"),
    ("setting-backend-hint-newline", "a comment stays on its line"),
    ("secret-request-parameter-tb-secrets-list-is-honoured", "a request parameter unlocks no secret"),
    ("inject-parameter-overrides-tt-utf8", "a request parameter cannot break the renderer"),
    ("inject-parameter-named-self", "a request parameter cannot break the renderer"),
    (
        "expr-unicode-string-escape-surrogate",
        "half of a surrogate pair is refused when read, not when rendered",
    ),
    ("testmode-error-with-x-parameter-gets-line", "a parameter called x does not change error texts"),
];

#[test]
fn templates_render_as_in_tinybird() {
    let mut failures = BTreeMap::new();
    let mut n_cases = 0;
    for line in CASES.lines() {
        let case: Json = serde_json::from_str(line).unwrap();
        n_cases += 1;
        if let Err(reason) = support::run(&case) {
            failures.insert(case["name"].as_str().unwrap().to_owned(), reason);
        }
    }
    let n_passed = n_cases - failures.len();
    println!("{n_passed} of {n_cases} cases pass");
    for (name, reason) in EXCEPTIONS {
        assert!(failures.remove(name).is_some(), "{name} passes although: {reason}");
    }
    for (name, reason) in &failures {
        println!("{name}: {reason}");
    }
    assert!(failures.is_empty(), "{} cases fail", failures.len());
    assert!(n_passed * 100 >= n_cases * 98);
}
