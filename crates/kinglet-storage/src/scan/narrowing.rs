//! Conditions that come up while a scan runs, such as the least of the ten best rows so far.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use arrow::datatypes::SchemaRef;

use super::{ColumnFilter, ScanRequest};
use crate::prune::Pruning;

/// Lets the reader of a [`Scan`](super::Scan) leave out granules that it has learnt it does not need.
#[derive(Debug)]
pub struct Narrowing {
    schema: SchemaRef,
    key_columns: Vec<Option<usize>>,
    keys_only: bool,
    pruning: Mutex<Option<Arc<Pruning>>>,
    version: AtomicU64,
}

impl Narrowing {
    pub(crate) fn new(schema: SchemaRef, key_columns: Vec<Option<usize>>, keys_only: bool) -> Self {
        Narrowing { schema, key_columns, keys_only, pruning: Mutex::default(), version: AtomicU64::new(0) }
    }

    /// Wanted rows now meet these conditions too, which take the place of those set before. As with the request's,
    /// rows that do not meet them may still come.
    pub fn set(&self, filters: Vec<ColumnFilter>) {
        let request = ScanRequest { filters, ..ScanRequest::default() };
        let pruning = Pruning::new(&request, &self.schema, &self.key_columns, self.keys_only);
        *self.pruning.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(pruning));
        self.version.fetch_add(1, Ordering::Release);
    }

    /// The conditions, if they have changed since `seen`.
    pub(crate) fn changed(&self, seen: &mut u64) -> Option<Arc<Pruning>> {
        let version = self.version.load(Ordering::Acquire);
        if version == *seen {
            return None;
        }
        *seen = version;
        self.pruning.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
