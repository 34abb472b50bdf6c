//! What each engine keeps of rows with equal keys. Expected rows are ClickHouse's own answers.

use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, Int8Array, Int64Array, UInt8Array};
use arrow::datatypes::{Int64Type, Schema};
use arrow::record_batch::RecordBatch;
use kinglet_storage::combine::{Coalescing, Collapsing, Replacing, Summing, VersionedCollapsing};
use kinglet_storage::{CombineStage, RowCombine, TableDefinition};

fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, column)| (name, column, true)))
        .unwrap()
}

fn numbers(values: &[i64]) -> ArrayRef {
    Arc::new(Int64Array::from(values.to_vec()))
}

fn definition(rows: &RecordBatch) -> TableDefinition {
    TableDefinition::new(Arc::new(Schema::clone(&rows.schema()))).sorted_by(["key"])
}

fn groups_of(rows: &RecordBatch) -> Vec<usize> {
    let keys = rows.column(0).as_primitive::<Int64Type>().values();
    let mut groups: Vec<usize> = (0..keys.len()).filter(|i| *i == 0 || keys[i - 1] != keys[*i]).collect();
    groups.push(keys.len());
    groups
}

/// The values of a column after combining.
fn kept(
    combine: &dyn RowCombine,
    rows: &RecordBatch,
    stage: CombineStage,
    column: usize,
) -> Vec<Option<i64>> {
    let combined = combine.combine(rows, &groups_of(rows), stage).unwrap();
    assert_eq!(combined.schema(), rows.schema());
    combined.column(column).as_primitive::<Int64Type>().iter().collect()
}

fn some(values: &[i64]) -> Vec<Option<i64>> {
    values.iter().copied().map(Some).collect()
}

#[test]
fn replacing_keeps_the_greatest_version_and_the_last_of_equals() {
    let rows = batch(vec![
        ("key", numbers(&[1, 1, 1, 2, 3, 3])),
        ("version", numbers(&[5, 7, 7, 1, 9, 2])),
        ("row", numbers(&[0, 1, 2, 3, 4, 5])),
        ("deleted", Arc::new(UInt8Array::from(vec![0, 0, 0, 1, 1, 0]))),
    ]);
    let definition = definition(&rows);
    let last = Replacing::new(&definition, None, None).unwrap();
    assert_eq!(kept(&last, &rows, CombineStage::Merge, 2), some(&[2, 3, 5]));
    let versions = Replacing::new(&definition, Some("version"), None).unwrap();
    assert_eq!(kept(&versions, &rows, CombineStage::Final, 2), some(&[2, 3, 4]));
    let deleting = Replacing::new(&definition, Some("version"), Some("deleted")).unwrap();
    assert_eq!(kept(&deleting, &rows, CombineStage::Merge, 2), some(&[2, 3, 4]));
    assert_eq!(kept(&deleting, &rows, CombineStage::Final, 2), some(&[2]));
    assert!(Replacing::new(&definition, Some("missing"), None).is_err());
}

#[test]
fn collapsing_keeps_what_does_not_balance() {
    let rows = batch(vec![
        ("key", numbers(&[1, 1, 2, 2, 2, 3, 4, 4, 5, 5])),
        ("sign", Arc::new(Int8Array::from(vec![1, -1, 1, -1, 1, -1, -1, 1, -1, -1]))),
        ("row", numbers(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9])),
    ]);
    let collapsing = Collapsing::new(&definition(&rows), "sign").unwrap();
    assert_eq!(kept(&collapsing, &rows, CombineStage::Merge, 2), some(&[4, 5, 6, 7, 8]));
    assert_eq!(kept(&collapsing, &rows, CombineStage::Final, 2), some(&[4, 7]));
}

#[test]
fn versioned_collapsing_cancels_pairs_of_a_version_in_any_order() {
    let rows = batch(vec![
        ("key", numbers(&[1, 1, 1, 1, 2, 2, 3, 3, 3])),
        ("sign", Arc::new(Int8Array::from(vec![-1, 1, 1, -1, 1, 1, 1, -1, 1]))),
        ("version", numbers(&[2, 1, 2, 1, 2, 1, 5, 5, 5])),
        ("row", numbers(&[0, 1, 2, 3, 4, 5, 6, 7, 8])),
    ]);
    let collapsing = VersionedCollapsing::new(&definition(&rows), "sign", "version").unwrap();
    assert_eq!(kept(&collapsing, &rows, CombineStage::Final, 3), some(&[5, 4, 8]));
}

#[test]
fn coalescing_keeps_the_last_value_that_is_not_null() {
    let maybe = |values: Vec<Option<i64>>| Arc::new(Int64Array::from(values)) as ArrayRef;
    let rows = batch(vec![
        ("key", numbers(&[1, 1, 1, 2])),
        ("a", maybe(vec![Some(10), None, Some(12), None])),
        ("b", maybe(vec![Some(20), Some(21), None, Some(23)])),
    ]);
    let all = Coalescing::new(&definition(&rows), &[]).unwrap();
    assert_eq!(kept(&all, &rows, CombineStage::Merge, 1), [Some(12), None]);
    assert_eq!(kept(&all, &rows, CombineStage::Merge, 2), [Some(21), Some(23)]);
}

#[test]
fn summing_adds_and_drops_what_comes_to_nothing() {
    let rows = batch(vec![
        ("key", numbers(&[1, 1, 2, 2, 3])),
        ("sum", numbers(&[1, 2, 5, -5, 0])),
        ("other", numbers(&[10, 11, 12, 13, 14])),
        ("small", Arc::new(UInt8Array::from(vec![200, 100, 0, 0, 0]))),
    ]);
    let summing = Summing::new(&definition(&rows), &["sum", "small"]).unwrap();
    assert_eq!(kept(&summing, &rows, CombineStage::Merge, 1), some(&[3]));
    assert_eq!(kept(&summing, &rows, CombineStage::Merge, 2), some(&[10]));
    assert_eq!(kept(&summing, &rows, CombineStage::Partial, 1), some(&[3, 0, 0]));
    let combined = summing.combine(&rows, &groups_of(&rows), CombineStage::Final).unwrap();
    assert_eq!(combined.column(3).as_primitive::<arrow::datatypes::UInt8Type>().values().to_vec(), [44]);
    assert_eq!(summing.required_columns(), [1, 3]);
}
