//! Parts leave a store as files and enter another one: the same bytes, the same rows.

mod support;

use std::sync::Arc;

use arrow::array::*;
use arrow::datatypes::{DataType, Field, Int64Type, Schema};
use arrow::record_batch::RecordBatch;
use kinglet_storage::disk::MemoryDisk;
use kinglet_storage::*;
use support::{block_on, environment};

fn definition() -> TableDefinition {
    let schema = Schema::new(vec![
        Field::new("day", DataType::Int32, false),
        Field::new("id", DataType::Int64, false),
        Field::new("name", DataType::BinaryView, true),
    ]);
    TableDefinition::new(Arc::new(schema)).sorted_by(["id"]).partitioned_by("day")
}

fn rows(range: std::ops::Range<i64>) -> RecordBatch {
    let columns: Vec<ArrayRef> = vec![
        Arc::new(Int32Array::from_iter_values(range.clone().map(|id| (id % 3) as i32))),
        Arc::new(Int64Array::from_iter_values(range.clone())),
        Arc::new(BinaryViewArray::from_iter(range.map(|id| (id % 7 > 0).then(|| format!("name {id}"))))),
    ];
    RecordBatch::try_new(definition().schema, columns).unwrap()
}

fn store() -> Store {
    let store = block_on(Store::open(environment(Arc::new(MemoryDisk::new())), StoreSettings::default()));
    let store = store.unwrap().0;
    let mut t = store.begin();
    t.create_table("t", definition());
    block_on(t.commit(Durability::Flushed)).unwrap();
    store
}

fn filled() -> Store {
    let store = store();
    for from in [0, 50_000, 100_000] {
        let mut t = store.begin();
        t.insert("t", vec![rows(from..from + 50_000)], None);
        block_on(t.commit(Durability::Flushed)).unwrap();
    }
    let mut t = store.begin();
    t.insert("t", vec![rows(150_000..150_010)], None);
    block_on(t.commit(Durability::Flushed)).unwrap();
    block_on(store.flush_rows()).unwrap();
    store
}

fn read(store: &Store) -> Vec<i64> {
    let scan = block_on(store.snapshot(LIVE).unwrap().prepare_scan("t", &ScanRequest::default())).unwrap();
    let mut found = Vec::new();
    for batch in scan {
        found.extend(batch.unwrap().column(1).as_primitive::<Int64Type>().values());
    }
    found.sort_unstable();
    found
}

/// The parts' files, in insertion order.
fn files(store: &Store) -> Vec<Vec<u8>> {
    let snapshot = store.snapshot(LIVE).unwrap();
    let parts = snapshot.table("t").unwrap().parts();
    let file = |part: &PartInfo| {
        let reader = block_on(snapshot.open_part("t", part.id)).unwrap();
        let mut bytes = Vec::new();
        while (bytes.len() as u64) < reader.size() {
            bytes.extend(reader.read(bytes.len() as u64, 100_000).unwrap());
        }
        assert_eq!(reader.read(reader.size(), 10).unwrap(), Vec::<u8>::new());
        assert_eq!(bytes.len() as u64, part.bytes);
        bytes
    };
    parts.iter().map(file).collect()
}

fn receive(store: &Store, bytes: &[u8]) -> Result<ReceivedPart, StorageError> {
    let mut receiver = block_on(store.receive_part())?;
    for chunk in bytes.chunks(70_000) {
        block_on(receiver.write(chunk))?;
    }
    receiver.finish()
}

#[test]
fn parts_arrive_byte_for_byte_and_work_as_before() {
    let before = filled();
    let exported = files(&before);
    assert!(exported.len() >= 9, "{} parts", exported.len());
    let after = store();
    let received = exported.iter().map(|bytes| receive(&after, bytes).unwrap()).collect();
    let mut t = after.begin();
    t.attach("t", received);
    block_on(t.commit(Durability::Flushed)).unwrap();
    assert!(files(&after) == exported, "the files are the same");
    assert_eq!(read(&after), read(&before));
    let facts = |store: &Store| -> Vec<_> {
        let parts = store.snapshot(LIVE).unwrap().table("t").unwrap().parts();
        parts.into_iter().map(|part| (part.rows, part.memory_bytes, part.level, part.partition)).collect()
    };
    assert_eq!(facts(&after), facts(&before));
    block_on(after.optimize("t")).unwrap();
    assert_eq!(after.snapshot(LIVE).unwrap().table("t").unwrap().parts().len(), 3, "one per partition");
    assert_eq!(read(&after), (0..150_010).collect::<Vec<_>>());
}

#[test]
fn what_is_no_part_is_refused_and_leaves_nothing() {
    let exported = files(&filled());
    let whole = exported.first().unwrap();
    let after = store();
    let invalid = |bytes: &[u8]| match receive(&after, bytes) {
        Ok(_) => panic!("{} bytes were taken", bytes.len()),
        Err(error) => {
            assert!(matches!(error, StorageError::Invalid(_) | StorageError::Damaged(_)), "{error:?}");
        }
    };
    for length in [0, 3, 8, 100, whole.len() / 2, whole.len() - 1] {
        invalid(&whole[..length]);
    }
    let random = SeededRandom::new(5);
    for _ in 0..40 {
        let mut bytes = whole.clone();
        let at = random.below(bytes.len() as u64 * 3 / 4) as usize;
        bytes[at] ^= 0x55;
        invalid(&bytes);
    }
    let mut t = after.begin();
    let other = Schema::new(vec![Field::new("id", DataType::Int64, false)]);
    t.create_table("other", TableDefinition::new(Arc::new(other)).sorted_by(["id"]));
    block_on(t.commit(Durability::Flushed)).unwrap();
    let mut t = after.begin();
    t.attach("other", vec![receive(&after, whole).unwrap()]);
    let error = block_on(t.commit(Durability::Flushed)).unwrap_err();
    assert!(error.to_string().contains("columns"), "{error}");
    block_on(after.collect_garbage()).unwrap();
    assert_eq!(after.open_files(), 0);
}
