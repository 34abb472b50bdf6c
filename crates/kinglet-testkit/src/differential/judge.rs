//! Running generated queries here and telling what differs.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{BufRead, BufReader};
use std::path::Path;

use serde_json::Value;

use crate::conformance::Tables;

/// How an answer differs, from worst to least.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// A panic here.
    Panic,
    /// Other values.
    Value,
    /// Another type, or another name.
    Type,
    /// An error with this code here, an answer there.
    Refused(String),
    /// An answer here, an error with this code there.
    Accepted(String),
    /// Errors with other codes: there and here.
    Code(String, String),
}

/// What became of all queries.
#[derive(Debug, Default)]
pub struct Judgement {
    equal: usize,
    total: usize,
    different: BTreeMap<Difference, BTreeMap<String, usize>>,
    /// Each difference as a JSON record a line.
    pub report: String,
}

/// Runs the queries of the records in `answers` and compares. A record whose `function` is missing counts under an
/// empty name.
///
/// # Errors
/// When the file cannot be read.
///
/// # Panics
/// When the fixture tables below `root` cannot be read.
pub fn compare(root: &Path, answers: &Path) -> Result<Judgement, String> {
    let failed = |error: &dyn fmt::Display| format!("{}: {error}", answers.display());
    let file = std::fs::File::open(answers).map_err(|error| failed(&error))?;
    let tables = Tables::load(root);
    let mut judgement = Judgement::default();
    for line in BufReader::new(file).split(b'\n') {
        let line = line.map_err(|error| failed(&error))?;
        let text = String::from_utf8_lossy(&line);
        if let Ok(record) = serde_json::from_str::<Value>(&text) {
            judgement.add(&tables, &record, &text);
        }
    }
    Ok(judgement)
}

impl Judgement {
    fn add(&mut self, tables: &Tables, record: &Value, text: &str) {
        let field = |name: &str| record[name].as_str().unwrap_or_default();
        self.total += 1;
        let got = tables.answer(field("sql"));
        let Some(message) = got.difference(text) else {
            self.equal += 1;
            return;
        };
        let wanted = record["error"]["name"].as_str().map(ToOwned::to_owned);
        let difference = match (wanted, got.error()) {
            (_, Some(code)) if code == "PANIC" => Difference::Panic,
            (Some(wanted), Some(code)) => Difference::Code(wanted, code),
            (Some(wanted), None) => Difference::Accepted(wanted),
            (None, Some(code)) => Difference::Refused(code),
            (None, None) if message.starts_with("columns ") => Difference::Type,
            (None, None) => Difference::Value,
        };
        let line = serde_json::json!({
            "kind": difference.to_string(), "function": field("function"), "sql": field("sql"), "what": message,
            "there": record["text"],
        });
        self.report.push_str(&line.to_string());
        self.report.push('\n');
        let functions = self.different.entry(difference).or_default();
        *functions.entry(field("function").to_owned()).or_default() += 1;
    }

    /// Equal answers, and all.
    pub fn counts(&self) -> (usize, usize) {
        (self.equal, self.total)
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Panic => write!(f, "panic"),
            Self::Value => write!(f, "value"),
            Self::Type => write!(f, "type"),
            Self::Refused(code) => write!(f, "refused with {code}"),
            Self::Accepted(code) => write!(f, "accepted, wanted {code}"),
            Self::Code(wanted, got) => write!(f, "{got}, wanted {wanted}"),
        }
    }
}

/// A line per kind of difference with the functions that have most of it, the proportion of equal answers last.
impl fmt::Display for Judgement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (difference, functions) in &self.different {
            let count: usize = functions.values().sum();
            let mut most: Vec<(&String, &usize)> = functions.iter().collect();
            most.sort_by_key(|(name, count)| (std::cmp::Reverse(**count), *name));
            let named: Vec<String> =
                most.iter().take(8).map(|(name, count)| format!("{name} {count}")).collect();
            writeln!(f, "{count:>6}  {difference}: {}", named.join(", "))?;
        }
        let percent = 100.0 * self.equal as f64 / self.total.max(1) as f64;
        write!(f, "{} of {} equal, {percent:.1} %", self.equal, self.total)
    }
}
