//! ClickHouse statements: accepted or refused as ClickHouse does, and formatted on one line as it does.

use kinglet_parser::{parse, statement_to_string};

use super::{Case, Verdict};

/// Parses a case's statement and compares.
pub(super) fn judge(case: &Case) -> Verdict {
    let sql = case.record["sql"].as_str().unwrap_or_default();
    let accepted = case.record["ok"].as_bool().unwrap_or(true);
    let parsed = parse(sql);
    let error = parsed.diagnostics.iter().find(|found| found.is_error());
    match error {
        Some(error) if accepted => Verdict::equal("accepted", format!("refused: {error}")),
        Some(error) => match case.record["position"].as_u64() {
            Some(position) => Verdict::equal(
                format!("refused at {position}"),
                format!("refused at {}", u64::from(error.span.start) + 1),
            ),
            None => Verdict::Pass,
        },
        None if !accepted => Verdict::equal("refused", "accepted"),
        None => {
            let printed: Vec<String> = parsed.value.iter().flatten().map(statement_to_string).collect();
            match case.record["formatted"].as_str() {
                Some(formatted) => Verdict::equal(formatted, printed.join("; ")),
                None => Verdict::Pass,
            }
        }
    }
}
