//! Decoded columns, kept while there is memory: a scan of a hot table reads and decodes nothing.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use arrow::array::{Array, ArrayRef};

use crate::part::PartId;

/// Arrays per part, column and granule; those used longest ago go first.
#[derive(Debug)]
pub(crate) struct DecodedCache {
    budget: usize,
    entries: Mutex<Entries>,
}

/// What a scan may put into the cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CacheFill {
    /// Nothing: its rows are read once.
    Nothing,
    /// What there is room for: it reads more than the cache holds, and would only drive out its own.
    Room,
    /// All.
    All,
}

type Key = (PartId, u32, u32);

#[derive(Debug, Default)]
struct Entries {
    arrays: HashMap<Key, Entry>,
    by_use: BTreeMap<u64, Key>,
    tick: u64,
    bytes: usize,
}

#[derive(Debug)]
struct Entry {
    array: ArrayRef,
    bytes: usize,
    used: u64,
}

impl DecodedCache {
    pub(crate) fn new(budget: usize) -> Self {
        DecodedCache { budget, entries: Mutex::default() }
    }

    fn entries(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn get(&self, part: PartId, column: usize, granule: usize) -> Option<ArrayRef> {
        let entries = &mut *self.entries();
        let entry = entries.arrays.get_mut(&(part, column as u32, granule as u32))?;
        entries.tick += 1;
        if let Some(key) = entries.by_use.remove(&entry.used) {
            entries.by_use.insert(entries.tick, key);
        }
        entry.used = entries.tick;
        Some(entry.array.clone())
    }

    pub(crate) fn contains(&self, part: PartId, column: usize, granule: usize) -> bool {
        self.entries().arrays.contains_key(&(part, column as u32, granule as u32))
    }

    pub(crate) fn insert(
        &self,
        part: PartId,
        column: usize,
        granule: usize,
        array: &ArrayRef,
        fill: CacheFill,
    ) {
        let bytes = array.get_array_memory_size();
        if bytes > self.budget / 4 || fill == CacheFill::Nothing {
            return;
        }
        let entries = &mut *self.entries();
        if fill == CacheFill::Room && entries.bytes + bytes > self.budget {
            return;
        }
        entries.tick += 1;
        let key = (part, column as u32, granule as u32);
        let entry = Entry { array: array.clone(), bytes, used: entries.tick };
        entries.by_use.insert(entries.tick, key);
        entries.bytes += bytes;
        if let Some(old) = entries.arrays.insert(key, entry) {
            entries.by_use.remove(&old.used);
            entries.bytes -= old.bytes;
        }
        while entries.bytes > self.budget
            && let Some((_, key)) = entries.by_use.pop_first()
        {
            if let Some(old) = entries.arrays.remove(&key) {
                entries.bytes -= old.bytes;
            }
        }
    }

    /// Bytes held now.
    pub(crate) fn bytes(&self) -> usize {
        self.entries().bytes
    }

    /// Lets go of everything.
    pub(crate) fn clear(&self) {
        *self.entries() = Entries::default();
    }
}
