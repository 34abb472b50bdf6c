//! Limits of a query: memory, cancelling, and giving the thread back.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};

use kinglet_sql::{EmptyCatalog, Engine, QueryOptions};
use kinglet_types::{ErrorCode, SqlError};

fn run(sql: &str, options: &QueryOptions<'_>) -> Result<usize, SqlError> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let mut execution = Engine::new().prepare(sql, options)?.execute()?;
        Ok(execution.collect().await?.iter().map(arrow::array::RecordBatch::num_rows).sum())
    })
}

#[test]
fn a_query_past_its_memory_limit_fails_with_241() {
    let mut options = QueryOptions::new(&EmptyCatalog);
    options.memory_limit = Some(1 << 20);
    let sql = "SELECT number, count() AS c FROM numbers(1000000) GROUP BY number ORDER BY c, number";
    assert_eq!(run(sql, &options).map_err(|error| error.code), Err(ErrorCode::MEMORY_LIMIT_EXCEEDED));
    assert_eq!(run("SELECT count() FROM numbers(100000)", &options), Ok(1));
}

#[test]
fn a_checkpoint_ends_a_query_in_the_middle() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let mut options = QueryOptions::new(&EmptyCatalog);
    options.checkpoint = Some(Arc::new(move || {
        if counter.fetch_add(1, Ordering::Relaxed) < 5 {
            return Ok(());
        }
        Err(SqlError::new(ErrorCode::TIMEOUT_EXCEEDED, "Too late"))
    }));
    let answer = run("SELECT sum(number) FROM numbers(1000000000000)", &options);
    assert_eq!(answer.map_err(|error| error.code), Err(ErrorCode::TIMEOUT_EXCEEDED));
    assert_eq!(asked.load(Ordering::Relaxed), 6);
}

#[test]
fn one_poll_is_about_one_batch() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let _inside = runtime.enter();
    let options = QueryOptions::new(&EmptyCatalog);
    let prepared =
        Engine::new().prepare("SELECT sum(number) FROM numbers(100000)", &options).expect("a query");
    let mut execution = prepared.execute().expect("an execution");
    let mut polls = 0;
    let mut next = pin!(execution.next());
    let mut context = Context::from_waker(Waker::noop());
    loop {
        polls += 1;
        if let Poll::Ready(batch) = next.as_mut().poll(&mut context) {
            assert!(batch.expect("an answer").is_some());
            break;
        }
    }
    assert!(polls > 100_000 / 8_192, "{polls} polls for {} batches", 100_000 / 8_192);
}
