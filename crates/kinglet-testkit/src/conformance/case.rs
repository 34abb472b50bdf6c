//! One case and what became of it.

use std::path::Path;

use serde_json::Value;

/// A case as its file states it.
#[derive(Clone, Debug)]
pub struct Case {
    /// Unique name within its kind.
    pub name: String,
    /// What it exercises: a statement group, a file kind, an area of SQL.
    pub area: String,
    /// 1 everyday, 2 common, 3 exotic; 0 where a kind has no tiers.
    pub tier: u8,
    /// The whole record.
    pub record: Value,
}

/// What became of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The answer is the expected one.
    Pass,
    /// It is not.
    Fail {
        /// The answer the case states.
        expected: String,
        /// The answer Kinglet gave.
        got: String,
    },
}

impl Verdict {
    /// Passes when the texts are equal.
    pub fn equal(expected: impl Into<String>, got: impl Into<String>) -> Self {
        let (expected, got) = (expected.into(), got.into());
        if expected == got { Verdict::Pass } else { Verdict::Fail { expected, got } }
    }
}

/// Reads a file with one JSON record a line; `area` names the field that tells the area.
///
/// # Errors
/// When the file cannot be read or a line is not a JSON object.
pub fn read_cases(path: &Path, area: &str) -> Result<Vec<Case>, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(at, line)| {
            let record: Value = serde_json::from_str(line)
                .map_err(|error| format!("{}:{}: {error}", path.display(), at + 1))?;
            let text = |field: &str| record[field].as_str().unwrap_or_default().to_owned();
            let tier = record["tier"].as_u64().and_then(|tier| u8::try_from(tier).ok()).unwrap_or(0);
            Ok(Case { name: text("name"), area: text(area), tier, record })
        })
        .collect()
}
