//! Combining rows of equal keys: at merges, at reads, and never across what a reader may not see.

#[path = "support/replacing.rs"]
mod replacing;
mod support;

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, Int64Array};
use arrow::datatypes::{DataType, Field, Int64Type, Schema};
use arrow::record_batch::RecordBatch;
use kinglet_storage::disk::MemoryDisk;
use kinglet_storage::*;
use replacing::TestEngines;
use support::{block_on, environment};

fn store(settings: StoreSettings) -> Store {
    let environment =
        Environment { engines: Arc::new(TestEngines), ..environment(Arc::new(MemoryDisk::new())) };
    block_on(Store::open(environment, settings)).unwrap().0
}

fn definition() -> TableDefinition {
    let fields = ["key", "version", "other"].map(|name| Field::new(name, DataType::Int64, false));
    let definition = TableDefinition::new(Arc::new(Schema::new(fields.to_vec()))).sorted_by(["key"]);
    TableDefinition { engine: "ReplacingMergeTree".to_owned(), ..definition }
}

fn insert(store: &Store, rows: &[(i64, i64)]) {
    let column =
        |f: fn(&(i64, i64)) -> i64| Arc::new(Int64Array::from_iter_values(rows.iter().map(f))) as ArrayRef;
    let columns = vec![column(|row| row.0), column(|row| row.1), column(|row| row.0 * 1000 + row.1)];
    let mut t = store.begin();
    t.insert("t", vec![RecordBatch::try_new(definition().schema, columns).unwrap()], None);
    block_on(t.commit(Durability::Flushed)).unwrap();
}

/// Key and version of the rows, in the order they come.
fn read(store: &Store, request: &ScanRequest) -> Vec<(i64, i64)> {
    let request = ScanRequest { projection: Some(vec![1, 2]), ..request.clone() };
    let mut rows = Vec::new();
    for batch in block_on(store.snapshot(LIVE).unwrap().prepare_scan("t", &request)).unwrap() {
        let batch = batch.unwrap();
        assert_eq!(batch.num_columns(), 2);
        let column = |i| batch.column(i).as_primitive::<Int64Type>().values().iter().copied();
        rows.extend(column(0).zip(column(1)).map(|(version, other)| (other / 1000, version)));
    }
    rows
}

fn final_rows(store: &Store) -> Vec<(i64, i64)> {
    read(store, &ScanRequest { combine: true, ..ScanRequest::default() })
}

#[test]
fn the_last_row_of_a_key_wins_however_the_rows_are_stored() {
    let settings = StoreSettings {
        granule_rows: 16,
        row_group_granules: 4,
        write_ahead_rows: 5,
        flush_rows: 20,
        ..StoreSettings::default()
    };
    let store = store(settings);
    let mut t = store.begin();
    t.create_table("t", definition());
    block_on(t.commit(Durability::Flushed)).unwrap();
    let random = SeededRandom::new(3);
    let mut expected = BTreeMap::new();
    let mut stored = 0;
    for version in 0..120 {
        let size = if random.below(2) == 0 { 1 + random.below(5) } else { 40 + random.below(60) };
        let rows: Vec<(i64, i64)> = (0..size).map(|_| (random.below(300) as i64, version)).collect();
        insert(&store, &rows);
        expected.extend(rows);
        stored += size;
        match random.below(6) {
            0 => {
                block_on(store.maintain(1000)).unwrap();
            }
            1 => block_on(store.flush_rows()).unwrap(),
            _ => {}
        }
        let expected: Vec<_> = expected.iter().map(|(key, version)| (*key, *version)).collect();
        assert_eq!(final_rows(&store), expected, "after version {version}");
    }
    block_on(store.maintain(u64::MAX)).unwrap();
    let rows = store.snapshot(LIVE).unwrap().table("t").unwrap().rows();
    assert!(rows < stored / 2, "merges combine: {rows} of {stored} rows are left");
    block_on(store.optimize("t")).unwrap();
    let table = store.snapshot(LIVE).unwrap().table("t").unwrap();
    assert_eq!((table.rows(), table.parts().len()), (expected.len() as u64, 1));
    assert_eq!(read(&store, &ScanRequest::default()), expected.into_iter().collect::<Vec<_>>());
}

#[test]
fn a_key_with_very_many_rows_is_combined_in_part() {
    let store = store(StoreSettings::default());
    let mut t = store.begin();
    t.create_table("t", definition());
    block_on(t.commit(Durability::Flushed)).unwrap();
    for version in 0..3 {
        insert(&store, &(0..100_000).map(|i| (i64::from(i > 0), version)).collect::<Vec<_>>());
    }
    assert_eq!(final_rows(&store), [(0, 2), (1, 2)]);
    block_on(store.optimize("t")).unwrap();
    assert_eq!(read(&store, &ScanRequest::default()), [(0, 2), (1, 2)]);
}

#[test]
fn rows_come_in_key_order_when_asked_to() {
    let store = store(StoreSettings { granule_rows: 8, write_ahead_rows: 10, ..StoreSettings::default() });
    let mut t = store.begin();
    t.create_table("t", definition());
    block_on(t.commit(Durability::Flushed)).unwrap();
    for version in 0..7 {
        insert(&store, &(0..50).map(|i| ((i * 37) % 101, version)).collect::<Vec<_>>());
    }
    insert(&store, &[(50, 7), (0, 7), (100, 7)]);
    let rows = read(&store, &ScanRequest { in_key_order: true, ..ScanRequest::default() });
    assert_eq!(rows.len(), 353);
    assert!(rows.is_sorted(), "keys, and equal keys in insertion order: {rows:?}");
}

#[test]
fn conditions_on_other_columns_do_not_break_groups_apart() {
    let store = store(StoreSettings { granule_rows: 4, write_ahead_rows: 0, ..StoreSettings::default() });
    let mut t = store.begin();
    t.create_table("t", definition());
    block_on(t.commit(Durability::Flushed)).unwrap();
    insert(&store, &(0..40).map(|key| (key, 1)).collect::<Vec<_>>());
    insert(&store, &(0..40).map(|key| (key, 2)).collect::<Vec<_>>());
    let equal = |column, value: i64| ColumnFilter {
        column,
        test: ValueTest::equal(Arc::new(Int64Array::from(vec![value]))),
    };
    // Were the granules of version 2 left out, version 1 would look like the last.
    let request = ScanRequest { combine: true, filters: vec![equal(1, 1)], ..ScanRequest::default() };
    assert!(read(&store, &request).iter().all(|(_, version)| *version == 2));
    let request = ScanRequest { combine: true, filters: vec![equal(0, 17)], ..ScanRequest::default() };
    assert_eq!(read(&store, &request), [(17, 2)]);
}

#[test]
fn an_insert_is_combined_before_it_is_stored() {
    for (write_ahead_rows, combine_on_insert) in [(0, true), (100, true), (0, false), (100, false)] {
        let store = store(StoreSettings { write_ahead_rows, combine_on_insert, ..StoreSettings::default() });
        let mut t = store.begin();
        t.create_table("t", definition());
        block_on(t.commit(Durability::Flushed)).unwrap();
        insert(&store, &[(2, 1), (1, 1), (2, 2), (1, 2), (3, 1)]);
        let expected = if combine_on_insert { 3 } else { 5 };
        assert_eq!(store.snapshot(LIVE).unwrap().table("t").unwrap().rows(), expected);
        assert_eq!(final_rows(&store), [(1, 2), (2, 2), (3, 1)]);
    }
}

#[test]
fn without_a_sorting_key_all_rows_are_one_group() {
    let store = store(StoreSettings { write_ahead_rows: 2, ..StoreSettings::default() });
    let mut t = store.begin();
    t.create_table("t", definition().sorted_by([] as [&str; 0]));
    block_on(t.commit(Durability::Flushed)).unwrap();
    for version in 0..4 {
        insert(&store, &(0..=version).map(|key| (key, version)).collect::<Vec<_>>());
    }
    assert_eq!(final_rows(&store), [(3, 3)]);
    block_on(store.optimize("t")).unwrap();
    assert_eq!(read(&store, &ScanRequest::default()), [(3, 3)]);
    assert_eq!(final_rows(&store), [(3, 3)]);
}

#[test]
fn parts_whose_keys_lie_apart_are_read_in_order_of_key() {
    let store = store(StoreSettings { granule_rows: 16, write_ahead_rows: 3, ..StoreSettings::default() });
    let mut t = store.begin();
    t.create_table("t", definition());
    block_on(t.commit(Durability::Flushed)).unwrap();
    let mut expected = BTreeMap::new();
    for (version, from) in (0..).zip([700, 100, 400, 120, 1000, 410, 990, 5]) {
        let rows: Vec<_> = (from..from + 50).map(|key| (key, version)).collect();
        insert(&store, &rows);
        expected.extend(rows);
        // Some parts come out of merges, so that their keys are unique.
        block_on(store.maintain(1)).unwrap();
    }
    insert(&store, &[(1, 9), (2000, 9)]);
    expected.extend([(1, 9), (2000, 9)]);
    let expected: Vec<_> = expected.into_iter().collect();
    assert_eq!(final_rows(&store), expected);
    block_on(store.optimize("t")).unwrap();
    assert_eq!(final_rows(&store), expected);
    let ordered = read(&store, &ScanRequest { in_key_order: true, ..ScanRequest::default() });
    assert_eq!(ordered, expected);
}

#[test]
fn a_merge_that_cannot_combine_is_reported_once_and_left_alone() {
    let clock = Arc::new(ManualClock::new(0));
    let environment = Environment {
        engines: Arc::new(TestEngines),
        clock: clock.clone(),
        ..environment(Arc::new(MemoryDisk::new()))
    };
    let settings = StoreSettings { write_ahead_rows: 0, ..StoreSettings::default() };
    let store = block_on(Store::open(environment, settings)).unwrap().0;
    let mut t = store.begin();
    t.create_table("t", TableDefinition { engine: "FailingMergeTree".to_owned(), ..definition() });
    block_on(t.commit(Durability::Flushed)).unwrap();
    for version in 0..4 {
        insert(&store, &[(1, version)]);
    }
    assert_eq!(block_on(store.maintain(1000)), Err(StorageError::Compute("the sum is too large".to_owned())));
    clock.advance(60_000);
    assert_eq!(block_on(store.maintain(1000)), Ok(Maintenance::Idle));
    assert_eq!(read(&store, &ScanRequest::default()).len(), 4);
}
