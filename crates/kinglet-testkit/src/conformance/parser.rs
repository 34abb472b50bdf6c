//! ClickHouse statements, judged by the code that the parser's own tests use.

use super::{Case, Verdict};

#[path = "../../../kinglet-parser/tests/support/mod.rs"]
mod support;

/// Parses a case's statement and compares.
pub(super) fn judge(case: &Case) -> Verdict {
    match support::compare(&case.record) {
        Ok(()) => Verdict::Pass,
        Err(got) => {
            let fields = ["formatted", "position", "ok"];
            let stated = fields.iter().find_map(|field| case.record.get(*field));
            Verdict::Fail { expected: stated.map(ToString::to_string).unwrap_or_default(), got }
        }
    }
}
