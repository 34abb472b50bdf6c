//! Engines for the tests: plain keys, with the indexes and the expiry that the definition's options ask for.

use std::sync::Arc;

use arrow::array::{AsArray, BooleanArray, Int64Array};
use arrow::compute::filter_record_batch;
use arrow::datatypes::Int64Type;
use arrow::record_batch::RecordBatch;
use kinglet_storage::{
    ColumnKeys, Engines, RowExpiry, SkipIndex, SkipIndexKind, StorageError, TableDefinition, TableEngine,
};

/// Option `index` is `set`, `bloom`, `ngrams` or `words`, on the column of option `column`, two granules an entry;
/// option `ttl` is a number of milliseconds that rows live after the time in their first column.
#[derive(Debug)]
pub(crate) struct IndexedEngines;

impl Engines for IndexedEngines {
    fn engine(&self, definition: &TableDefinition) -> Result<TableEngine, StorageError> {
        let mut engine = TableEngine::new(Arc::new(ColumnKeys::new(definition)?));
        let option = |name: &str| definition.options.get(name).map(String::as_str);
        let kind = match option("index") {
            Some("set") => Some(SkipIndexKind::Set { most: 100 }),
            Some("bloom") => Some(SkipIndexKind::Bloom { false_positives: 0.01 }),
            Some("ngrams") => Some(SkipIndexKind::Ngrams { length: 4, bytes: 32 << 10 }),
            Some("words") => Some(SkipIndexKind::Tokens { bytes: 32 << 10 }),
            _ => None,
        };
        let column = option("column").and_then(|column| column.parse().ok()).unwrap_or_default();
        engine.indexes.extend(kind.map(|kind| SkipIndex { column, granularity: 2, kind }));
        if let Some(millis) = option("ttl").and_then(|ttl| ttl.parse().ok()) {
            engine.expiry = Some(Arc::new(LivesFor { millis, rule: format!("{millis} ms") }));
        }
        Ok(engine)
    }
}

#[derive(Debug)]
struct LivesFor {
    millis: i64,
    rule: String,
}

impl RowExpiry for LivesFor {
    fn rule(&self) -> &str {
        &self.rule
    }

    fn due(&self, rows: &RecordBatch) -> Result<Int64Array, StorageError> {
        Ok(rows.column(0).as_primitive::<Int64Type>().unary(|at| at + self.millis))
    }

    fn expire(&self, rows: &RecordBatch, now_millis: i64) -> Result<RecordBatch, StorageError> {
        let due = self.due(rows)?;
        let kept = BooleanArray::from_unary(&due, |due| due > now_millis);
        Ok(filter_record_batch(rows, &kept)?)
    }
}
