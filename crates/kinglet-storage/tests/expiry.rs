//! Rows whose time is over go with the next merge, and a part is merged for that alone.

#[path = "support/indexed.rs"]
mod indexed;
mod support;

use std::sync::Arc;

use arrow::array::{AsArray, Int64Array};
use arrow::datatypes::{DataType, Field, Int64Type, Schema};
use arrow::record_batch::RecordBatch;
use indexed::IndexedEngines;
use kinglet_storage::disk::MemoryDisk;
use kinglet_storage::*;
use support::{block_on, environment};

fn definition(ttl: &str) -> TableDefinition {
    let schema = Arc::new(Schema::new(vec![Field::new("at", DataType::Int64, false)]));
    let mut definition = TableDefinition::new(schema).sorted_by(["at"]);
    if !ttl.is_empty() {
        definition.options.insert("ttl".to_owned(), ttl.to_owned());
    }
    definition
}

fn rows(range: std::ops::Range<i64>) -> RecordBatch {
    let schema = definition("").schema;
    RecordBatch::try_new(schema, vec![Arc::new(Int64Array::from_iter_values(range))]).unwrap()
}

fn open(clock: &Arc<ManualClock>, disk: &Arc<MemoryDisk>) -> Store {
    let environment =
        Environment { clock: clock.clone(), engines: Arc::new(IndexedEngines), ..environment(disk.clone()) };
    let settings = StoreSettings { write_ahead_rows: 0, ..StoreSettings::default() };
    block_on(Store::open(environment, settings)).unwrap().0
}

fn read(store: &Store) -> Vec<i64> {
    let scan = block_on(store.snapshot(LIVE).unwrap().prepare_scan("t", &ScanRequest::default())).unwrap();
    let mut found = Vec::new();
    for batch in scan {
        found.extend(batch.unwrap().column(0).as_primitive::<Int64Type>().values());
    }
    found
}

fn maintain(store: &Store) {
    while block_on(store.maintain(1000)).unwrap() == Maintenance::More {}
}

#[test]
fn expired_rows_go_in_the_background() {
    let (clock, disk) = (Arc::new(ManualClock::new(50_000)), Arc::new(MemoryDisk::new()));
    let store = open(&clock, &disk);
    let mut t = store.begin();
    t.create_table("t", definition("1000000")).insert("t", vec![rows(0..100_000)], None);
    block_on(t.commit(Durability::Flushed)).unwrap();
    maintain(&store);
    assert_eq!(read(&store).len(), 100_000, "nothing has expired");
    clock.advance(960_000);
    maintain(&store);
    assert_eq!(read(&store), (10_001..100_000).collect::<Vec<_>>());
    // The part is a merge's work now: it rests before it is written again.
    clock.advance(20_000);
    maintain(&store);
    assert_eq!(read(&store).len(), 89_999);
    clock.advance(600_000);
    maintain(&store);
    assert_eq!(read(&store), Vec::<i64>::new());
    assert!(store.snapshot(LIVE).unwrap().table("t").unwrap().parts().is_empty());
    // It goes on after reopening.
    let mut t = store.begin();
    t.insert("t", vec![rows(2_000_000..2_000_010)], None);
    block_on(t.commit(Durability::Flushed)).unwrap();
    drop(store);
    let store = open(&clock, &disk);
    maintain(&store);
    assert_eq!(read(&store).len(), 10);
    clock.advance(2_000_000);
    maintain(&store);
    assert_eq!(read(&store).len(), 0);
}

#[test]
fn a_merge_asked_for_leaves_out_what_has_expired_under_a_new_rule_too() {
    let (clock, disk) = (Arc::new(ManualClock::new(50_000)), Arc::new(MemoryDisk::new()));
    let store = open(&clock, &disk);
    let mut t = store.begin();
    t.create_table("t", definition("")).insert("t", vec![rows(0..100_000)], None);
    block_on(t.commit(Durability::Flushed)).unwrap();
    block_on(store.optimize("t")).unwrap();
    assert_eq!(read(&store).len(), 100_000);
    let mut t = store.begin();
    t.set_definition("t", definition("10000"));
    block_on(t.commit(Durability::Flushed)).unwrap();
    block_on(store.optimize("t")).unwrap();
    assert_eq!(read(&store), (40_001..100_000).collect::<Vec<_>>());
    block_on(store.optimize("t")).unwrap();
    assert_eq!(read(&store).len(), 59_999);
}
