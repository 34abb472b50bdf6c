//! Ten million rows (two without `KINGLET_LONG`): a filter on the sorting key reads less than a hundredth of the granules.

mod support;

use std::sync::Arc;

use arrow::array::*;
use arrow::datatypes::{DataType, Field, Schema};
use arrow::record_batch::RecordBatch;
use kinglet_storage::disk::MemoryDisk;
use kinglet_storage::*;
use support::{block_on, environment};

const BLOCK: i64 = 250_000;

fn definition() -> TableDefinition {
    let schema = Schema::new(vec![
        Field::new("tenant", DataType::UInt32, false),
        Field::new("at", DataType::Int64, false),
        Field::new("value", DataType::Float64, false),
    ]);
    TableDefinition::new(Arc::new(schema)).sorted_by(["tenant", "at"])
}

/// Each block holds all tenants, as events do that come in the order of time.
fn block(from: i64) -> RecordBatch {
    let rows = from..from + BLOCK;
    let columns: Vec<ArrayRef> = vec![
        Arc::new(UInt32Array::from_iter_values(
            rows.clone().map(|row| (row.wrapping_mul(2_654_435_761) >> 8) as u32 % 1000),
        )),
        Arc::new(Int64Array::from_iter_values(rows.clone())),
        Arc::new(Float64Array::from_iter_values(rows.map(|row| (row % 1000) as f64 / 8.0))),
    ];
    RecordBatch::try_new(definition().schema, columns).unwrap()
}

#[test]
fn a_filter_on_the_sorting_key_reads_less_than_a_hundredth() {
    let rows = if std::env::var_os("KINGLET_LONG").is_some() { 10_000_000 } else { 2_000_000 };
    let (store, _) =
        block_on(Store::open(environment(Arc::new(MemoryDisk::new())), StoreSettings::default())).unwrap();
    let mut t = store.begin();
    t.create_table("t", definition());
    block_on(t.commit(Durability::Flushed)).unwrap();
    for from in (0..rows).step_by(BLOCK as usize) {
        let mut t = store.begin();
        t.insert("t", vec![block(from)], None);
        block_on(t.commit(Durability::Flushed)).unwrap();
        while block_on(store.maintain(u64::MAX)).unwrap() == Maintenance::More {}
    }
    block_on(store.optimize("t")).unwrap();
    let snapshot = store.snapshot(LIVE).unwrap();
    let tenant = 77;
    let key = KeyFilter { position: 0, test: ValueTest::equal(Arc::new(UInt32Array::from(vec![tenant]))) };
    let request = ScanRequest { key_filters: vec![key], ..ScanRequest::default() };
    let estimate = snapshot.estimate("t", &request).unwrap();
    let mut scan = block_on(snapshot.prepare_scan("t", &request)).unwrap();
    let mut found = 0;
    for batch in scan.by_ref() {
        let batch = batch.unwrap();
        let tenants = batch.column(0).as_any().downcast_ref::<UInt32Array>().unwrap();
        found += tenants.values().iter().filter(|found| **found == tenant).count();
    }
    let expected =
        (0..rows).filter(|row| (row.wrapping_mul(2_654_435_761) >> 8) as u32 % 1000 == tenant).count();
    assert_eq!(found, expected);
    let statistics = scan.statistics();
    println!("{rows} rows: {statistics:?}; {estimate:?}");
    assert_eq!(estimate.rows_total, rows as u64);
    assert_eq!((estimate.parts_total, estimate.parts), (statistics.parts_total, statistics.parts_read));
    assert_eq!(
        (estimate.granules_total, estimate.granules),
        (statistics.granules_total, statistics.granules_read)
    );
    assert!(statistics.granules_read * 100 < statistics.granules_total, "{statistics:?}");
    assert_eq!(estimate.rows, statistics.rows_read + statistics.rows_left_out);
}
