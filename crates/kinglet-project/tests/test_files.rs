//! The small look at a test file says what the full reader says, or nothing.

#[allow(dead_code)]
mod support;

use kinglet_datafile::{Problem, check_endpoint_tests, parse_endpoint_tests};
use support::cases::{conformance, load};

/// Texts of test files: those of the cases, cut off, and with characters put in and left out.
fn texts() -> Vec<String> {
    let own = |file: &str| std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(file);
    let files = [conformance("testfile.jsonl"), own("testfile.jsonl"), own("mutated_tests.jsonl")];
    let cases = files.iter().flat_map(|path| load(path)).filter(|case| case["kind"] == "endpoint_tests");
    let written: Vec<String> = cases.filter_map(|case| Some(case["text"].as_str()?.to_owned())).collect();
    let mut found = written.clone();
    for text in &written {
        let chars: Vec<char> = text.chars().collect();
        let odd = ["\n", " ", ":", "'", "\"", "#", "- ", "  ", "\t", "|", "a: b", "{", "é", "1"];
        for (at, insert) in (0..chars.len()).zip(odd.iter().cycle()) {
            let (before, after) = chars.split_at(at);
            found.push(before.iter().collect());
            found.push(before.iter().chain(after.iter().skip(1)).collect());
            found.push(before.iter().collect::<String>() + insert + &after.iter().collect::<String>());
        }
    }
    found
}

fn told(problems: &[Problem]) -> Vec<String> {
    let shown = |problem: &Problem| {
        let found = &problem.diagnostic;
        // What no YAML reader takes is told in words of each.
        if found.code == "datafile/yaml" { found.code.to_string() } else { format!("{found:?}") }
    };
    problems.iter().map(shown).collect()
}

#[test]
fn the_small_look_agrees_with_the_full_reader() {
    let (mut total, mut accepted, mut refused, mut silent) = (0, 0, 0, 0);
    let mut wrong = Vec::new();
    for text in texts() {
        let (small, full) =
            (told(&check_endpoint_tests(&text).problems), told(&parse_endpoint_tests(&text).problems));
        total += 1;
        match (small.is_empty(), full.is_empty()) {
            (true, true) => accepted += 1,
            (true, false) => silent += 1,
            _ if small == full => refused += 1,
            _ => wrong.push(format!("{text:?}\n  small {small:?}\n  full {full:?}")),
        }
    }
    for each in wrong.iter().take(12) {
        println!("{each}");
    }
    println!(
        "{total} texts: {accepted} accepted, {refused} refused by both, {silent} not looked at, {} told otherwise",
        wrong.len()
    );
    assert!(wrong.is_empty());
    assert!(total > 5_000 && 2 * refused > silent, "{refused} refused, {silent} not looked at");
}
