//! Queries over the fixture tables with ClickHouse's answers, by area: `cases/<area>.jsonl`, each line as the
//! conformance suite records it. `KINGLET_CASES` names another folder of such files, to run what was recorded elsewhere.

mod support;

use std::sync::Arc;

use support::json::Json;
use support::{Fixtures, compare, render};

#[test]
fn every_answer_is_that_of_clickhouse() {
    let here = env!("CARGO_MANIFEST_DIR");
    let fixtures = Arc::new(Fixtures::load(&format!("{here}/../kinglet-testkit/conformance/sql")));
    let folder = std::env::var("KINGLET_CASES").unwrap_or_else(|_| format!("{here}/tests/cases"));
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("cases")
        .flatten()
        .map(|f| f.path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "jsonl"))
        .collect();
    files.sort();
    let mut wrong = Vec::new();
    for file in files {
        for line in std::fs::read_to_string(&file).expect("a file of cases").lines() {
            let want = Json::parse(line).expect("a record");
            let text = |key: &str| want.get(key).and_then(Json::text).unwrap_or("").to_owned();
            let got = render(&fixtures, &text("sql"));
            if let Some(why) = compare(&want, &got) {
                wrong.push(format!("{}: {}\n  {}", text("name"), why, text("sql")));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}
