//! The committed conformance cases against the engine: fixture tables in memory, every query of
//! `conformance/sql`, the answers of real ClickHouse.

mod support;

use std::collections::BTreeMap;
use std::sync::Arc;

use support::json::Json;
use support::{Fixtures, compare, render};

/// Queries that pass, at least; raise it when more do.
const FLOOR: usize = 1704;

#[test]
fn answers_are_those_of_clickhouse() {
    let root = format!("{}/../kinglet-testkit/conformance/sql", env!("CARGO_MANIFEST_DIR"));
    let only = std::env::var("CONFORMANCE_ONLY").ok();
    let fixtures = Arc::new(Fixtures::load(&root));
    let mut counts: BTreeMap<(String, u64), (usize, usize)> = BTreeMap::new();
    let mut files: Vec<_> =
        std::fs::read_dir(format!("{root}/expected")).expect("answers").flatten().collect();
    files.sort_by_key(std::fs::DirEntry::path);
    let mut passed = 0;
    for file in files {
        let path = file.path();
        let area = path.file_stem().expect("a name").to_string_lossy().into_owned();
        for line in std::fs::read_to_string(&path).expect("answers").lines() {
            let want = Json::parse(line).expect("a record");
            let name = field(&want, "name");
            if only.as_ref().is_some_and(|only| !name.starts_with(only.as_str())) {
                continue;
            }
            let tier = field(&want, "tier").parse().unwrap_or(3);
            let got = render(&fixtures, &field(&want, "sql"));
            let difference = compare(&want, &got);
            let count = counts.entry((area.clone(), tier)).or_default();
            count.1 += 1;
            match difference {
                None => {
                    count.0 += 1;
                    passed += 1;
                }
                Some(why) => {
                    let why: String = why.chars().take(400).collect();
                    println!("FAIL {name} [{tier}]: {why}");
                }
            }
        }
    }
    let mut tiers: BTreeMap<u64, (usize, usize)> = BTreeMap::new();
    for ((area, tier), (ok, all)) in &counts {
        println!("{area} tier {tier}: {ok}/{all}");
        let sum = tiers.entry(*tier).or_default();
        (sum.0, sum.1) = (sum.0 + ok, sum.1 + all);
    }
    for (tier, (ok, all)) in tiers {
        println!("tier {tier}: {ok}/{all}");
    }
    println!("passed {passed}");
    assert!(only.is_some() || passed >= FLOOR, "{passed} queries pass, fewer than the {FLOOR} that did");
}

fn field(record: &Json, key: &str) -> String {
    record.get(key).and_then(Json::text).unwrap_or("").to_owned()
}
