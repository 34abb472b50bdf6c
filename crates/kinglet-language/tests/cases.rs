//! The cases in `tests/cases`: files of a project, a question about one of them, the answer.
//!
//! A case starts with `=== name`; its parts with `--- file PATH`, `--- open PATH [NODE]` (a text that is no file, or
//! the query of a node alone), `--- table NAME column type …` and `--- ask WHAT`, after which the answer follows.
//! The file with the mark `‸` is the one that is asked about, at the mark; without one it is the last.
//! `KINGLET_BLESS=1` writes the answers anew.

mod support;

use support::{Case, read_cases};

#[test]
fn every_case_has_its_answer() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let bless = std::env::var_os("KINGLET_BLESS").is_some();
    let (mut count, mut failures) = (0, Vec::new());
    for path in support::files(&folder) {
        let text = std::fs::read_to_string(&path).expect("a readable file");
        let cases = read_cases(&text);
        let mut blessed = String::new();
        for case in &cases {
            let answer = case.answer().trim_end().to_owned();
            count += 1;
            if bless {
                blessed.push_str(&case.with_answer(&answer));
            } else if answer != case.expected {
                failures.push(format!(
                    "{}: {}\n expected:\n{}\n got:\n{answer}",
                    path.display(),
                    case.name,
                    case.expected
                ));
            }
        }
        if bless {
            std::fs::write(&path, blessed).expect("a writable file");
        }
    }
    assert!(count > 20, "the cases were found");
    assert!(failures.is_empty(), "{} of {count} cases fail\n{}", failures.len(), failures.join("\n"));
}

/// Every question about every prefix of every text has an answer.
#[test]
fn unfinished_texts_are_answered() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    for path in support::files(&folder) {
        let text = std::fs::read_to_string(&path).expect("a readable file");
        for case in read_cases(&text) {
            for end in case.boundaries() {
                case.cut(end).ask_everything();
            }
        }
    }
}

/// A case that is built by hand, to see that the runner compares.
#[test]
fn a_wrong_answer_is_noticed() {
    let cases = read_cases("=== a\n--- open q.sql\nSELECT 1\n--- ask diagnostics\nsomething\n");
    let case: &Case = cases.first().expect("one case");
    assert_ne!(case.answer(), case.expected);
}
