//! Counts and failures of a run.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::json;

use super::{Case, Verdict};

/// Passed and total of some cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Cases whose answer is the expected one.
    pub passed: usize,
    /// All of them.
    pub total: usize,
}

/// A case whose answer is not the expected one.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The case's name.
    pub name: String,
    /// Its input, as far as the record has one field for it.
    pub input: String,
    /// The answer the case states.
    pub expected: String,
    /// The answer Kinglet gave.
    pub got: String,
}

/// Counts by area and tier, and every failure.
#[derive(Clone, Debug, Default)]
pub struct Report {
    counts: BTreeMap<(String, u8), Count>,
    failures: Vec<Failure>,
}

impl Report {
    /// Counts one case.
    pub fn add(&mut self, case: &Case, verdict: Verdict) {
        let count = self.counts.entry((case.area.clone(), case.tier)).or_default();
        count.total += 1;
        match verdict {
            Verdict::Pass => count.passed += 1,
            Verdict::Fail { expected, got } => {
                let inputs = ["sql", "text", "template", "input"];
                let input = inputs.iter().find_map(|field| case.record[*field].as_str()).unwrap_or_default();
                let input = input.to_owned();
                self.failures.push(Failure { name: case.name.clone(), input, expected, got });
            }
        }
    }

    /// Passed and total over everything.
    pub fn overall(&self) -> Count {
        sum(self.counts.values())
    }

    /// Passed and total of each area, over its tiers.
    pub fn areas(&self) -> BTreeMap<&str, Count> {
        let mut areas: BTreeMap<&str, Count> = BTreeMap::new();
        for ((area, _), count) in &self.counts {
            let total = areas.entry(area).or_default();
            *total = sum([&*total, count].into_iter());
        }
        areas
    }

    /// Every failure, in the order of the cases.
    pub fn failures(&self) -> &[Failure] {
        &self.failures
    }

    /// The failures as JSON, one record a line.
    pub fn failures_jsonl(&self) -> String {
        let record = |failure: &Failure| {
            let Failure { name, input, expected, got } = failure;
            json!({ "name": name, "input": input, "expected": expected, "got": got }).to_string() + "\n"
        };
        self.failures.iter().map(record).collect()
    }
}

fn sum<'a>(counts: impl Iterator<Item = &'a Count>) -> Count {
    counts.fold(Count::default(), |total, count| Count {
        passed: total.passed + count.passed,
        total: total.total + count.total,
    })
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.passed, self.total)
    }
}

/// A line per area and tier, and the overall count as the last line.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for ((area, tier), count) in &self.counts {
            match tier {
                0 => writeln!(f, "{area:<24} {count}")?,
                _ => writeln!(f, "{area:<24} tier {tier}  {count}")?,
            }
        }
        write!(f, "{}", self.overall())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_by_area_and_tier_and_keeps_failures() {
        let case = |name: &str, tier| Case {
            name: name.to_owned(),
            area: "joins".to_owned(),
            tier,
            record: json!({ "sql": "SELECT 1" }),
        };
        let mut report = Report::default();
        report.add(&case("a", 1), Verdict::equal("1", "1"));
        report.add(&case("b", 2), Verdict::equal("1", "2"));
        assert_eq!(report.overall(), Count { passed: 1, total: 2 });
        assert_eq!(report.areas()["joins"], Count { passed: 1, total: 2 });
        assert_eq!(report.failures()[0].name, "b");
        assert!(report.to_string().ends_with("\n1/2"));
    }
}
