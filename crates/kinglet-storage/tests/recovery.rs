//! What opening makes of files that a crash, another version or a bad medium has left.

mod support;

use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, BinaryViewArray, Int64Array};
use arrow::datatypes::{DataType, Field, Int64Type, Schema};
use arrow::record_batch::RecordBatch;
use kinglet_storage::disk::{Disk, Fault, FaultDisk, MemoryDisk, NativeDisk, OpenMode};
use kinglet_storage::*;
use support::{block_on, environment, scratch_folder};

fn definition() -> TableDefinition {
    let fields = vec![Field::new("n", DataType::Int64, false), Field::new("s", DataType::BinaryView, true)];
    TableDefinition::new(Arc::new(Schema::new(fields))).sorted_by(["n"])
}

fn rows(numbers: std::ops::Range<i64>) -> RecordBatch {
    let strings = numbers.clone().map(|n| (n % 5 > 0).then(|| format!("a string of some length, {n}")));
    let columns: Vec<ArrayRef> =
        vec![Arc::new(Int64Array::from_iter_values(numbers)), Arc::new(BinaryViewArray::from_iter(strings))];
    RecordBatch::try_new(definition().schema, columns).unwrap()
}

fn open(disk: &Arc<FaultDisk>) -> Result<(Store, RecoveryReport), StorageError> {
    block_on(Store::open(environment(disk.clone()), StoreSettings::default()))
}

fn insert(store: &Store, table: &str, numbers: std::ops::Range<i64>) {
    let mut t = store.begin();
    t.insert(table, vec![rows(numbers)], None);
    block_on(t.commit(Durability::Flushed)).unwrap();
}

/// The numbers in a table, or the first error.
fn read(store: &Store, table: &str) -> Result<Vec<i64>, StorageError> {
    let snapshot = store.snapshot(LIVE).unwrap();
    let mut numbers = Vec::new();
    for batch in block_on(snapshot.prepare_scan(table, &ScanRequest::default()))? {
        numbers.extend(batch?.column(0).as_primitive::<Int64Type>().values());
    }
    numbers.sort_unstable();
    Ok(numbers)
}

/// A store with two parts of their own files and some rows in the log.
fn filled() -> Arc<FaultDisk> {
    let disk = Arc::new(FaultDisk::new(Fault::default()));
    let settings = StoreSettings { packed_part_bytes: 0, ..StoreSettings::default() };
    let (store, report) = block_on(Store::open(environment(disk.clone()), settings)).unwrap();
    assert!(report.created);
    let mut t = store.begin();
    t.create_table("t", definition());
    block_on(t.commit(Durability::Flushed)).unwrap();
    insert(&store, "t", 0..10_000);
    insert(&store, "t", 10_000..20_000);
    insert(&store, "t", 20_000..20_003);
    disk
}

fn write(disk: &FaultDisk, path: &str, offset: u64, bytes: &[u8]) {
    let file = block_on(disk.open(path, OpenMode::Create)).unwrap();
    disk.write_at(file, offset, bytes).unwrap();
    disk.flush(file).unwrap();
}

#[test]
fn a_reopened_store_reports_what_it_did() {
    let disk = filled();
    write(&disk, "parts/00000000000000aa.parquet", 0, b"nobody names this");
    write(&disk, "parts/notes.txt", 0, b"not ours");
    let log = "log.1";
    let end = disk.files().iter().find(|(path, _)| path == log).unwrap().1;
    write(&disk, log, end, b"the start of a record that never got whole");
    let (store, report) = open(&disk).unwrap();
    assert_eq!(read(&store, "t").unwrap(), (0..20_003).collect::<Vec<_>>());
    let expected = (false, 4, 4, 42, vec!["00000000000000aa.parquet".to_owned()], Vec::<String>::new());
    let RecoveryReport { created, last_commit, replayed, cut_bytes, deleted_files, damaged, .. } = report;
    assert_eq!((created, last_commit, replayed, cut_bytes, deleted_files, damaged), expected);
    assert!(disk.files().iter().any(|(path, _)| path == "parts/notes.txt"), "files of others are left alone");
    store.checkpoint().unwrap();
    let (_, report) = open(&disk).unwrap();
    assert_eq!((report.replayed, report.last_commit, report.cut_bytes), (0, 4, 0));
}

#[test]
fn reopening_opens_no_part() {
    let disk = filled();
    let (store, _) = open(&disk).unwrap();
    assert_eq!(store.open_files(), 0);
    assert_eq!(store.snapshot(LIVE).unwrap().table("t").unwrap().rows(), 20_003);
}

#[test]
fn a_newer_format_is_refused_and_nothing_is_touched() {
    for path in ["checkpoint.0", "checkpoint.1", "log.0", "log.1"] {
        let disk = filled();
        let magic: &[u8] = if path.starts_with("log") { b"KNGLTLOG" } else { b"KNGLTCKP" };
        let mut header = [magic, &7u32.to_le_bytes()].concat();
        header.extend_from_slice(&crc32c::crc32c(&header).to_le_bytes());
        header.extend_from_slice(b"whatever a newer version keeps here");
        write(&disk, path, 0, &header);
        write(&disk, "parts/00000000000000aa.parquet", 0, b"a part of the newer version");
        let before = disk.files();
        let error = open(&disk).unwrap_err();
        assert_eq!(error, StorageError::NewerVersion { found: 7, supported: 2 });
        assert!(
            error.to_string().contains("version 7") && error.to_string().contains("version 2"),
            "{error}"
        );
        assert_eq!(disk.files(), before);
    }
}

#[test]
fn a_damaged_checkpoint_costs_nothing() {
    let disk = filled();
    let (store, _) = open(&disk).unwrap();
    store.checkpoint().unwrap();
    insert(&store, "t", 20_003..20_005);
    drop(store);
    assert!(disk.damage("checkpoint.0", 45), "generation 2 is in slot 0");
    let (store, report) = open(&disk).unwrap();
    assert_eq!(read(&store, "t").unwrap(), (0..20_005).collect::<Vec<_>>());
    assert_eq!(report.damaged, ["checkpoint of generation 2: made anew from the one before"]);
    // It is whole again: the other slot may be damaged now.
    drop(store);
    assert!(disk.damage("checkpoint.1", 45));
    let (store, report) = open(&disk).unwrap();
    assert_eq!(read(&store, "t").unwrap(), (0..20_005).collect::<Vec<_>>());
    assert_eq!(report.damaged, Vec::<String>::new());
}

#[test]
fn without_any_checkpoint_the_parts_are_left_alone() {
    let disk = filled();
    assert!(disk.damage("checkpoint.1", 45));
    let before = disk.files();
    let error = open(&disk).unwrap_err();
    assert!(matches!(error, StorageError::Damaged(_)), "{error}");
    assert_eq!(disk.files(), before);
}

#[test]
fn a_damaged_part_is_set_aside_and_the_others_answer() {
    let disk = filled();
    let part = disk.files().into_iter().find(|(path, _)| path.starts_with("parts/")).unwrap().0;
    assert!(disk.damage(&part, 5000));
    let (store, _) = open(&disk).unwrap();
    let error = read(&store, "t").unwrap_err();
    assert!(matches!(&error, StorageError::Damaged(text) if text.contains("set aside")), "{error}");
    let rest = read(&store, "t").unwrap();
    assert_eq!(rest.len(), 10_003);
    let damaged: Vec<_> = store.snapshot(LIVE).unwrap().table("t").unwrap().parts();
    let damaged: Vec<_> = damaged.into_iter().filter(|part| part.damaged).map(|part| part.path).collect();
    assert_eq!(damaged, std::slice::from_ref(&part));
    block_on(store.maintain(1000)).unwrap();
    // Remembered, and kept for whoever can save something from it.
    let (store, report) = open(&disk).unwrap();
    assert!(report.damaged.iter().any(|text| text.contains(&part)), "{report:?}");
    assert_eq!(read(&store, "t").unwrap(), rest);
    block_on(store.optimize("t")).unwrap();
    assert_eq!(read(&store, "t").unwrap(), rest);
    assert!(disk.files().iter().any(|(path, _)| *path == part));
}

#[test]
fn no_damage_goes_unnoticed() {
    let disk = filled();
    let (store, _) = open(&disk).unwrap();
    store.checkpoint().unwrap();
    insert(&store, "t", 20_003..20_500);
    drop(store);
    let all: Vec<i64> = (0..20_500).collect();
    let random = SeededRandom::new(11);
    let (mut whole, mut reported, mut refused) = (0, 0, 0);
    for _ in 0..400 {
        let disk = Arc::new(disk.restart(&random, Fault::default()));
        let files: Vec<_> =
            disk.files().into_iter().filter(|(path, size)| *size > 0 && path != "reserve").collect();
        let (path, size) = &files[random.below(files.len() as u64) as usize];
        // Headers are short: look at them more often.
        let within = if random.below(4) == 0 { 40.min(*size) } else { *size };
        assert!(disk.damage(path, random.below(within) as usize));
        let (store, report) = match open(&disk) {
            Ok(opened) => opened,
            Err(error) => {
                assert!(matches!(error, StorageError::Damaged(_)), "{path}: {error}");
                refused += 1;
                continue;
            }
        };
        match read(&store, "t") {
            Ok(rows) if rows == all => whole += 1,
            Ok(_) => {
                assert!(report.cut_bytes > 0 || !report.damaged.is_empty(), "{path}: rows went silently");
                reported += 1;
            }
            Err(StorageError::Damaged(_)) => reported += 1,
            Err(error) => panic!("{path}: {error}"),
        }
    }
    assert!(
        whole > 100 && reported > 100 && refused == 0,
        "{whole} whole, {reported} reported, {refused} refused"
    );
}

#[test]
fn a_full_disk_says_how_full_and_still_lets_tables_be_truncated() {
    let capacity = 700_000;
    let disk = Arc::new(FaultDisk::new(Fault { capacity: Some(capacity), ..Fault::default() }));
    let (store, _) = open(&disk).unwrap();
    let mut t = store.begin();
    t.create_table("t", definition());
    block_on(t.commit(Durability::Flushed)).unwrap();
    let error = loop {
        let mut t = store.begin();
        t.insert("t", vec![rows(0..3000)], None);
        if let Err(error) = block_on(t.commit(Durability::Flushed)) {
            break error;
        }
    };
    let StorageError::DiskFull { used: Some(used), quota: Some(quota), needed } = &error else {
        panic!("{error}")
    };
    assert!(*quota == capacity && *used > 200_000 && *needed > 10_000, "{error}");
    assert!(error.to_string().contains("700000"), "{error}");
    let stored = store.snapshot(LIVE).unwrap().table("t").unwrap().rows();
    assert_eq!(read(&store, "t").unwrap().len() as u64, stored, "what was acknowledged is there");
    // Fill what is left to the last byte.
    let rest = capacity - block_on(disk.space()).unwrap().used;
    write(&disk, "filler", 0, &vec![0; rest as usize]);
    let mut t = store.begin();
    t.truncate("t");
    block_on(t.commit(Durability::Flushed)).unwrap();
    assert_eq!(read(&store, "t").unwrap(), Vec::<i64>::new());
    let (store, _) = open(&disk).unwrap();
    assert_eq!(read(&store, "t").unwrap(), Vec::<i64>::new());
}

#[test]
fn room_made_on_a_full_disk_is_used_again() {
    let disk = Arc::new(FaultDisk::new(Fault { capacity: Some(800_000), ..Fault::default() }));
    let clock = Arc::new(ManualClock::new(0));
    let environment = Environment { clock: clock.clone(), ..environment(disk.clone()) };
    let settings = StoreSettings { packed_part_bytes: 0, write_ahead_rows: 0, ..StoreSettings::default() };
    let (store, _) = block_on(Store::open(environment, settings)).unwrap();
    let mut t = store.begin();
    t.create_table("kept", definition()).create_table("dropped", definition());
    block_on(t.commit(Durability::Flushed)).unwrap();
    let mut kept = 0;
    for i in 0.. {
        let table = if i % 3 == 0 { "kept" } else { "dropped" };
        let mut t = store.begin();
        t.insert(table, vec![rows(kept..kept + 2000)], None);
        match block_on(t.commit(Durability::Flushed)) {
            Ok(_) => kept += if table == "kept" { 2000 } else { 0 },
            Err(error) => {
                assert!(error.is_disk_full(), "{error}");
                break;
            }
        }
    }
    let error = block_on(store.maintain(u64::MAX)).unwrap_err();
    assert!(error.is_disk_full(), "there is no room to merge: {error}");
    assert_eq!(
        block_on(store.maintain(u64::MAX)),
        Ok(Maintenance::Idle),
        "and it is not tried again at once"
    );
    let mut t = store.begin();
    t.drop_table("dropped");
    block_on(t.commit(Durability::Flushed)).unwrap();
    clock.advance(20_000);
    assert_eq!(block_on(store.maintain(u64::MAX)), Ok(Maintenance::Idle));
    assert_eq!(store.snapshot(LIVE).unwrap().table("kept").unwrap().parts().len(), 1);
    assert_eq!(read(&store, "kept").unwrap(), (0..kept).collect::<Vec<_>>());
    assert_eq!(disk.files().iter().filter(|(path, _)| path.starts_with("parts/")).count(), 1);
}

/// Files of every format there has been, as a build wrote them: a folder `format-<version>` each.
const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");
const CURRENT: &str = "format-2";

fn write_fixture() {
    let folder = format!("{FIXTURES}/{CURRENT}");
    let _ = std::fs::remove_dir_all(&folder);
    let disk = Arc::new(NativeDisk::new(folder));
    let settings = StoreSettings { reserve_bytes: 16, granule_rows: 512, ..StoreSettings::default() };
    let (store, _) = block_on(Store::open(environment(disk), settings)).unwrap();
    let mut t = store.begin();
    t.create_table("events", definition()).put("workspace", "a value").put("gone", "x");
    t.create_head("staging", Some(LIVE), HeadMode::Share);
    block_on(t.commit(Durability::Flushed)).unwrap();
    insert(&store, "events", 0..5000);
    store.checkpoint().unwrap();
    let mut t = store.begin();
    t.insert("events", vec![rows(5000..5100)], Some("token")).remove("gone");
    t.create_head("branch", Some(LIVE), HeadMode::Copy).truncate(("branch", "events"));
    block_on(t.commit(Durability::Flushed)).unwrap();
    insert(&store, "events", 5100..10_000);
}

/// A copy of a fixture, to be worked on.
fn copy_of(format: &str) -> std::path::PathBuf {
    let folder = scratch_folder(format);
    std::fs::create_dir_all(folder.join("parts")).unwrap();
    for name in ["log.0", "log.1", "checkpoint.0", "checkpoint.1"] {
        std::fs::copy(format!("{FIXTURES}/{format}/{name}"), folder.join(name)).unwrap();
    }
    for entry in std::fs::read_dir(format!("{FIXTURES}/{format}/parts")).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), folder.join("parts").join(entry.file_name())).unwrap();
    }
    folder
}

fn check_fixture(store: &Store) {
    assert_eq!(read(store, "events").unwrap(), (0..10_000).collect::<Vec<_>>());
    let live = store.snapshot(LIVE).unwrap();
    assert_eq!((live.get("workspace").unwrap().as_ref(), live.get("gone")), (&b"a value"[..], None));
    assert_eq!(live.heads().collect::<Vec<_>>(), ["branch", LIVE, "staging"]);
    assert_eq!(store.snapshot("staging").unwrap().table("events").unwrap().rows(), 10_000);
    assert_eq!(store.snapshot("branch").unwrap().table("events").unwrap().rows(), 0);
    let mut t = store.begin();
    t.insert("events", vec![rows(0..1)], Some("token"));
    assert_eq!(block_on(t.commit(Durability::Flushed)), Ok(CommitOutcome::Duplicate));
}

#[test]
fn files_of_every_format_stay_readable() {
    if std::env::var_os("KINGLET_WRITE_FIXTURE").is_some() {
        write_fixture();
    }
    let formats =
        std::fs::read_dir(FIXTURES).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut formats: Vec<String> = formats.collect();
    formats.sort();
    assert_eq!(formats.last().map(String::as_str), Some(CURRENT));
    for format in formats {
        let folder = copy_of(&format);
        let open = || {
            let disk = Arc::new(NativeDisk::new(&folder));
            block_on(Store::open(environment(disk), StoreSettings::default())).unwrap()
        };
        let (store, report) = open();
        assert_eq!((report.last_commit, report.replayed, report.damaged.len()), (4, 2, 0), "{report:?}");
        check_fixture(&store);
        drop(store);
        // An older format is the current one from now on; after a merge, in its parts too.
        let newest =
            ["checkpoint.0", "checkpoint.1"].map(|name| std::fs::read(folder.join(name)).unwrap()[8]);
        assert!(newest.contains(&2), "{format}: {newest:?}");
        let (store, report) = open();
        assert_eq!((report.replayed, report.damaged.len()), (if format == CURRENT { 2 } else { 0 }, 0));
        block_on(store.optimize("events")).unwrap();
        check_fixture(&store);
        drop(store);
        check_fixture(&open().0);
        std::fs::remove_dir_all(folder).unwrap();
    }
}

#[test]
fn temporary_tables_do_not_outlive_a_restart() {
    let disk = Arc::new(MemoryDisk::new());
    let (store, _) = block_on(Store::open(environment(disk.clone()), StoreSettings::default())).unwrap();
    let mut t = store.begin();
    t.create_table("kept", definition())
        .create_table("gone", TableDefinition { temporary: true, ..definition() });
    block_on(t.commit(Durability::Flushed)).unwrap();
    let (store, _) = block_on(Store::open(environment(disk), StoreSettings::default())).unwrap();
    assert_eq!(store.snapshot(LIVE).unwrap().tables().collect::<Vec<_>>(), ["kept"]);
}

#[test]
fn a_closed_store_says_so() {
    let disk = filled();
    let (store, _) = open(&disk).unwrap();
    store.close().unwrap();
    let mut t = store.begin();
    t.put("k", "v");
    assert!(matches!(block_on(t.commit(Durability::Flushed)), Err(StorageError::Stopped(_))));
}
