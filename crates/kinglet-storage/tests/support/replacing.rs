//! Engines for the tests: one that keeps the last row of each key.

use std::sync::Arc;

use arrow::array::UInt64Array;
use arrow::compute::take_record_batch;
use arrow::record_batch::RecordBatch;
use kinglet_storage::{
    ColumnKeys, CombineStage, Engines, RowCombine, StorageError, TableDefinition, TableEngine,
};

/// `ReplacingMergeTree` keeps the last row inserted of each key, `FailingMergeTree` cannot combine two rows, any other engine
/// keeps all rows.
#[derive(Debug)]
pub(crate) struct TestEngines;

impl Engines for TestEngines {
    fn engine(&self, definition: &TableDefinition) -> Result<TableEngine, StorageError> {
        let combine = match definition.engine.as_str() {
            "ReplacingMergeTree" => Some(Arc::new(KeepLast) as Arc<dyn RowCombine>),
            "FailingMergeTree" => Some(Arc::new(Fail) as Arc<dyn RowCombine>),
            _ => None,
        };
        Ok(TableEngine { combine, ..TableEngine::new(Arc::new(ColumnKeys::new(definition)?)) })
    }
}

#[derive(Debug)]
struct KeepLast;

impl RowCombine for KeepLast {
    fn required_columns(&self) -> Vec<usize> {
        Vec::new()
    }

    fn combine(
        &self,
        rows: &RecordBatch,
        groups: &[usize],
        _: CombineStage,
    ) -> Result<RecordBatch, StorageError> {
        assert_eq!((groups.first(), groups.last()), (Some(&0), Some(&rows.num_rows())));
        assert!(groups.is_sorted_by(|a, b| a < b), "no group is empty: {groups:?}");
        let last: UInt64Array = groups.iter().skip(1).map(|end| *end as u64 - 1).collect();
        Ok(take_record_batch(rows, &last)?)
    }
}

#[derive(Debug)]
struct Fail;

impl RowCombine for Fail {
    fn required_columns(&self) -> Vec<usize> {
        Vec::new()
    }

    fn combine(&self, rows: &RecordBatch, _: &[usize], _: CombineStage) -> Result<RecordBatch, StorageError> {
        if rows.num_rows() == 1 {
            return Ok(rows.clone());
        }
        Err(StorageError::Compute("the sum is too large".to_owned()))
    }
}
