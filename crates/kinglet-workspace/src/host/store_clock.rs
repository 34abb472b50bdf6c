//! The host's clock and randomness as the store wants them.

use super::{Clock, Random};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

thread_local! {
    /// Clocks of this thread's instances. The store shares its clock between threads
    /// where there are threads; ours stay here, and the store gets an index.
    static CLOCKS: RefCell<Vec<Rc<dyn Clock>>> = const { RefCell::new(Vec::new()) };
}

#[derive(Debug)]
struct StoreClock {
    index: usize,
}

impl kinglet_storage::Clock for StoreClock {
    fn now_millis(&self) -> u64 {
        let micros = CLOCKS.with_borrow(|clocks| clocks.get(self.index).map(|clock| clock.now_micros()));
        u64::try_from(micros.unwrap_or_default() / 1000).unwrap_or_default()
    }
}

/// `clock` for a store that is used on this thread.
pub(crate) fn store_clock(clock: Rc<dyn Clock>) -> Arc<dyn kinglet_storage::Clock> {
    let index = CLOCKS.with_borrow_mut(|clocks| {
        clocks.push(clock);
        clocks.len() - 1
    });
    Arc::new(StoreClock { index })
}

/// Random numbers for names of files, begun by the host's randomness.
pub(crate) fn store_random(random: &dyn Random) -> Arc<dyn kinglet_storage::Random> {
    let mut seed = [0u8; 8];
    random.fill(&mut seed);
    Arc::new(kinglet_storage::SeededRandom::new(u64::from_le_bytes(seed)))
}
