//! The store: one folder of a disk, one writer.

use std::collections::HashSet;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures::lock::Mutex as AsyncMutex;

use crate::cache::{CacheFill, DecodedCache};
use crate::catalog::{Catalog, Table};
use crate::clock::Clock;
use crate::commit;
use crate::disk::{Disk, FileHandle};
use crate::engine::Engines;
use crate::error::StorageError;
use crate::files::Files;
use crate::log::{Log, recovery};
use crate::maintenance::Background;
use crate::part::{PartId, ScanContext, WriterOptions};
use crate::random::Random;
use crate::reserve;
use crate::scratch::Scratch;
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
    files: Arc<Files>,
    cache: Arc<DecodedCache>,
    state: Mutex<State>,
    background: AsyncMutex<Background>,
    /// One at a time turns buffered rows into parts.
    flushing: AsyncMutex<()>,
    reserve: FileHandle,
    scratch: Scratch,
    /// Damaged parts that the log has a note of.
    noted_damage: Mutex<HashSet<PartId>>,
}

/// What changes with each commit.
pub(crate) struct State {
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) sequence: u64,
    pub(crate) log: Log,
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
    /// The disk fails, its contents are damaged beyond repair, or were written by a newer version: then nothing
    /// was touched.
    pub async fn open(
        environment: Environment,
        settings: StoreSettings,
    ) -> Result<(Store, RecoveryReport), StorageError> {
        let files = Arc::new(Files::new(environment.disk.clone(), environment.random.clone(), &settings));
        let recovered = recovery::recover(&files, &settings).await?;
        let reserve = reserve::open(&*environment.disk, settings.reserve_bytes).await?;
        let scratch = Scratch::open(environment.disk.clone(), settings.scratch_bytes).await?;
        let recovery::Recovered { log, catalog, sequence, report, older_format } = recovered;
        files.resume_pack(&catalog);
        let parts = catalog.tables.values().flat_map(|table| &table.parts);
        let damaged = parts.filter(|part| part.is_damaged()).map(|part| part.id).collect();
        let store = Store {
            inner: Arc::new(Inner {
                cache: Arc::new(DecodedCache::new(settings.cache_bytes)),
                state: Mutex::new(State { catalog: Arc::new(catalog), sequence, log }),
                background: AsyncMutex::default(),
                flushing: AsyncMutex::new(()),
                environment,
                settings,
                files,
                reserve,
                scratch,
                noted_damage: Mutex::new(damaged),
            }),
        };
        if older_format {
            // What is written from now on, older builds cannot read: let them know.
            store.checkpoint()?;
        }
        store.drop_temporary_tables().await?;
        Ok((store, report))
    }

    async fn drop_temporary_tables(&self) -> Result<(), StorageError> {
        let mut transaction = self.begin();
        let catalog = self.state().catalog.clone();
        for (name, head) in catalog.heads.iter().filter(|(_, head)| !head.frozen) {
            for (table, id) in &head.tables {
                if catalog.table(*id)?.definition.temporary {
                    transaction.drop_table((name.as_str(), table.as_str()));
                }
            }
        }
        transaction.commit(Durability::Flushed).await.map(|_| ())
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

    /// Number of the last commit.
    pub fn last_commit(&self) -> u64 {
        self.state().sequence
    }

    /// Makes all commits survive a crash.
    ///
    /// # Errors
    /// The disk fails.
    pub fn flush(&self) -> Result<(), StorageError> {
        self.state().log.flush()
    }

    /// Makes all commits survive a crash and closes all files; nothing works afterwards. For a page that goes away.
    ///
    /// # Errors
    /// The disk fails; the files are closed all the same.
    pub fn close(&self) -> Result<(), StorageError> {
        let mut state = self.state();
        let flushed = state.log.flush();
        state.log.stop("it was closed");
        for handle in state.log.handles().chain([self.inner.reserve, self.inner.scratch.handle()]) {
            self.inner.environment.disk.close(handle);
        }
        self.inner.files.close_all();
        flushed
    }

    /// Room for what does not fit in memory while a query runs.
    pub fn scratch(&self) -> &Scratch {
        &self.inner.scratch
    }

    /// The settings it was opened with.
    pub fn settings(&self) -> &StoreSettings {
        &self.inner.settings
    }

    /// Bytes of decoded columns in memory.
    pub fn cached_bytes(&self) -> usize {
        self.inner.cache.bytes()
    }

    /// Files of parts that are open now.
    pub fn open_files(&self) -> usize {
        self.inner.files.open_count()
    }

    /// Lets go of all decoded columns in memory.
    pub fn clear_cache(&self) {
        self.inner.cache.clear();
    }

    pub(crate) fn environment(&self) -> &Environment {
        &self.inner.environment
    }

    pub(crate) fn files(&self) -> &Arc<Files> {
        &self.inner.files
    }

    pub(crate) fn background(&self) -> &AsyncMutex<Background> {
        &self.inner.background
    }

    pub(crate) fn flushing(&self) -> &AsyncMutex<()> {
        &self.inner.flushing
    }

    pub(crate) fn noted_damage(&self) -> MutexGuard<'_, HashSet<PartId>> {
        self.inner.noted_damage.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn reserve(&self) -> FileHandle {
        self.inner.reserve
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.inner.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn state_table(&self, id: crate::table::TableId) -> Option<Arc<Table>> {
        self.state().catalog.tables.get(&id).cloned()
    }

    pub(crate) async fn commit(
        &self,
        operations: Vec<Operation>,
        durability: Durability,
    ) -> Result<CommitOutcome, StorageError> {
        commit::commit(self, operations, durability).await
    }

    /// How new parts of a table are written.
    pub(crate) fn writer_options(&self, table: &Table) -> Result<WriterOptions, StorageError> {
        let engine = table.engine(&*self.environment().engines)?;
        let clock = self.environment().clock.clone();
        Ok(WriterOptions::new(table.definition.schema.clone(), engine, self.settings(), clock))
    }

    /// What reading these columns of a table takes.
    pub(crate) fn scan_context(
        &self,
        table: &Table,
        columns: Arc<[usize]>,
        cache_fill: CacheFill,
    ) -> Result<ScanContext, StorageError> {
        let table_schema = table.definition.schema.clone();
        Ok(ScanContext {
            schema: Arc::new(table_schema.project(&columns)?),
            columns,
            table_schema,
            cache: self.inner.cache.clone(),
            cache_fill,
            counters: Arc::default(),
            narrowing: None,
            row_tests: Arc::default(),
        })
    }

    /// Adds to a full disk's error how full it is.
    pub(crate) async fn explain(&self, error: StorageError) -> StorageError {
        if !error.is_disk_full() {
            return error;
        }
        let space = self.environment().disk.space().await;
        let needed = match error {
            StorageError::DiskFull { needed, .. } => needed,
            _ => 0,
        };
        StorageError::DiskFull {
            needed,
            used: space.map(|space| space.used),
            quota: space.map(|space| space.quota),
        }
    }
}
