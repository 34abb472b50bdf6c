//! Every kind of conformance cases passes at least as often as it did: the floors may only rise.

use kinglet_testkit::conformance::{self, Kind};
use serde_json::Value;

const FLOORS: &str = include_str!("floors.json");

#[test]
fn no_area_falls_below_its_floor() {
    let floors: Value = serde_json::from_str(FLOORS).expect("floors.json is JSON");
    let mut below = Vec::new();
    for kind in Kind::ALL {
        let report = conformance::run(kind, &kind.folder()).expect("the committed cases are readable");
        let overall = ("overall", report.overall());
        for (area, count) in report.areas().into_iter().chain([overall]) {
            let floor = floors[kind.name()][area].as_u64().unwrap_or(0);
            if (count.passed as u64) < floor {
                below.push(format!("{} {area}: {count}, the floor is {floor}", kind.name()));
            }
        }
        println!("{}: {}", kind.name(), report.overall());
    }
    assert!(below.is_empty(), "{}", below.join("\n"));
}
