//! What the tests share: running futures, a scratch folder, an environment that repeats.
#![allow(dead_code, unreachable_pub, reason = "each test binary uses its own share")]

use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use kinglet_storage::disk::Disk;
use kinglet_storage::{Environment, ManualClock, PlainEngines, SeededRandom};

/// Runs a future that never waits for anything outside.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..1_000_000 {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
    panic!("the future waits for ever");
}

/// Runs two futures at once, in turns drawn from `random`.
pub fn join<A: Future, B: Future>(random: &SeededRandom, a: A, b: B) -> (A::Output, B::Output) {
    let (mut a, mut b) = (pin!(a), pin!(b));
    let (mut first, mut second) = (None, None);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..1_000_000 {
        if first.is_none() && (second.is_some() || random.below(2) == 0) {
            if let Poll::Ready(output) = a.as_mut().poll(&mut context) {
                first = Some(output);
            }
        } else if second.is_none()
            && let Poll::Ready(output) = b.as_mut().poll(&mut context)
        {
            second = Some(output);
        }
        if let (Some(_), Some(_)) = (&first, &second) {
            break;
        }
    }
    (first.expect("the first future waits for ever"), second.expect("the second future waits for ever"))
}

/// A folder of this process's own under the build's temporary folder.
pub fn scratch_folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()))
}

/// The environment of a store on this disk.
pub fn environment(disk: Arc<dyn Disk>) -> Environment {
    Environment {
        disk,
        clock: Arc::new(ManualClock::new(1_700_000_000_000)),
        random: Arc::new(SeededRandom::new(1)),
        engines: Arc::new(PlainEngines),
    }
}
