//! Queries over the fixture tables, judged by the code that the engine's own tests use.

use std::path::Path;
use std::sync::Arc;

use kinglet_sql::{Catalog, TableRef};
use kinglet_types::ChType;

use super::{Case, Verdict};

#[allow(dead_code, reason = "shared with the crate's own tests, which use more of it")]
#[path = "../../../kinglet-sql/tests/support/mod.rs"]
mod support;

use support::json::Json;

/// The fixture tables, loaded.
pub(crate) struct Tables(Arc<support::Fixtures>);

impl Tables {
    /// Loads `schema.sql`, `data/` and `derived.sql` below `root`.
    pub(crate) fn load(root: &Path) -> Self {
        Self(Arc::new(support::Fixtures::load(&root.to_string_lossy())))
    }

    /// Names and types of a table's columns; none for an unknown one.
    pub(crate) fn columns(&self, table: &str) -> Vec<(String, ChType)> {
        match self.0.resolve(None, table) {
            Some(TableRef::Table(table)) => {
                table.columns().iter().map(|column| (column.name.clone(), column.ty.clone())).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Runs a query.
    pub(crate) fn answer(&self, sql: &str) -> Answer {
        Answer(support::render(&self.0, sql))
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

/// What a query answered here.
pub(crate) struct Answer(Json);

impl Answer {
    /// What differs from the answer in a record, if anything.
    pub(crate) fn difference(&self, record: &str) -> Option<String> {
        match Json::parse(record.trim()) {
            Some(want) => support::compare(&want, &self.0),
            None => Some("the record is not readable".to_owned()),
        }
    }

    /// The name of the error that it is.
    pub(crate) fn error(&self) -> Option<String> {
        self.0.get("error")?.get("name")?.text().map(ToOwned::to_owned)
    }
}
