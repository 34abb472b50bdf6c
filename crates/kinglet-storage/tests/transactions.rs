//! What a transaction does, and that it does all of it or nothing.

mod support;

use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, BooleanArray, Int64Array};
use arrow::datatypes::{DataType, Field, Int64Type, Schema};
use arrow::record_batch::RecordBatch;
use kinglet_storage::disk::{Fault, FaultDisk, MemoryDisk};
use kinglet_storage::*;
use support::{block_on, environment, join};

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

#[test]
fn a_token_lets_an_insert_happen_once() {
    let store = store();
    let mut t = store.begin();
    t.create_table("a", definition()).create_table("b", definition());
    commit(t);
    let insert = |table: &str, token: Option<&str>| {
        let mut t = store.begin();
        t.insert(table, vec![rows(&[1])], token).insert("b", vec![rows(&[2])], None);
        block_on(t.commit(Durability::Flushed)).unwrap()
    };
    assert!(matches!(insert("a", Some("token")), CommitOutcome::Committed(_)));
    assert_eq!(insert("a", Some("token")), CommitOutcome::Duplicate);
    assert!(matches!(insert("a", None), CommitOutcome::Committed(_)));
    assert!(matches!(insert("b", Some("token")), CommitOutcome::Committed(_)), "tokens belong to a table");
    assert_eq!(read(&store, LIVE, "a"), [1, 1]);
    assert_eq!(read(&store, LIVE, "b"), [1, 2, 2, 2]);
}

#[test]
fn rows_written_for_a_table_that_was_replaced_meanwhile_are_refused() {
    let mut conflicts = 0;
    for seed in 0..40 {
        let disk = Arc::new(FaultDisk::new(Fault::default()));
        let settings = StoreSettings { write_ahead_rows: 0, ..StoreSettings::default() };
        let store = block_on(Store::open(environment(disk), settings)).unwrap().0;
        let mut t = store.begin();
        t.create_table("a", definition());
        commit(t);
        let mut insert = store.begin();
        insert.insert("a", vec![rows(&[1, 2, 3])], None);
        let mut replace = store.begin();
        replace.drop_table("a").create_table("a", definition());
        let random = SeededRandom::new(seed);
        let (inserted, replaced) =
            join(&random, insert.commit(Durability::Flushed), replace.commit(Durability::Flushed));
        replaced.unwrap();
        match inserted {
            Err(StorageError::Conflict(_)) => {
                conflicts += 1;
                assert!(read(&store, LIVE, "a").is_empty());
            }
            other => {
                let last = other.unwrap() == CommitOutcome::Committed(store.last_commit());
                assert_eq!(read(&store, LIVE, "a"), if last { vec![1, 2, 3] } else { vec![] });
            }
        }
    }
    assert!(conflicts > 5, "{conflicts} conflicts in 40 tries");
}

#[test]
fn deleting_rows_keeps_the_others() {
    #[derive(Debug)]
    struct Below(i64);
    impl RowFilter for Below {
        fn matches(&self, rows: &RecordBatch) -> Result<BooleanArray, StorageError> {
            let numbers = rows.column(0).as_primitive::<Int64Type>();
            Ok(numbers.iter().map(|n| Some(n? < self.0)).collect())
        }
    }
    let store = store();
    let mut t = store.begin();
    t.create_table("a", definition());
    t.insert("a", vec![rows(&(0..20_000).collect::<Vec<_>>())], None).insert(
        "a",
        vec![rows(&[3, 15_000])],
        None,
    );
    commit(t);
    let before = store.snapshot(LIVE).unwrap();
    let below = |n: i64| {
        let upper = Some(Bound { value: Arc::new(Int64Array::from(vec![n])) as ArrayRef, inclusive: false });
        let hint = ColumnFilter { column: 0, test: ValueTest::Range { lower: None, upper } };
        let mut t = store.begin();
        t.delete_rows("a", Arc::new(Below(n)), vec![hint]);
        commit(t);
    };
    below(14_000);
    let mut expected: Vec<i64> = (14_000..20_000).chain([15_000]).collect();
    expected.sort_unstable();
    assert_eq!(read(&store, LIVE, "a"), expected);
    let parts = store.snapshot(LIVE).unwrap().table("a").unwrap().parts();
    below(-5);
    assert_eq!(
        store.snapshot(LIVE).unwrap().table("a").unwrap().parts(),
        parts,
        "nothing is written for nothing"
    );
    below(1_000_000);
    assert_eq!(store.snapshot(LIVE).unwrap().table("a").unwrap().parts(), []);
    assert_eq!(before.table("a").unwrap().rows(), 20_002, "readers of before still see all");
}

#[test]
fn a_part_is_a_parquet_file() {
    let store = store();
    let mut t = store.begin();
    t.create_table("a", definition()).insert("a", vec![rows(&(0..10_000).collect::<Vec<_>>())], None);
    commit(t);
    let snapshot = store.snapshot(LIVE).unwrap();
    let part = snapshot.table("a").unwrap().parts().remove(0);
    let bytes = block_on(snapshot.read_part("a", part.id)).unwrap();
    assert_eq!(bytes.len() as u64, part.bytes);
    let reader =
        parquet::arrow::arrow_reader::ParquetRecordBatchReader::try_new(bytes::Bytes::from(bytes), 4096);
    let rows: usize = reader.unwrap().map(|batch| batch.unwrap().num_rows()).sum();
    assert_eq!(rows, 10_000);
}

#[test]
fn what_an_executor_shares_between_threads_can_be_shared() {
    fn shared<T: Send + Sync>() {}
    fn sent<T: Send>() {}
    shared::<Store>();
    shared::<Snapshot>();
    shared::<TableSnapshot>();
    sent::<Scan>();
    sent::<StorageError>();
}

#[test]
fn long_work_lets_other_work_have_its_turn() {
    use std::pin::Pin;
    use std::sync::atomic::{AtomicU64, Ordering};

    /// A clock on which each look takes a millisecond.
    #[derive(Debug, Default)]
    struct Busy {
        now: AtomicU64,
        pauses: AtomicU64,
    }
    impl Clock for Busy {
        fn now_millis(&self) -> u64 {
            self.now.fetch_add(1, Ordering::Relaxed)
        }
        fn pause(&self) -> Pin<Box<dyn Future<Output = ()>>> {
            self.pauses.fetch_add(1, Ordering::Relaxed);
            Box::pin(std::future::ready(()))
        }
    }
    let clock = Arc::new(Busy::default());
    let environment = Environment { clock: clock.clone(), ..environment(Arc::new(MemoryDisk::new())) };
    let store = block_on(Store::open(environment, StoreSettings::default())).unwrap().0;
    let mut t = store.begin();
    t.create_table("a", definition()).insert("a", vec![rows(&(0..1_000_000).collect::<Vec<_>>())], None);
    commit(t);
    let pauses = clock.pauses.load(Ordering::Relaxed);
    assert!((5..40).contains(&pauses), "{pauses} pauses in 122 granules");
}
