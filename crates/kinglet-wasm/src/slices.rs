//! Tasks run in slices of at most [`SLICE_MS`], between which the worker returns to its event loop.
//!
//! Between two slices the worker takes messages: other requests, cancels, chunks of bodies. A message to oneself brings
//! the next slice; timers would be throttled. Each poll runs inside a tokio runtime, which operators look for, and with
//! its cooperative budget, which makes DataFusion's streams yield. The budget counts batches, not time, so it is fitted
//! to the time that polls were seen to take.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::task::Poll;

use async_task::{Runnable, Task};
use tokio::runtime::{Builder, Runtime};
use tokio::task::{consume_budget, coop::has_budget_remaining, yield_now};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;
use web_sys::{MessageChannel, MessagePort};

use crate::clock::BrowserClock;

/// Length of a slice, in milliseconds.
const SLICE_MS: f64 = 10.0;

/// What tokio grants one poll; a smaller budget is made by spending some of it first.
const FULL_BUDGET: u32 = 128;

thread_local! {
    static SLICES: RefCell<Option<Slices>> = const { RefCell::new(None) };
    static READY: RefCell<VecDeque<Runnable>> = const { RefCell::new(VecDeque::new()) };
    /// Whether a message to ourselves is under way.
    static CALLED: Cell<bool> = const { Cell::new(false) };
    static BUDGET: Cell<u32> = const { Cell::new(FULL_BUDGET) };
}

struct Slices {
    runtime: std::rc::Rc<Runtime>,
    clock: std::rc::Rc<BrowserClock>,
    call: MessagePort,
    _on_call: Closure<dyn FnMut()>,
}

/// Make this thread able to run tasks. Call it once, before [`spawn`].
///
/// # Errors
/// Where the worker lacks what slices need.
pub(crate) fn start() -> Result<(), JsValue> {
    let runtime =
        Builder::new_current_thread().build().map_err(|error| JsValue::from_str(&error.to_string()))?;
    let channel = MessageChannel::new()?;
    let on_call = Closure::new(run_slice);
    channel.port1().set_onmessage(Some(wasm_bindgen::JsCast::unchecked_ref(on_call.as_ref())));
    let slices = Slices {
        runtime: runtime.into(),
        clock: BrowserClock::new()?.into(),
        call: channel.port2(),
        _on_call: on_call,
    };
    SLICES.set(Some(slices));
    Ok(())
}

/// Run `future` in slices. Dropping the task drops the future; use `detach` to let it go on.
pub(crate) fn spawn<T: 'static>(future: impl Future<Output = T> + 'static) -> Task<T> {
    let (runnable, task) = async_task::spawn_local(future, |runnable| {
        READY.with_borrow_mut(|ready| ready.push_back(runnable));
        call();
    });
    runnable.schedule();
    task
}

/// Let the other tasks run before going on.
pub(crate) async fn pause() {
    let mut paused = false;
    std::future::poll_fn(|context| {
        if std::mem::replace(&mut paused, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// Ask for a slice, unless one is coming.
fn call() {
    if CALLED.replace(true) {
        return;
    }
    SLICES.with_borrow(|slices| {
        if let Some(slices) = slices {
            // A port accepts messages for as long as the worker lives.
            drop(slices.call.post_message(&JsValue::NULL));
        }
    });
}

fn run_slice() {
    CALLED.set(false);
    let Some((runtime, clock)) = SLICES
        .with_borrow(|slices| slices.as_ref().map(|slices| (slices.runtime.clone(), slices.clock.clone())))
    else {
        return;
    };
    let end = clock.milliseconds() + SLICE_MS;
    let mut now = clock.milliseconds();
    while now < end {
        let Some(runnable) = READY.with_borrow_mut(VecDeque::pop_front) else { break };
        poll(&runtime, runnable);
        let after = clock.milliseconds();
        fit_budget(after - now);
        now = after;
    }
    let background = runtime.metrics().num_alive_tasks() > 0;
    if background {
        runtime.block_on(yield_now());
    }
    if background || READY.with_borrow(|ready| !ready.is_empty()) {
        call();
    }
}

/// Poll one task once. Who finds the budget spent leaves its waker with the runtime, which wakes it when `block_on`
/// itself has waited.
fn poll(runtime: &Runtime, runnable: Runnable) {
    let spent = FULL_BUDGET - BUDGET.get();
    runtime.block_on(async {
        for _ in 0..spent {
            consume_budget().await;
        }
        runnable.run();
        if !has_budget_remaining() {
            yield_now().await;
        }
    });
}

/// Halve the budget after a poll that was too long, double it after a short one.
fn fit_budget(milliseconds: f64) {
    let budget = BUDGET.get();
    if milliseconds > SLICE_MS {
        BUDGET.set((budget / 2).max(1));
    } else if milliseconds < SLICE_MS / 4.0 {
        BUDGET.set((budget * 2).min(FULL_BUDGET));
    }
}
