//! Background work of the store, done while nobody waits.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use kinglet_api::Instance;

use crate::{slices, timer};

/// How long the store rests when there was nothing to do, and how long one piece of work may take.
const REST: Duration = Duration::from_millis(500);
const PIECE_MS: u64 = 8;

/// How often schedules are looked at.
const SCHEDULES: Duration = Duration::from_secs(5);

/// Do the store's background work, and run what is scheduled, for as long as the worker lives. The flag is true while
/// something scheduled runs.
pub(crate) fn start(instance: Instance) -> Rc<Cell<bool>> {
    let scheduled = instance.clone();
    let running = Rc::new(Cell::new(false));
    let flag = running.clone();
    slices::spawn(async move {
        loop {
            flag.set(true);
            // What fails is told in jobs and logs; a disk that fails, by requests too.
            drop(scheduled.run_schedules().await);
            flag.set(false);
            timer::sleep(SCHEDULES).await;
        }
    })
    .detach();
    slices::spawn(async move {
        loop {
            // A disk that fails here fails for requests too, which can say so.
            let more = instance.maintain(PIECE_MS).await.unwrap_or(false);
            if more { slices::pause().await } else { timer::sleep(REST).await }
        }
    })
    .detach();
    running
}
