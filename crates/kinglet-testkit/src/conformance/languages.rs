//! Datafiles, schemas, templates and test files, judged by the code that their crates' own tests use.

use serde_json::Value;

use super::{Case, Kind, Verdict};

#[allow(dead_code, reason = "shared with the crate's own tests, which use more of it")]
#[path = "../../../kinglet-project/tests/support/mod.rs"]
mod support;

#[allow(dead_code, reason = "shared with the crate's own tests, which use more of it")]
#[path = "../../../kinglet-template/tests/support/mod.rs"]
mod template;

/// Answers a case of one of these kinds and compares. `None` where the case is of a kind that nothing answers.
pub(super) fn judge(kind: Kind, case: &Case) -> Option<Verdict> {
    let record: &Value = &case.record;
    let compared = match kind {
        Kind::Template => template::run(record),
        Kind::Datafile => support::cases::compare(record, &support::file::datafile_answer(record)),
        Kind::Schema => support::cases::compare(record, &support::schema::answer(record)?),
        _ => support::cases::compare(record, &support::testfile::answer(record)?),
    };
    Some(match compared {
        Ok(()) => Verdict::Pass,
        Err(difference) => Verdict::Fail { expected: expected(record), got: difference },
    })
}

fn expected(record: &Value) -> String {
    let fields = ["rendered", "result", "error"];
    fields.iter().find_map(|field| record.get(*field)).map(ToString::to_string).unwrap_or_default()
}
