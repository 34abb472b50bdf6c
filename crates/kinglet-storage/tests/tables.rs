//! Rows through parts and back: every type, pruning, merging, combining, deleting, reopening.

mod support;

use std::sync::Arc;

use arrow::array::*;
use arrow::buffer::OffsetBuffer;
use arrow::compute::concat_batches;
use arrow::datatypes::*;
use arrow::record_batch::RecordBatch;
use kinglet_storage::disk::MemoryDisk;
use kinglet_storage::*;
use support::{block_on, environment};

/// A store whose inserts all become parts.
fn store(disk: &Arc<MemoryDisk>) -> Store {
    let settings = StoreSettings { write_ahead_rows: 0, ..StoreSettings::default() };
    block_on(Store::open(environment(disk.clone()), settings)).unwrap().0
}

fn commit(transaction: Transaction) {
    block_on(transaction.commit(Durability::Flushed)).unwrap();
}

fn read_all(store: &Store, table: &str, request: &ScanRequest) -> (RecordBatch, ScanStatistics) {
    let snapshot = store.snapshot(LIVE).unwrap();
    let mut scan = block_on(snapshot.prepare_scan(table, request)).unwrap();
    let batches: Vec<_> = scan.by_ref().map(Result::unwrap).collect();
    (concat_batches(scan.schema(), &batches).unwrap(), scan.statistics())
}

/// A batch with a column of every physical type that tables have, some nullable.
fn every_type(rows: usize) -> RecordBatch {
    let numbers = || 0..rows as i64;
    let strings =
        BinaryViewArray::from_iter_values(numbers().map(|i| format!("value {} of a column", i % 100)));
    let maybe: BinaryViewArray =
        numbers().map(|i| (i % 3 > 0).then(|| vec![b'x'; (i % 40) as usize])).collect();
    let list_lengths = OffsetBuffer::from_lengths(numbers().map(|i| (i % 4) as usize));
    let total = *list_lengths.last().unwrap() as usize;
    let items = BinaryViewArray::from_iter_values((0..total).map(|i| format!("item {i}")));
    let item = Arc::new(Field::new("item", DataType::BinaryView, false));
    let fields =
        Fields::from(vec![Field::new("a", DataType::UInt8, false), Field::new("b", DataType::Float32, true)]);
    let children: Vec<ArrayRef> = vec![
        Arc::new(UInt8Array::from_iter_values(numbers().map(|i| i as u8))),
        Arc::new(Float32Array::from_iter(numbers().map(|i| (i % 5 > 0).then_some(i as f32)))),
    ];
    let sixteen = |i: i64| [i.to_be_bytes(), (i * 7).to_be_bytes()].concat();
    let fixed = FixedSizeBinaryArray::try_from_iter(numbers().map(sixteen)).unwrap();
    let wide =
        FixedSizeBinaryArray::try_from_iter(numbers().map(|i| [sixteen(i), sixteen(-i)].concat())).unwrap();
    let keys = BinaryViewArray::from_iter_values((0..total).map(|i| format!("k{}", i % 7)));
    let values = UInt64Array::from_iter_values((0..total).map(|i| i as u64));
    let entry = Fields::from(vec![
        Field::new("keys", DataType::BinaryView, false),
        Field::new("values", DataType::UInt64, false),
    ]);
    let entries = StructArray::new(entry.clone(), vec![Arc::new(keys) as ArrayRef, Arc::new(values)], None);
    let entries_field = Arc::new(Field::new("entries", DataType::Struct(entry), false));
    let map = MapArray::new(entries_field, list_lengths.clone(), entries, None, false);
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("i8", Arc::new(Int8Array::from_iter_values(numbers().map(|i| i as i8)))),
        ("i16", Arc::new(Int16Array::from_iter_values(numbers().map(|i| i as i16)))),
        ("i32", Arc::new(Int32Array::from_iter_values(numbers().map(|i| i as i32)))),
        ("i64", Arc::new(Int64Array::from_iter_values(numbers()))),
        ("u8", Arc::new(UInt8Array::from_iter_values(numbers().map(|i| i as u8)))),
        ("u16", Arc::new(UInt16Array::from_iter_values(numbers().map(|i| i as u16)))),
        ("u32", Arc::new(UInt32Array::from_iter_values(numbers().map(|i| i as u32)))),
        ("u64", Arc::new(UInt64Array::from_iter_values(numbers().map(|i| u64::MAX - i as u64)))),
        ("f32", Arc::new(Float32Array::from_iter_values(numbers().map(|i| i as f32 / 3.0)))),
        ("f64", Arc::new(Float64Array::from_iter_values(numbers().map(|i| i as f64 / 7.0)))),
        ("bool", Arc::new(numbers().map(|i| Some(i % 2 == 0)).collect::<BooleanArray>())),
        ("date", Arc::new(Date32Array::from_iter_values(numbers().map(|i| 19_000 + i as i32 / 100)))),
        ("seconds", Arc::new(TimestampSecondArray::from_iter_values(numbers()))),
        ("millis", Arc::new(TimestampMillisecondArray::from_iter_values(numbers()))),
        ("micros", Arc::new(TimestampMicrosecondArray::from_iter_values(numbers()))),
        ("nanos", Arc::new(TimestampNanosecondArray::from_iter_values(numbers()))),
        (
            "d32",
            Arc::new(
                Decimal32Array::from_iter_values(numbers().map(|i| i as i32))
                    .with_precision_and_scale(9, 2)
                    .unwrap(),
            ),
        ),
        (
            "d64",
            Arc::new(Decimal64Array::from_iter_values(numbers()).with_precision_and_scale(18, 4).unwrap()),
        ),
        (
            "d128",
            Arc::new(
                Decimal128Array::from_iter_values(numbers().map(i128::from))
                    .with_precision_and_scale(38, 6)
                    .unwrap(),
            ),
        ),
        (
            "d256",
            Arc::new(
                Decimal256Array::from_iter_values(numbers().map(|i| i256::from_i128(i.into())))
                    .with_precision_and_scale(76, 8)
                    .unwrap(),
            ),
        ),
        ("string", Arc::new(strings)),
        ("maybe", Arc::new(maybe)),
        ("binary", Arc::new(BinaryArray::from_iter_values(numbers().map(|i| i.to_le_bytes())))),
        ("fixed", Arc::new(fixed)),
        ("wide", Arc::new(wide)),
        ("list", Arc::new(ListArray::new(item, list_lengths, Arc::new(items), None))),
        ("struct", Arc::new(StructArray::new(fields, children, None))),
        ("map", Arc::new(map)),
    ];
    let nullable = |array: &ArrayRef| array.null_count() > 0;
    let fields: Vec<_> = columns
        .iter()
        .map(|(name, array)| Field::new(*name, array.data_type().clone(), nullable(array)))
        .collect();
    let arrays = columns.into_iter().map(|(_, array)| array).collect();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).unwrap()
}

#[test]
fn every_type_comes_back_from_parts_and_from_the_log() {
    let rows = every_type(20_000);
    let disk = Arc::new(MemoryDisk::new());
    let store = store(&disk);
    let definition = TableDefinition::new(rows.schema()).sorted_by(["i64"]);
    let mut t = store.begin();
    t.create_table("parts", definition.clone()).create_table("log", definition);
    t.insert("parts", vec![rows.clone()], None);
    commit(t);
    drop(store);
    let (store, _) = block_on(Store::open(environment(disk.clone()), StoreSettings::default())).unwrap();
    let mut t = store.begin();
    t.insert("log", vec![rows.slice(100, 1000)], None);
    commit(t);
    drop(store);
    let (store, _) = block_on(Store::open(environment(disk), StoreSettings::default())).unwrap();
    assert_eq!(read_all(&store, "parts", &ScanRequest::default()).0, rows);
    assert_eq!(read_all(&store, "log", &ScanRequest::default()).0, rows.slice(100, 1000));
    assert_eq!(store.snapshot(LIVE).unwrap().table("log").unwrap().buffered_rows(), 1000);
    // Again, from the cache.
    assert_eq!(read_all(&store, "parts", &ScanRequest::default()).0, rows);
}

#[test]
fn a_scan_gives_the_columns_asked_for_in_their_order() {
    let rows = every_type(9000);
    let disk = Arc::new(MemoryDisk::new());
    let store = store(&disk);
    let mut t = store.begin();
    t.create_table("t", TableDefinition::new(rows.schema()).sorted_by(["i64"])).insert(
        "t",
        vec![rows.clone()],
        None,
    );
    commit(t);
    let request = ScanRequest { projection: Some(vec![25, 3, 27, 20]), ..ScanRequest::default() };
    assert_eq!(read_all(&store, "t", &request).0, rows.project(&[25, 3, 27, 20]).unwrap());
    let nothing = ScanRequest { projection: Some(vec![]), ..ScanRequest::default() };
    let scan = block_on(store.snapshot(LIVE).unwrap().prepare_scan("t", &nothing)).unwrap();
    assert_eq!(scan.map(|batch| batch.unwrap().num_rows()).sum::<usize>(), 9000);
    let bad = ScanRequest { projection: Some(vec![28]), ..ScanRequest::default() };
    assert!(block_on(store.snapshot(LIVE).unwrap().prepare_scan("t", &bad)).is_err());
    let limited = ScanRequest { limit: Some(8500), ..ScanRequest::default() };
    assert_eq!(read_all(&store, "t", &limited).0, rows.slice(0, 8500));
}
