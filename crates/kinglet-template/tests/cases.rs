//! Further cases whose answers come from Tinybird's own renderer; see `cases/README.md`.

mod support;

use std::path::Path;

use serde_json::Value as Json;

#[test]
fn every_case_file_passes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    files.sort();
    assert!(files.len() >= 5);
    let mut n_failures = 0;
    for file in files {
        for line in std::fs::read_to_string(&file).unwrap().lines() {
            let case: Json = serde_json::from_str(line).unwrap();
            if let Err(reason) = support::run(&case) {
                n_failures += 1;
                println!("{} {}: {reason}", case["name"].as_str().unwrap(), case["template"]);
            }
        }
    }
    assert_eq!(n_failures, 0);
}
