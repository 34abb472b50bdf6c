//! Time as an argument.

use std::fmt;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};

/// Wall-clock time, and letting it pass.
pub trait Clock: Send + Sync + fmt::Debug {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    fn now_millis(&self) -> u64;

    /// Ends once other work had its turn. Long work (writing and merging parts) awaits it every [`TURN_MILLIS`]. The
    /// default does not wait; where one thread does everything it should go through the event loop.
    fn pause(&self) -> Pin<Box<dyn Future<Output = ()>>> {
        Box::pin(std::future::ready(()))
    }
}

/// Milliseconds that long work goes on before it awaits [`Clock::pause`].
pub const TURN_MILLIS: u64 = 8;

/// A clock that moves when told to.
#[derive(Debug, Default)]
pub struct ManualClock(AtomicU64);

impl ManualClock {
    /// A clock that stands at this time.
    pub fn new(millis: u64) -> Self {
        ManualClock(AtomicU64::new(millis))
    }

    /// Moves the clock forward.
    pub fn advance(&self, millis: u64) {
        self.0.fetch_add(millis, Ordering::Relaxed);
    }
}

impl Clock for ManualClock {
    fn now_millis(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}
