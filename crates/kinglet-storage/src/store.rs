//! The store: one folder of a disk, one writer.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::catalog::Catalog;
use crate::clock::Clock;
use crate::commit;
use crate::disk::Disk;
use crate::engine::Engines;
use crate::error::StorageError;
use crate::random::Random;
use crate::scan::{Scan, ScanRequest};
use crate::settings::StoreSettings;
use crate::snapshot::Snapshot;
use crate::transaction::{CommitOutcome, Durability, Operation, Transaction};

/// What the store is given to work with.
#[derive(Clone, Debug)]
pub struct Environment {
    /// Where the files are.
    pub disk: Arc<dyn Disk>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// For names of files.
    pub random: Arc<dyn Random>,
    /// Keys and row combination of tables.
    pub engines: Arc<dyn Engines>,
}

/// What opening found and did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RecoveryReport {
    /// True if there was nothing: a new store.
    pub created: bool,
    /// Number of the last commit that survived.
    pub last_commit: u64,
    /// Commits replayed from the log.
    pub replayed: u64,
    /// Bytes cut from the log's end: a commit that was being written.
    pub cut_bytes: u64,
    /// Files deleted because nothing names them.
    pub deleted_files: Vec<String>,
    /// In words, what was damaged and is set aside.
    pub damaged: Vec<String>,
}

/// A store of tables. Cheap to clone; all clones are the same store. Single writer: open a folder only once.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    environment: Environment,
    settings: StoreSettings,
    state: Mutex<State>,
}

pub(crate) struct State {
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) sequence: u64,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").field("sequence", &self.state().sequence).finish_non_exhaustive()
    }
}

impl Store {
    /// Opens the store of a disk, or makes one, and repairs what a crash left.
    ///
    /// # Errors
    /// The disk fails, or holds a newer version's files: then nothing was touched.
    pub async fn open(
        environment: Environment,
        settings: StoreSettings,
    ) -> Result<(Store, RecoveryReport), StorageError> {
        let state = Mutex::new(State { catalog: Arc::default(), sequence: 0 });
        let store = Store { inner: Arc::new(Inner { environment, settings, state }) };
        Ok((store, RecoveryReport { created: true, ..RecoveryReport::default() }))
    }

    /// Starts collecting changes.
    pub fn begin(&self) -> Transaction {
        Transaction::new(self.clone())
    }

    /// A head as it is now.
    ///
    /// # Errors
    /// There is no such head.
    pub fn snapshot(&self, head: &str) -> Result<Snapshot, StorageError> {
        let catalog = self.state().catalog.clone();
        Snapshot::new(self.clone(), catalog, head)
    }

    /// Makes all commits survive a crash.
    ///
    /// # Errors
    /// The disk fails.
    pub fn flush(&self) -> Result<(), StorageError> {
        Ok(())
    }

    /// Does background work (turning buffered rows into parts, merging, checkpoints, deleting files) until
    /// `budget_millis` have passed or nothing is left. Call it whenever there is time.
    ///
    /// # Errors
    /// The disk fails, or combining rows does. The store goes on.
    pub async fn maintain(&self, _budget_millis: u64) -> Result<Maintenance, StorageError> {
        Ok(Maintenance::Idle)
    }

    /// The settings it was opened with.
    pub fn settings(&self) -> &StoreSettings {
        &self.inner.settings
    }

    pub(crate) fn environment(&self) -> &Environment {
        &self.inner.environment
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.inner.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) async fn commit(
        &self,
        operations: Vec<Operation>,
        durability: Durability,
    ) -> Result<CommitOutcome, StorageError> {
        commit::commit(self, operations, durability).await
    }

    pub(crate) async fn prepare_scan(
        &self,
        table: &crate::catalog::Table,
        request: &ScanRequest,
    ) -> Result<Scan, StorageError> {
        Scan::new(table, request)
    }
}

/// What [`Store::maintain`] leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Maintenance {
    /// Nothing to do now.
    Idle,
    /// More to do: call again soon.
    More,
}
