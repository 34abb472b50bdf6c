//! Queries over the fixture tables, judged by the code that the engine's own tests use.

use std::path::Path;
use std::sync::Arc;

use super::{Case, Verdict};

#[allow(dead_code, reason = "shared with the crate's own tests, which use more of it")]
#[path = "../../../kinglet-sql/tests/support/mod.rs"]
mod support;

use support::json::Json;

/// The fixture tables, loaded.
pub(super) struct Tables(Arc<support::Fixtures>);

impl Tables {
    /// Loads `schema.sql`, `data/` and `derived.sql` below `root`.
    pub(super) fn load(root: &Path) -> Self {
        Self(Arc::new(support::Fixtures::load(&root.to_string_lossy())))
    }

    /// Runs a case's query and compares.
    pub(super) fn judge(&self, case: &Case) -> Verdict {
        let sql = case.record["sql"].as_str().unwrap_or_default();
        let Some(want) = Json::parse(&case.record.to_string()) else {
            return Verdict::equal("a readable case", "not one");
        };
        let got = support::render(&self.0, sql);
        match support::compare(&want, &got) {
            None => Verdict::Pass,
            Some(difference) => {
                let fields = ["data", "error"].iter().find_map(|field| case.record.get(*field));
                Verdict::Fail {
                    expected: fields.map(ToString::to_string).unwrap_or_default(),
                    got: difference,
                }
            }
        }
    }
}
