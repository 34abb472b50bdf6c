//! Queries that need more than their memory put the rest into scratch files, and answer what they answer without
//! a limit.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use arrow::array::RecordBatch;
use kinglet_sql::{EmptyCatalog, Engine, QueryOptions, Scratch, ScratchFile};
use kinglet_types::{ErrorCode, SqlError};

/// Files in memory, at most so many bytes over all time.
#[derive(Debug)]
struct Memory {
    room: u64,
    written: Arc<AtomicU64>,
}

struct MemoryFile {
    room: u64,
    written: Arc<AtomicU64>,
    bytes: Mutex<Vec<u8>>,
}

impl Scratch for Memory {
    fn create(&self) -> Box<dyn ScratchFile> {
        Box::new(MemoryFile { room: self.room, written: Arc::clone(&self.written), bytes: Mutex::default() })
    }
}

impl ScratchFile for MemoryFile {
    fn length(&self) -> u64 {
        self.bytes.lock().expect("the bytes").len() as u64
    }

    fn append(&self, bytes: &[u8]) -> Result<(), SqlError> {
        let written = self.written.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        if written + bytes.len() as u64 > self.room {
            return Err(SqlError::new(NOT_ENOUGH_SPACE, "full"));
        }
        self.bytes.lock().expect("the bytes").extend_from_slice(bytes);
        Ok(())
    }

    fn read(&self, offset: u64, most: usize) -> Result<Vec<u8>, SqlError> {
        let bytes = self.bytes.lock().expect("the bytes");
        let rest = bytes.get(offset as usize..).unwrap_or_default();
        Ok(rest.iter().take(most).copied().collect())
    }
}

const NOT_ENOUGH_SPACE: ErrorCode = ErrorCode(243);

/// Bytes a query may hold here.
const LIMIT: usize = 8 << 20;

fn run(sql: &str, limit: Option<usize>, room: u64) -> (Result<Vec<RecordBatch>, SqlError>, u64) {
    let written = Arc::new(AtomicU64::new(0));
    let mut options = QueryOptions::new(&EmptyCatalog);
    options.memory_limit = limit;
    options.scratch = Some(Arc::new(Memory { room, written: Arc::clone(&written) }));
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let answer = runtime.block_on(async {
        let mut execution = Engine::new().prepare(sql, &options)?.execute()?;
        execution.collect().await
    });
    (answer, written.load(Ordering::Relaxed))
}

fn whole(batches: &[RecordBatch]) -> Option<RecordBatch> {
    let schema = batches.first()?.schema();
    Some(arrow::compute::concat_batches(&schema, batches).expect("batches of one schema"))
}

#[test]
fn sorts_and_groups_go_to_scratch_files_and_answer_the_same() {
    for sql in [
        "SELECT number FROM numbers(800000) ORDER BY cityHash64(number)",
        "SELECT toString(number % 70001) AS s, number AS n FROM numbers(300000) ORDER BY s, n DESC",
        "SELECT sum(c), count(), max(k) FROM (SELECT number % 400000 AS k, count() AS c FROM numbers(1000000) GROUP BY k)",
        "SELECT count(), sum(length(k)), sum(u), max(m), sum(a), sum(q) FROM (SELECT toString(number % 100000) AS k, uniqExact(number % 7) AS u, max(number) AS m, argMax(number, number % 13) AS a, quantileExact(0.5)(number) AS q FROM numbers(400000) GROUP BY k)",
        "SELECT sum(length(g)), sum(s), min(x), sum(d) FROM (SELECT number % 50000 AS k, groupArray(number) AS g, sum(number / 2) AS s, any(toString(k)) AS x, avg(number) AS d FROM numbers(500000) GROUP BY k)",
        "SELECT count(), sum(v) FROM (SELECT number % 150000 AS k, number % 2 = 0 ? NULL : toString(number % 5) AS n, countIf(number % 3 = 0) AS v FROM numbers(400000) GROUP BY k, n)",
    ] {
        let (wanted, none) = run(sql, None, u64::MAX);
        assert_eq!(none, 0, "{sql}");
        let (answer, written) = run(sql, Some(LIMIT), u64::MAX);
        let (answer, wanted) = (answer.map(|rows| whole(&rows)), wanted.map(|rows| whole(&rows)));
        assert!(answer.is_ok(), "{sql}: {}", answer.map_or_else(|error| error.message, |_| String::new()));
        assert!(answer == wanted, "other rows: {sql}");
        assert!(written > 0, "nothing was put into scratch files: {sql}");
    }
}

#[test]
fn a_full_scratch_space_ends_the_query_alone() {
    let sql = "SELECT number FROM numbers(800000) ORDER BY cityHash64(number)";
    let (answer, _) = run(sql, Some(LIMIT), 1 << 20);
    assert_eq!(answer.map_err(|error| error.code).map(|_| ()), Err(NOT_ENOUGH_SPACE));
    assert!(run("SELECT 1", Some(LIMIT), 1 << 20).0.is_ok());
}
