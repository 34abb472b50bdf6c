//! A gate that inserts pass, and that is shut while tables are exchanged.

use futures::lock::{Mutex, MutexGuard};
use std::cell::Cell;
use std::rc::Rc;
use std::task::Poll;

/// Lets many in at a time, or nobody.
#[derive(Default)]
pub(crate) struct Gate {
    door: Mutex<()>,
    inside: Rc<Cell<usize>>,
}

/// One who is inside; leaves when dropped.
pub(crate) struct Inside {
    inside: Rc<Cell<usize>>,
}

impl Drop for Inside {
    fn drop(&mut self) {
        self.inside.set(self.inside.get().saturating_sub(1));
    }
}

impl Gate {
    /// Goes in, once the gate is open.
    pub(crate) async fn enter(&self) -> Inside {
        let _open = self.door.lock().await;
        self.inside.set(self.inside.get() + 1);
        Inside { inside: self.inside.clone() }
    }

    /// Shuts the gate and waits until nobody is inside; it opens when the guard is dropped.
    /// Whoever is inside must not call this.
    pub(crate) async fn shut(&self) -> MutexGuard<'_, ()> {
        let shut = self.door.lock().await;
        futures::future::poll_fn(|context| {
            if self.inside.get() == 0 {
                return Poll::Ready(());
            }
            context.waker().wake_by_ref();
            Poll::Pending
        })
        .await;
        shut
    }
}
