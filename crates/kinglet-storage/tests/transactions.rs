//! What a transaction does, and that it does all of it or nothing.

mod support;

use std::sync::Arc;

use arrow::array::{ArrayRef, Int64Array};
use arrow::datatypes::{DataType, Field, Schema};
use arrow::record_batch::RecordBatch;
use kinglet_storage::disk::MemoryDisk;
use kinglet_storage::{
    Durability, HeadMode, LIVE, ScanRequest, StorageError, Store, StoreSettings, TableDefinition,
};
use support::{block_on, environment};

fn store() -> Store {
    block_on(Store::open(environment(Arc::new(MemoryDisk::new())), StoreSettings::default())).unwrap().0
}

fn definition() -> TableDefinition {
    TableDefinition::new(Arc::new(Schema::new(vec![Field::new("n", DataType::Int64, false)])))
        .sorted_by(["n"])
}

fn rows(values: &[i64]) -> RecordBatch {
    let column: ArrayRef = Arc::new(Int64Array::from(values.to_vec()));
    RecordBatch::try_new(definition().schema, vec![column]).unwrap()
}

fn read(store: &Store, head: &str, table: &str) -> Vec<i64> {
    let scan = block_on(store.snapshot(head).unwrap().prepare_scan(table, &ScanRequest::default())).unwrap();
    let mut values = Vec::new();
    for batch in scan {
        let batch = batch.unwrap();
        values.extend(batch.column(0).as_any().downcast_ref::<Int64Array>().unwrap().values());
    }
    values.sort();
    values
}

fn commit(transaction: kinglet_storage::Transaction) {
    block_on(transaction.commit(Durability::Flushed)).unwrap();
}

#[test]
fn rows_of_several_tables_appear_together() {
    let store = store();
    let mut t = store.begin();
    t.create_table("a", definition()).create_table("b", definition());
    t.insert("a", vec![rows(&[1, 2])], None).insert("b", vec![rows(&[3])], None).put("k", "v");
    let before = store.snapshot(LIVE).unwrap();
    commit(t);
    assert_eq!(before.tables().count(), 0);
    assert_eq!(read(&store, LIVE, "a"), [1, 2]);
    assert_eq!(read(&store, LIVE, "b"), [3]);
    assert_eq!(store.snapshot(LIVE).unwrap().get("k").unwrap(), "v");
}

#[test]
fn a_transaction_with_one_bad_step_does_nothing() {
    let store = store();
    let mut t = store.begin();
    t.create_table("a", definition()).put("k", "v").insert("missing", vec![rows(&[1])], None);
    let error = block_on(t.commit(Durability::Flushed)).unwrap_err();
    assert_eq!(error, StorageError::NoSuchTable { head: LIVE.into(), table: "missing".into() });
    let after = store.snapshot(LIVE).unwrap();
    assert_eq!((after.tables().count(), after.get("k")), (0, None));
}

#[test]
fn heads_share_or_copy_tables() {
    let store = store();
    let mut t = store.begin();
    t.create_table("a", definition()).insert("a", vec![rows(&[1])], None);
    t.create_head("staging", Some(LIVE), HeadMode::Share);
    t.create_head("branch", Some(LIVE), HeadMode::Copy);
    t.create_head("link", Some(LIVE), HeadMode::Freeze);
    commit(t);
    let mut t = store.begin();
    t.insert("a", vec![rows(&[2])], None).insert(("branch", "a"), vec![rows(&[3])], None);
    commit(t);
    assert_eq!(read(&store, "staging", "a"), [1, 2]);
    assert_eq!(read(&store, "branch", "a"), [1, 3]);
    assert_eq!(read(&store, "link", "a"), [1]);
    let mut t = store.begin();
    t.insert(("link", "a"), vec![rows(&[4])], None);
    assert_eq!(block_on(t.commit(Durability::Flushed)), Err(StorageError::HeadIsFrozen("link".into())));
}

#[test]
fn promoting_a_head_replaces_the_tables() {
    let store = store();
    let mut t = store.begin();
    t.create_table("a", definition()).insert("a", vec![rows(&[1])], None);
    t.create_head("staging", Some(LIVE), HeadMode::Share);
    t.drop_table(("staging", "a")).create_table(("staging", "a"), definition());
    t.insert(("staging", "a"), vec![rows(&[9])], None);
    commit(t);
    assert_eq!(read(&store, LIVE, "a"), [1]);
    let mut t = store.begin();
    t.promote_head("staging", LIVE);
    commit(t);
    assert_eq!(read(&store, LIVE, "a"), [9]);
    assert_eq!(store.snapshot("staging").unwrap_err(), StorageError::NoSuchHead("staging".into()));
}

#[test]
fn rows_move_from_a_replacement_in_one_step() {
    let store = store();
    let mut t = store.begin();
    t.create_table("a", definition())
        .create_table("new", TableDefinition { temporary: true, ..definition() });
    t.insert("a", vec![rows(&[1])], None).insert("new", vec![rows(&[5]), rows(&[6])], None);
    commit(t);
    let mut t = store.begin();
    t.move_rows("new", "a", true).drop_table("new");
    commit(t);
    assert_eq!(read(&store, LIVE, "a"), [5, 6]);
}
