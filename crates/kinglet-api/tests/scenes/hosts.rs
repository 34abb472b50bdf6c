//! Deterministic hosts: a clock that ticks per reading, counted randomness.

use async_trait::async_trait;
use bytes::Bytes;
use futures::StreamExt;
use kinglet_workspace::{Clock, Fetched, Http, Outgoing, Random, Result};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::Future;
use std::rc::Rc;

/// 2024-05-01 10:00:00 UTC in microseconds.
const START_MICROS: i64 = 1_714_557_600_000_000;

thread_local! {
    static SKIPPED: Cell<i64> = const { Cell::new(0) };
}

/// Lets the clocks of this scene go on by so many minutes.
pub(crate) fn skip_minutes(minutes: i64) {
    SKIPPED.set(SKIPPED.get() + minutes * 60_000_000);
}

/// A clock that advances by one millisecond each time it is read.
pub(crate) struct TickingClock {
    readings: Cell<i64>,
}

impl TickingClock {
    pub(crate) fn new() -> Self {
        TickingClock { readings: Cell::new(0) }
    }

    fn tick(&self) -> i64 {
        self.readings.set(self.readings.get() + 1);
        self.readings.get()
    }
}

impl Clock for TickingClock {
    fn now_micros(&self) -> i64 {
        START_MICROS + SKIPPED.get() + self.tick() * 1000
    }

    fn steady_nanos(&self) -> u64 {
        self.tick().unsigned_abs() * 1_000_000
    }
}

/// A sequence that is the same in every run (xorshift64).
pub(crate) struct SeededRandom {
    state: Cell<u64>,
}

impl SeededRandom {
    pub(crate) fn new(seed: u64) -> Self {
        SeededRandom { state: Cell::new(seed.max(1)) }
    }

    fn next(&self) -> u64 {
        let mut state = self.state.get();
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        self.state.set(state);
        state
    }
}

impl Random for SeededRandom {
    fn fill(&self, into: &mut [u8]) {
        for byte in into {
            *byte = self.next().to_le_bytes()[3];
        }
    }
}

/// Runs `future` to its end inside a runtime, which queries need to be polled in.
pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(future)
}

/// A network of a few texts by address.
pub(crate) struct Site {
    pages: Vec<(String, String)>,
}

impl Site {
    pub(crate) fn new(pages: &[(&str, &str)]) -> Site {
        let pages = pages.iter().map(|(url, text)| ((*url).to_owned(), (*text).to_owned()));
        Site { pages: pages.collect() }
    }
}

#[async_trait(?Send)]
impl Http for Site {
    async fn get(&self, url: &str) -> Result<Fetched> {
        let found = self.pages.iter().find(|(known, _)| known == url);
        let (status, text) = found.map_or((404, String::new()), |(_, text)| (200, text.clone()));
        let body = futures::stream::iter([Ok(Bytes::from(text))]).boxed_local();
        Ok(Fetched { status, encoding: None, body })
    }
}

/// A server that keeps the files it is sent, and fails the first times.
#[derive(Clone, Default)]
pub(crate) struct Bucket {
    pub(crate) files: Rc<RefCell<BTreeMap<String, Bytes>>>,
    pub(crate) requests: Rc<RefCell<Vec<Outgoing>>>,
    pub(crate) failures: Rc<Cell<u32>>,
}

#[async_trait(?Send)]
impl Http for Bucket {
    async fn get(&self, url: &str) -> Result<Fetched> {
        Site::new(&[]).get(url).await
    }

    async fn send(&self, request: Outgoing) -> Result<Fetched> {
        self.requests.borrow_mut().push(request.clone());
        let status = if self.failures.get() > 0 {
            self.failures.set(self.failures.get() - 1);
            503
        } else if request.method == "HEAD" {
            if self.files.borrow().contains_key(&request.url) { 200 } else { 404 }
        } else {
            self.files.borrow_mut().insert(request.url, request.body);
            200
        };
        Ok(Fetched { status, encoding: None, body: futures::stream::empty().boxed_local() })
    }
}
