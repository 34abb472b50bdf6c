//! Reading little: granules and parts that cannot hold wanted rows are left alone, decoded ones are kept.

mod support;

use std::sync::Arc;

use arrow::array::*;
use arrow::datatypes::{DataType, Field, Int64Type, Schema};
use arrow::record_batch::RecordBatch;
use kinglet_storage::disk::MemoryDisk;
use kinglet_storage::*;
use support::{block_on, environment};

const ROWS: i64 = 1_000_000;

fn schema() -> Arc<Schema> {
    Arc::new(Schema::new(vec![
        Field::new("tenant", DataType::BinaryView, false),
        Field::new("id", DataType::Int64, false),
        Field::new("value", DataType::Float64, true),
    ]))
}

fn tenant(row: i64) -> String {
    format!("tenant-{:04}", row / 1000)
}

fn rows(range: std::ops::Range<i64>) -> RecordBatch {
    let columns: Vec<ArrayRef> = vec![
        Arc::new(BinaryViewArray::from_iter_values(range.clone().map(tenant))),
        Arc::new(Int64Array::from_iter_values(range.clone())),
        Arc::new(Float64Array::from_iter(range.map(|i| (i < 500_000).then_some(i as f64)))),
    ];
    RecordBatch::try_new(schema(), columns).unwrap()
}

/// A million rows in one part.
fn store() -> Store {
    let (store, _) =
        block_on(Store::open(environment(Arc::new(MemoryDisk::new())), StoreSettings::default())).unwrap();
    let mut t = store.begin();
    t.create_table("t", TableDefinition::new(schema()).sorted_by(["tenant", "id"]));
    t.insert("t", (0..ROWS).step_by(100_000).map(|from| rows(from..from + 100_000)).collect(), None);
    block_on(t.commit(Durability::Flushed)).unwrap();
    store
}

fn scan(store: &Store, request: &ScanRequest) -> (Vec<i64>, ScanStatistics) {
    let mut scan = block_on(store.snapshot(LIVE).unwrap().prepare_scan("t", request)).unwrap();
    let mut ids = Vec::new();
    for batch in scan.by_ref() {
        ids.extend(batch.unwrap().column_by_name("id").unwrap().as_primitive::<Int64Type>().values());
    }
    (ids, scan.statistics())
}

fn one<T: Array + 'static>(array: T) -> ArrayRef {
    Arc::new(array)
}

fn filtered(filters: Vec<ColumnFilter>) -> ScanRequest {
    ScanRequest { filters, ..ScanRequest::default() }
}

fn at_least(column: usize, value: ArrayRef) -> ColumnFilter {
    let lower = Some(Bound { value, inclusive: true });
    ColumnFilter { column, test: ValueTest::Range { lower, upper: None } }
}

#[test]
fn a_point_lookup_reads_a_granule_or_two() {
    let store = store();
    let tenant = BinaryViewArray::from_iter_values([tenant(777_777)]);
    let request = ScanRequest {
        key_filters: vec![
            KeyFilter { position: 0, test: ValueTest::equal(one(tenant)) },
            KeyFilter { position: 1, test: ValueTest::equal(one(Int64Array::from(vec![777_777]))) },
        ],
        ..ScanRequest::default()
    };
    let (ids, statistics) = scan(&store, &request);
    assert!(ids.contains(&777_777));
    assert_eq!((statistics.granules_total, statistics.granules_read), (123, 1));
    assert!(statistics.disk_bytes < 600_000, "{statistics:?}");
    assert_eq!((statistics.rows_read, statistics.rows_left_out), (1, 8191));
    let (_, again) = scan(&store, &request);
    assert_eq!(again.disk_bytes, 0, "decoded columns are kept");
}

#[test]
fn bounds_of_any_column_prune() {
    let store = store();
    let id = |value: i64| one(Int64Array::from(vec![value]));
    let none = filtered(vec![at_least(1, id(ROWS))]);
    assert_eq!(scan(&store, &none).1.granules_read, 0);
    let tail = filtered(vec![at_least(1, id(ROWS - 10_000))]);
    assert_eq!(scan(&store, &tail).1.granules_read, 3);
    let list = ValueTest::In(one(Int64Array::from(vec![5, 500_000, 5_000_000])));
    let some = filtered(vec![ColumnFilter { column: 1, test: list }]);
    assert_eq!(scan(&store, &some).1.granules_read, 2);
    let nulls = filtered(vec![ColumnFilter { column: 2, test: ValueTest::IsNull }]);
    assert_eq!(scan(&store, &nulls).1.granules_read, 62);
    let values = filtered(vec![at_least(2, one(Float64Array::from(vec![499_999.0])))]);
    assert_eq!(scan(&store, &values).1.granules_read, 1);
    let other_type = filtered(vec![at_least(1, one(Int32Array::from(vec![5])))]);
    assert_eq!(scan(&store, &other_type).1.granules_read, 123, "a value of another type prunes nothing");
}

#[test]
fn a_scan_of_all_rows_gives_them_in_order_and_once() {
    let store = store();
    let (ids, statistics) = scan(&store, &ScanRequest::default());
    assert_eq!(ids, (0..ROWS).collect::<Vec<_>>());
    assert_eq!((statistics.parts_total, statistics.parts_read, statistics.rows_read), (1, 1, ROWS as u64));
    let table = store.snapshot(LIVE).unwrap().table("t").unwrap();
    assert!(
        table.disk_bytes() < 12 * ROWS as u64,
        "{} bytes per row",
        table.disk_bytes() as f64 / ROWS as f64
    );
}

#[test]
fn the_cache_keeps_to_its_budget() {
    let settings = StoreSettings { cache_bytes: 1 << 20, ..StoreSettings::default() };
    let (store, _) = block_on(Store::open(environment(Arc::new(MemoryDisk::new())), settings)).unwrap();
    let mut t = store.begin();
    t.create_table("t", TableDefinition::new(schema()).sorted_by(["tenant", "id"]));
    t.insert("t", vec![rows(0..100_000)], None);
    block_on(t.commit(Durability::Flushed)).unwrap();
    for granule in 0..12 {
        let id = one(Int64Array::from(vec![granule * 8192]));
        let request = filtered(vec![ColumnFilter { column: 1, test: ValueTest::equal(id) }]);
        assert_eq!(scan(&store, &request).1.granules_read, 1);
        assert!(store.cached_bytes() <= 1 << 20);
    }
    assert!(store.cached_bytes() > 1 << 18);
}

#[test]
fn columns_added_later_read_as_defaults() {
    let store = store();
    let mut fields: Vec<Field> = schema().fields().iter().map(|field| Field::clone(field)).collect();
    fields.push(Field::new("name", DataType::BinaryView, false));
    fields.push(Field::new("score", DataType::Int32, true));
    let definition = TableDefinition::new(Arc::new(Schema::new(fields))).sorted_by(["tenant", "id"]);
    let mut t = store.begin();
    t.set_definition("t", definition);
    block_on(t.commit(Durability::Flushed)).unwrap();
    let request = ScanRequest { projection: Some(vec![3, 4, 1]), limit: Some(3), ..ScanRequest::default() };
    let batch =
        block_on(store.snapshot(LIVE).unwrap().prepare_scan("t", &request)).unwrap().next().unwrap().unwrap();
    assert_eq!(batch.column(0).as_binary_view().iter().collect::<Vec<_>>(), [Some(&b""[..]); 3]);
    assert_eq!(batch.column(1).null_count(), 3);
    let mut t = store.begin();
    t.set_definition("t", TableDefinition::new(schema()).sorted_by(["id"]));
    assert!(matches!(block_on(t.commit(Durability::Flushed)), Err(StorageError::Schema(_))));
}

#[test]
fn a_running_scan_can_be_narrowed_and_can_start_at_the_end() {
    let store = store();
    let mut t = store.begin();
    t.insert("t", vec![rows(ROWS..ROWS + 10)], None);
    block_on(t.commit(Durability::Flushed)).unwrap();
    let request = ScanRequest { last_first: true, projection: Some(vec![1]), ..ScanRequest::default() };
    let mut scan = block_on(store.snapshot(LIVE).unwrap().prepare_scan("t", &request)).unwrap();
    let narrowing = scan.narrowing().clone();
    let mut best: Vec<i64> = Vec::new();
    for batch in scan.by_ref() {
        best.extend(batch.unwrap().column(0).as_primitive::<Int64Type>().values());
        best.sort_unstable_by(|a, b| b.cmp(a));
        best.truncate(100);
        if let Some(worst) = best.get(99) {
            narrowing.set(vec![at_least(1, one(Int64Array::from(vec![*worst])))]);
        }
    }
    assert_eq!(best, (ROWS - 90..ROWS + 10).rev().collect::<Vec<_>>());
    assert_eq!(scan.statistics().granules_read, 1);
    // All rows come once, whatever the order.
    let (mut ids, _) = self::scan(&store, &ScanRequest { last_first: true, ..ScanRequest::default() });
    assert!(!ids.is_sorted());
    ids.sort_unstable();
    assert_eq!(ids, (0..ROWS + 10).collect::<Vec<_>>());
}
