//! The conformance cases: what Tinybird's own renderer does with each template.

mod support;

use serde_json::Value as Json;

const CASES: &str = include_str!("../../kinglet-testkit/conformance/datafile/template.jsonl");

#[test]
fn templates_render_as_in_tinybird() {
    let mut failures = Vec::new();
    let mut n_cases = 0;
    for line in CASES.lines() {
        let case: Json = serde_json::from_str(line).unwrap();
        n_cases += 1;
        if let Err(reason) = support::run(&case) {
            failures.push(format!("{}: {reason}", case["name"].as_str().unwrap()));
        }
    }
    for failure in &failures {
        println!("{failure}");
    }
    println!("{} of {n_cases} cases pass", n_cases - failures.len());
    assert!(failures.len() * 100 <= n_cases * 2);
}
