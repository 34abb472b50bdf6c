//! Skip indexes leave out what bounds cannot, and conditions leave columns undecoded.

#[path = "support/indexed.rs"]
mod indexed;
mod support;

use std::sync::Arc;

use arrow::array::*;
use arrow::datatypes::{DataType, Field, Int64Type, Schema};
use arrow::record_batch::RecordBatch;
use indexed::IndexedEngines;
use kinglet_storage::disk::MemoryDisk;
use kinglet_storage::*;
use support::{block_on, environment};

const ROWS: i64 = 106_000;

fn schema() -> Arc<Schema> {
    Arc::new(Schema::new(vec![
        Field::new("id", DataType::Int64, false),
        Field::new("code", DataType::Int64, true),
        Field::new("text", DataType::BinaryView, false),
        Field::new("payload", DataType::BinaryView, false),
    ]))
}

/// Scattered over all values, but each one in one granule.
fn code(id: i64) -> i64 {
    (id / 8192) + 1000 * (id % 50)
}

fn text(id: i64) -> String {
    format!("GET /shop/item{}/view?from=list{} needle{}", id % 97, id % 13, id / 8192)
}

fn rows(range: std::ops::Range<i64>) -> RecordBatch {
    let columns: Vec<ArrayRef> = vec![
        Arc::new(Int64Array::from_iter_values(range.clone())),
        Arc::new(Int64Array::from_iter(range.clone().map(|id| (id % 11 > 0).then_some(code(id))))),
        Arc::new(BinaryViewArray::from_iter_values(range.clone().map(text))),
        Arc::new(BinaryViewArray::from_iter_values(range.map(|id| format!("{id:0>64}")))),
    ];
    RecordBatch::try_new(schema(), columns).unwrap()
}

/// The rows in one part, with an index of this kind on a column.
fn store(index: &str, column: usize) -> Store {
    let environment =
        Environment { engines: Arc::new(IndexedEngines), ..environment(Arc::new(MemoryDisk::new())) };
    let (store, _) = block_on(Store::open(environment, StoreSettings::default())).unwrap();
    let mut definition = TableDefinition::new(schema()).sorted_by(["id"]);
    definition.options.insert("index".to_owned(), index.to_owned());
    definition.options.insert("column".to_owned(), column.to_string());
    let mut t = store.begin();
    t.create_table("t", definition).insert("t", vec![rows(0..ROWS)], None);
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

fn with(column: usize, test: ValueTest) -> ScanRequest {
    ScanRequest { filters: vec![ColumnFilter { column, test }], ..ScanRequest::default() }
}

fn number(value: i64) -> ArrayRef {
    Arc::new(Int64Array::from(vec![value]))
}

fn string(value: &str) -> ArrayRef {
    Arc::new(BinaryViewArray::from_iter_values([value]))
}

fn pieces(pieces: &[&str], words: &[&str]) -> ValueTest {
    let owned = |texts: &[&str]| texts.iter().map(|text| text.as_bytes().to_vec()).collect();
    ValueTest::Text(TextTest { pieces: owned(pieces), words: owned(words) })
}

#[test]
fn sets_and_filters_of_values_find_the_two_granules() {
    let wanted: Vec<i64> = (0..ROWS).filter(|id| id % 11 > 0 && code(*id) == 7007).collect();
    assert!(!wanted.is_empty());
    for (index, read) in [("set", 2), ("bloom", 2), ("none", 13)] {
        let store = store(index, 1);
        let (ids, statistics) = scan(&store, &with(1, ValueTest::equal(number(7007))));
        assert_eq!(ids, wanted, "{index}");
        assert_eq!((statistics.granules_total, statistics.granules_read), (13, read), "{index}");
        let (ids, statistics) = scan(&store, &with(1, ValueTest::equal(number(7999))));
        assert_eq!((ids.len(), statistics.rows_read), (0, 0), "{index}");
        let nulls = scan(&store, &with(1, ValueTest::IsNull)).0;
        assert_eq!(nulls.len() as i64, (ROWS + 10) / 11, "{index}");
    }
    // Of a range, only a set can tell.
    let lower = Some(Bound { value: number(12), inclusive: true });
    let upper = Some(Bound { value: number(999), inclusive: true });
    let (_, statistics) = scan(&store("set", 1), &with(1, ValueTest::Range { lower, upper }));
    assert_eq!(statistics.granules_read, 1);
}

#[test]
fn a_set_with_too_many_values_says_nothing() {
    let (ids, statistics) = scan(&store("set", 0), &with(1, ValueTest::equal(number(7007))));
    assert_eq!((ids.is_empty(), statistics.granules_read), (false, 13));
}

#[test]
fn texts_are_found_by_stretches_and_by_words() {
    let wanted: Vec<i64> = (8192 * 9..8192 * 10).collect();
    let cases = [
        ("ngrams", pieces(&["needle9"], &[]), 2),
        ("ngrams", pieces(&["eedle9", "shop"], &[]), 2),
        ("ngrams", pieces(&["nowhere at all"], &[]), 0),
        ("ngrams", pieces(&["ne"], &[]), 13),
        ("words", pieces(&[], &["needle9"]), 2),
        ("words", pieces(&["eedle9"], &[]), 13),
        ("words", pieces(&[], &["elsewhere"]), 0),
        ("bloom", pieces(&["needle9"], &["needle9"]), 13),
    ];
    for (index, test, read) in cases {
        let (ids, statistics) = scan(&store(index, 2), &with(2, test.clone()));
        assert_eq!(statistics.granules_read, read, "{index} {test:?}");
        assert!(read == 0 || wanted.iter().all(|id| ids.binary_search(id).is_ok()), "{index} {test:?}");
    }
    for index in ["ngrams", "words", "bloom"] {
        let wanted = text(8192 * 9 + 5);
        let (ids, statistics) = scan(&store(index, 2), &with(2, ValueTest::equal(string(&wanted))));
        assert!(statistics.granules_read <= 2, "{index}: {statistics:?}");
        assert!(ids.contains(&(8192 * 9 + 5)) && ids.iter().all(|id| text(*id) == wanted), "{index}");
    }
}

#[test]
fn indexes_outlive_merges_and_reopening_and_damage_is_noticed() {
    let disk = Arc::new(MemoryDisk::new());
    let environment = Environment { engines: Arc::new(IndexedEngines), ..environment(disk) };
    let (store, _) = block_on(Store::open(environment.clone(), StoreSettings::default())).unwrap();
    let mut definition = TableDefinition::new(schema()).sorted_by(["id"]);
    definition.options.insert("index".to_owned(), "bloom".to_owned());
    definition.options.insert("column".to_owned(), "1".to_owned());
    let mut t = store.begin();
    t.create_table("t", definition);
    for from in (0..ROWS).step_by(50_000) {
        t.insert("t", vec![rows(from..from + 50_000)], None);
    }
    block_on(t.commit(Durability::Flushed)).unwrap();
    block_on(store.optimize("t")).unwrap();
    drop(store);
    let (store, _) = block_on(Store::open(environment, StoreSettings::default())).unwrap();
    let (ids, statistics) = scan(&store, &with(1, ValueTest::equal(number(7007))));
    assert_eq!((statistics.parts_total, statistics.granules_read), (1, 2));
    assert!(ids.iter().all(|id| code(*id) == 7007) && !ids.is_empty());
}

#[test]
fn rows_that_do_not_match_leave_the_other_columns_undecoded() {
    let store = store("none", 0);
    // Every 50th row of one granule.
    let request = with(1, ValueTest::equal(number(7007)));
    let (ids, statistics) = scan(&store, &request);
    assert_eq!(statistics.rows_read, ids.len() as u64);
    assert_eq!(statistics.rows_read + statistics.rows_left_out, ROWS as u64);
    let all = store.snapshot(LIVE).unwrap().table("t").unwrap().memory_bytes();
    assert!(statistics.bytes_read * 5 < all, "{statistics:?} of {all}");
    // Where most rows match, all are given: the query's own filter is as quick.
    let lower = Some(Bound { value: number(10), inclusive: true });
    let most = with(0, ValueTest::Range { lower, upper: None });
    assert!(scan(&store, &most).0.len() as i64 >= ROWS - 10);
    // With conditions on columns that are not asked for, too.
    let hidden = ScanRequest { projection: Some(vec![0]), ..request };
    assert!(scan(&store, &hidden).0.len() >= ids.len());
}

#[test]
fn any_condition_gives_the_rows_that_a_filter_would() {
    let store = store("bloom", 1);
    let random = SeededRandom::new(3);
    let draw = |below: i64| random.below(below as u64) as i64;
    for _ in 0..40 {
        let (from, length) = (draw(ROWS), draw(10_000));
        let listed: Vec<i64> = (0..1 + draw(5)).map(|_| code(draw(ROWS))).collect();
        let bound = |value| Some(Bound { value: number(value), inclusive: false });
        let request = ScanRequest {
            filters: vec![
                ColumnFilter {
                    column: 0,
                    test: ValueTest::Range { lower: bound(from), upper: bound(from + length) },
                },
                ColumnFilter { column: 1, test: ValueTest::In(Arc::new(Int64Array::from(listed.clone()))) },
            ],
            in_key_order: draw(2) == 0,
            last_first: draw(2) == 0,
            ..ScanRequest::default()
        };
        let wanted =
            |id: &i64| from < *id && *id < from + length && id % 11 > 0 && listed.contains(&code(*id));
        let (mut ids, _) = scan(&store, &request);
        ids.retain(|id| wanted(id));
        ids.sort_unstable();
        assert_eq!(ids, (0..ROWS).filter(|id| wanted(id)).collect::<Vec<_>>());
    }
}
