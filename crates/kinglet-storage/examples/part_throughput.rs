//! Figures of the store: ingest, bytes per row, scans cold and warm, point lookups, small commits, merges.
//!
//! `cargo run --release --example part_throughput -- [rows] [none|lz4|zstd]`

use std::error::Error;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Instant;

use arrow::array::*;
use arrow::datatypes::{DataType, Field, Schema, TimeUnit};
use arrow::record_batch::RecordBatch;
use kinglet_storage::disk::MemoryDisk;
use kinglet_storage::*;

fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return output;
        }
    }
}

/// An events table: what analytics in a tab looks like.
fn schema() -> Arc<Schema> {
    Arc::new(Schema::new(vec![
        Field::new("timestamp", DataType::Timestamp(TimeUnit::Second, None), false),
        Field::new("tenant", DataType::BinaryView, false),
        Field::new("session", DataType::UInt64, false),
        Field::new("path", DataType::BinaryView, false),
        Field::new("duration", DataType::Float64, false),
        Field::new("status", DataType::UInt16, false),
        Field::new("bytes", DataType::Int64, true),
        Field::new("country", DataType::BinaryView, false),
    ]))
}

fn block(random: &SeededRandom, first: usize, rows: usize) -> RecordBatch {
    let each = |f: &mut dyn FnMut(u64, usize)| (0..rows).for_each(|i| f(random.next_u64(), first + i));
    let mut columns: Vec<ArrayRef> = Vec::new();
    let mut times = Vec::new();
    each(&mut |r, i| times.push(1_700_000_000 + i as i64 / 50 + (r % 3) as i64));
    columns.push(Arc::new(TimestampSecondArray::from(times)));
    let mut strings = BinaryViewBuilder::new();
    each(&mut |r, _| strings.append_value(format!("tenant_{}", r % 200)));
    columns.push(Arc::new(strings.finish()));
    let mut numbers = Vec::new();
    each(&mut |r, _| numbers.push(r));
    columns.push(Arc::new(UInt64Array::from(numbers)));
    each(&mut |r, _| strings.append_value(format!("/products/{}/reviews?page={}", r % 5000, r % 7)));
    columns.push(Arc::new(strings.finish()));
    let mut floats = Vec::new();
    each(&mut |r, _| floats.push((r % 100_000) as f64 / 1000.0));
    columns.push(Arc::new(Float64Array::from(floats)));
    let mut statuses = Vec::new();
    each(&mut |r, _| statuses.push([200, 200, 200, 304, 404, 500][(r % 6) as usize]));
    columns.push(Arc::new(UInt16Array::from(statuses)));
    let mut bytes = Vec::new();
    each(&mut |r, _| bytes.push((r % 10 > 0).then_some((r % 1_000_000) as i64)));
    columns.push(Arc::new(Int64Array::from(bytes)));
    each(&mut |r, _| strings.append_value([&b"DE"[..], b"ES", b"FR", b"US"][(r % 4) as usize]));
    columns.push(Arc::new(strings.finish()));
    RecordBatch::try_new(schema(), columns).expect("columns fit the schema")
}

/// The engine of the second table keeps the last row of each key.
#[derive(Debug)]
struct Engines;

impl kinglet_storage::Engines for Engines {
    fn engine(&self, definition: &TableDefinition) -> Result<TableEngine, StorageError> {
        let replacing = definition.engine == "ReplacingMergeTree";
        let combine = replacing.then(|| Arc::new(KeepLast) as Arc<dyn RowCombine>);
        Ok(TableEngine { combine, ..TableEngine::new(Arc::new(ColumnKeys::new(definition)?)) })
    }
}

#[derive(Debug)]
struct KeepLast;

impl RowCombine for KeepLast {
    fn required_columns(&self) -> Vec<usize> {
        Vec::new()
    }

    fn combine(
        &self,
        rows: &RecordBatch,
        groups: &[usize],
        _: CombineStage,
    ) -> Result<RecordBatch, StorageError> {
        if groups.len() == rows.num_rows() + 1 {
            return Ok(rows.clone());
        }
        let last: UInt64Array = groups.iter().skip(1).map(|end| *end as u64 - 1).collect();
        Ok(arrow::compute::take_record_batch(rows, &last)?)
    }
}

fn scan(store: &Store, request: &ScanRequest) -> Result<ScanStatistics, Box<dyn Error>> {
    scan_table(store, "events", request)
}

fn scan_table(store: &Store, table: &str, request: &ScanRequest) -> Result<ScanStatistics, Box<dyn Error>> {
    let mut scan = block_on(store.snapshot(LIVE)?.prepare_scan(table, request))?;
    for batch in scan.by_ref() {
        batch?;
    }
    Ok(scan.statistics())
}

fn timed<T>(
    what: &str,
    rows: u64,
    f: impl FnOnce() -> Result<T, Box<dyn Error>>,
) -> Result<T, Box<dyn Error>> {
    let start = Instant::now();
    let result = f()?;
    let seconds = start.elapsed().as_secs_f64();
    println!("{what:<38} {:>9.2} ms {:>8.2} M rows/s", seconds * 1e3, rows as f64 / seconds / 1e6);
    Ok(result)
}

fn main() -> Result<(), Box<dyn Error>> {
    let rows: usize = std::env::args().nth(1).and_then(|rows| rows.parse().ok()).unwrap_or(2_000_000);
    let compression = match std::env::args().nth(2).as_deref() {
        Some("none") => PartCompression::None,
        Some("zstd") => PartCompression::Zstd(1),
        _ => PartCompression::Lz4,
    };
    let settings = StoreSettings { compression, cache_bytes: 1 << 30, ..StoreSettings::default() };
    let disk = Arc::new(MemoryDisk::new());
    let environment = Environment {
        disk,
        clock: Arc::new(ManualClock::new(0)),
        random: Arc::new(SeededRandom::new(1)),
        engines: Arc::new(Engines),
    };
    let (store, _) = block_on(Store::open(environment.clone(), settings.clone()))?;
    let mut t = store.begin();
    t.create_table("events", TableDefinition::new(schema()).sorted_by(["tenant", "timestamp"]));
    block_on(t.commit(Durability::Flushed))?;
    let random = SeededRandom::new(7);
    let blocks: Vec<_> =
        (0..rows).step_by(200_000).map(|at| block(&random, at, 200_000.min(rows - at))).collect();
    let count = rows as u64;
    timed("ingest in blocks of 200,000", count, || {
        for block in &blocks {
            let mut t = store.begin();
            t.insert("events", vec![block.clone()], None);
            block_on(t.commit(Durability::Flushed))?;
        }
        Ok(())
    })?;
    timed("merge to one part", count, || Ok(block_on(store.optimize("events"))?))?;
    let table = store.snapshot(LIVE)?.table("events").ok_or("no table")?;
    println!("{:.1} bytes per row in {} parts", table.disk_bytes() as f64 / rows as f64, table.parts().len());
    let all = ScanRequest::default();
    timed("scan of 8 columns, cold", count, || scan(&store, &all))?;
    timed("scan of 8 columns, warm", count, || scan(&store, &all))?;
    for (column, field) in schema().fields().iter().enumerate() {
        store.clear_cache();
        let request = ScanRequest { projection: Some(vec![column]), ..ScanRequest::default() };
        timed(&format!("scan of {}, cold", field.name()), count, || scan(&store, &request))?;
    }
    store.clear_cache();
    let tenant: ArrayRef = Arc::new(BinaryViewArray::from_iter_values(["tenant_77"]));
    let key = KeyFilter { position: 0, test: ValueTest::equal(tenant) };
    let lookup =
        ScanRequest { key_filters: vec![key], projection: Some(vec![0, 4]), ..ScanRequest::default() };
    let found = timed("one tenant's rows, cold", count / 200, || scan(&store, &lookup))?;
    timed("one tenant's rows, warm", count / 200, || scan(&store, &lookup))?;
    println!(
        "{} of {} granules, {} bytes of disk",
        found.granules_read, found.granules_total, found.disk_bytes
    );
    let commits = 20_000;
    timed("commits of one row, buffered", commits, || {
        for row in 0..commits as usize {
            let mut t = store.begin();
            t.insert("events", vec![blocks[0].slice(row, 1)], None);
            block_on(t.commit(Durability::Buffered))?;
        }
        Ok(())
    })?;
    timed("commits of 100 rows, buffered", commits * 10, || {
        for row in 0..commits as usize / 10 {
            let mut t = store.begin();
            t.insert("events", vec![blocks[0].slice(row * 50, 100)], None);
            block_on(t.commit(Durability::Buffered))?;
        }
        Ok(())
    })?;
    block_on(store.maintain(u64::MAX))?;
    let replacing =
        TableDefinition { engine: "ReplacingMergeTree".to_owned(), ..TableDefinition::new(schema()) };
    let mut t = store.begin();
    t.create_table("latest", replacing.sorted_by(["tenant", "path"]));
    for block in blocks.iter().take(5) {
        t.insert("latest", vec![block.clone()], None);
    }
    block_on(t.commit(Durability::Flushed))?;
    let stored = store.snapshot(LIVE)?.table("latest").ok_or("no table")?.rows();
    let last = ScanRequest { combine: true, projection: Some(vec![1, 3, 4]), ..ScanRequest::default() };
    timed("FINAL of 3 columns, 5 parts, cold", stored, || scan_table(&store, "latest", &last))?;
    timed("FINAL of 3 columns, 5 parts, warm", stored, || scan_table(&store, "latest", &last))?;
    block_on(store.optimize("latest"))?;
    scan_table(&store, "latest", &last)?;
    timed("FINAL of 3 columns, 1 part, warm", stored, || scan_table(&store, "latest", &last))?;
    drop(store);
    timed("reopen", count, || Ok(block_on(Store::open(environment, settings))?))?;
    Ok(())
}
