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

/// Each fails or answers at once, and the next query is answered as if nothing had been.
fn ends_with(sql: &str, options: &QueryOptions<'_>, wanted: Result<usize, ErrorCode>) {
    let shown: String = sql.chars().take(80).collect();
    assert_eq!(run(sql, options).map_err(|error| error.code), wanted, "{shown}");
    assert_eq!(run("SELECT 1", options), Ok(1), "after {shown}");
}

#[test]
fn long_and_deep_conditions_are_answered() {
    let options = QueryOptions::new(&EmptyCatalog);
    let list = |operator: &str, count: usize| {
        let parts: Vec<String> = (0..count).map(|n| format!("number = {n}")).collect();
        parts.join(operator)
    };
    let many = format!("SELECT count() FROM numbers(10) WHERE {}", list(" OR ", 5_000));
    ends_with(&many, &options, Ok(1));
    let all = format!("SELECT number FROM numbers(10) WHERE {}", list(" AND ", 5_000));
    ends_with(&all, &options, Ok(0));
    let sets =
        format!("SELECT number FROM numbers(10) WHERE ({}) AND ({})", list(" OR ", 200), list(" OR ", 300));
    ends_with(&sets, &options, Ok(10));
    let deep = format!("SELECT {}1{}", "(".repeat(1_000), ")".repeat(1_000));
    let answer = run(&deep, &options).map_err(|error| error.code);
    assert!(matches!(answer, Ok(1) | Err(ErrorCode::TOO_DEEP_RECURSION)), "{answer:?}");
    assert_eq!(run("SELECT 1", &options), Ok(1));
}

#[test]
fn every_operator_that_holds_rows_is_counted() {
    let mut options = QueryOptions::new(&EmptyCatalog);
    options.memory_limit = Some(4 << 20);
    for sql in [
        "SELECT DISTINCT number FROM numbers(1000000)",
        "SELECT number FROM numbers(1000000) LIMIT 1 BY number",
        "SELECT sum(number) OVER (ORDER BY number) FROM numbers(1000000)",
        "SELECT number FROM numbers(1000000) ORDER BY number % 10 LIMIT 5 WITH TIES",
        "SELECT number FROM numbers(1000000) ORDER BY number LIMIT -5",
        "SELECT number * 10 AS n FROM numbers(100000) ORDER BY n WITH FILL",
        "SELECT count() FROM numbers(10) WHERE number IN (SELECT number FROM numbers(1000000))",
        "SELECT count() FROM numbers(10) WHERE toString(number) IN (SELECT toString(number) FROM numbers(1000000))",
        "SELECT number FROM numbers(10) EXCEPT ALL SELECT number FROM numbers(1000000)",
        "SELECT count() FROM numbers(1000000) AS a JOIN numbers(1000000) AS b ON a.number = b.number",
        "SELECT count() FROM numbers(1000000) AS a ASOF JOIN numbers(1000000) AS b ON a.number % 2 = b.number % 2 AND a.number >= b.number",
        "SELECT number FROM numbers(1000000) ORDER BY number % 1000, number",
        "SELECT groupArray(number) FROM numbers(1000000)",
        "SELECT uniqExact(number) FROM numbers(1000000)",
        "SELECT k, (SELECT count() FROM numbers(1000000) AS b WHERE b.number = a.k) FROM (SELECT number AS k FROM numbers(1000000)) AS a",
    ] {
        ends_with(sql, &options, Err(ErrorCode::MEMORY_LIMIT_EXCEEDED));
    }
}

#[test]
fn what_runs_away_can_be_stopped() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let mut options = QueryOptions::new(&EmptyCatalog);
    options.checkpoint = Some(Arc::new(move || {
        if counter.fetch_add(1, Ordering::Relaxed) < 20 {
            return Ok(());
        }
        counter.store(0, Ordering::Relaxed);
        Err(SqlError::new(ErrorCode::QUERY_WAS_CANCELLED, "Cancelled"))
    }));
    for sql in [
        "SELECT count() FROM numbers(1000000000000)",
        "SELECT max(number) FROM numbers(1000000000000) WHERE number % 7 = 3",
        "SELECT number % 3 AS k, count() FROM numbers(1000000000000) GROUP BY k",
        "SELECT count() FROM numbers(1000000000000) AS a, numbers(10) AS b",
        "SELECT number FROM numbers(1000000000000) WHERE number = 1000000000000",
        "SELECT number FROM numbers(1000000000000) ORDER BY number DESC LIMIT 3",
    ] {
        asked.store(0, Ordering::Relaxed);
        ends_with(sql, &options, Err(ErrorCode::QUERY_WAS_CANCELLED));
    }
}
