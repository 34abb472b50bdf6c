//! What the store does when there is time: rows to parts, merges, checkpoints, deleting files.

use std::collections::HashSet;
use std::sync::Arc;

use crate::catalog::{Catalog, Table};
use crate::change::Change;
use crate::commit::{apply_changes, write_parts};
use crate::error::StorageError;
use crate::files::Unflushed;
use crate::log::catalog::encode_state;
use crate::merge::task::{MergeTask, all_parts, choose_expired, choose_parts, has_expired};
use crate::part::PartId;
use crate::store::Store;
use crate::table::{TableId, TablePath};

/// What [`Store::maintain`] leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Maintenance {
    /// Nothing to do now.
    Idle,
    /// More to do: call again soon.
    More,
}

/// Background work under way.
#[derive(Default)]
pub(crate) struct Background {
    merge: Option<MergeTask>,
    /// Parts whose merge has failed: not tried again before the store is opened anew.
    failed: HashSet<PartId>,
    /// No merges and deletions before this time, in milliseconds since 1970: the last one failed.
    rest_until: u64,
}

/// Milliseconds without merges and deletions after one has failed, as all do on a full disk.
const REST_MILLIS: u64 = 10_000;

impl Background {
    /// After a failure, rests; and remembers the parts of a merge that failed for a reason that lasts.
    fn outcome(
        &mut self,
        done: Result<(), StorageError>,
        parts: Vec<PartId>,
        now: u64,
    ) -> Result<bool, StorageError> {
        let Err(error) = done else { return Ok(true) };
        self.rest_until = now.saturating_add(REST_MILLIS);
        let passes =
            matches!(error, StorageError::Disk(_) | StorageError::DiskFull { .. } | StorageError::Stopped(_));
        if !passes {
            self.failed.extend(parts);
        }
        Err(error)
    }
}

impl Store {
    /// Does background work (turning buffered rows into parts, merging, checkpoints, deleting files) until
    /// `budget_millis` have passed or nothing is left. Call it whenever there is time; a merge goes on where it was.
    ///
    /// # Errors
    /// The disk fails, or combining rows does. The store goes on; merges rest for ten seconds.
    pub async fn maintain(&self, budget_millis: u64) -> Result<Maintenance, StorageError> {
        let clock = self.environment().clock.clone();
        let deadline = clock.now_millis().saturating_add(budget_millis);
        let mut background = self.background().lock().await;
        while self.step(&mut background).await? {
            if clock.now_millis() >= deadline {
                return Ok(Maintenance::More);
            }
        }
        Ok(Maintenance::Idle)
    }

    /// Merges the parts of a table into one per partition, after turning buffered rows into a part.
    ///
    /// # Errors
    /// There is no such table, the disk fails or combining rows does.
    pub async fn optimize(&self, path: impl Into<TablePath>) -> Result<(), StorageError> {
        let _background = self.background().lock().await;
        let id = self.state().catalog.find(&path.into())?;
        self.flush_table(id).await?;
        let Some(table) = self.state_table(id) else { return Ok(()) };
        let engine = table.engine(&*self.environment().engines)?;
        let now = self.environment().clock.now_millis();
        for parts in all_parts(&table) {
            let merged_before = parts.iter().all(|part| part.level > 0);
            let mut expired = false;
            if let (Some(expiry), [part]) = (&engine.expiry, parts.as_slice()) {
                expired = has_expired(&table, part, &**expiry, now)?;
            }
            if parts.len() > 1 || expired || (engine.combine.is_some() && !merged_before) {
                let mut merge = MergeTask::start(self, id, &table, &parts).await?;
                while merge.step().await? {}
                merge.finish(self).await?;
            }
        }
        self.collect_garbage().await
    }

    /// Turns the buffered rows of a table into parts.
    pub(crate) async fn flush_table(&self, id: TableId) -> Result<(), StorageError> {
        let _one_at_a_time = self.flushing().lock().await;
        let Some(table) = self.state_table(id).filter(|table| table.buffer.rows() > 0) else { return Ok(()) };
        let rows = table.buffer.rows();
        let all = table.buffer.all(&table.definition.schema)?;
        let mut unflushed = Unflushed::default();
        let parts = write_parts(self, &table, &all, &mut unflushed).await?;
        unflushed.flush()?;
        // Cleared meanwhile: the rows are gone, and so are the parts.
        if self.state_table(id).is_some_and(|now| now.version == table.version) {
            apply_changes(self, vec![Change::FlushBuffer { table: id, rows, parts }])?;
        }
        Ok(())
    }

    /// Turns all buffered rows into parts, whatever their number and age.
    ///
    /// # Errors
    /// The disk fails.
    pub async fn flush_rows(&self) -> Result<(), StorageError> {
        let tables: Vec<TableId> = self.state().catalog.tables.keys().copied().collect();
        for id in tables {
            self.flush_table(id).await?;
        }
        Ok(())
    }

    /// Writes the whole state as a checkpoint and starts the log anew.
    ///
    /// # Errors
    /// The disk fails.
    pub fn checkpoint(&self) -> Result<(), StorageError> {
        let state = &mut *self.state();
        let bytes = encode_state(&state.catalog, state.sequence)?;
        state.log.checkpoint(&bytes, state.sequence)
    }

    /// Deletes the files that no head and no reader holds.
    ///
    /// # Errors
    /// The disk fails.
    pub async fn collect_garbage(&self) -> Result<(), StorageError> {
        let garbage = self.files().take_garbage();
        if !garbage.is_empty() {
            // What dropped the files must be certain before they go. Files dropped meanwhile wait for the next time.
            if let Err(error) = self.flush() {
                self.files().return_garbage(garbage);
                return Err(error);
            }
            self.files().delete_garbage(garbage).await?;
        }
        Ok(())
    }

    /// Does one thing; false if there is nothing to do.
    async fn step(&self, background: &mut Background) -> Result<bool, StorageError> {
        let now = self.environment().clock.now_millis();
        let resting = now < background.rest_until;
        if self.files().has_garbage() && !resting {
            // First: it makes room for the rest.
            return background.outcome(self.collect_garbage().await, Vec::new(), now);
        }
        let catalog = self.state().catalog.clone();
        if let Some(id) = catalog.tables.iter().find(|(_, table)| self.is_due(table, now)).map(|(id, _)| *id)
        {
            drop(catalog);
            return self.flush_table(id).await.map(|()| true);
        }
        if !resting && self.step_merge(background, &catalog, now).await? {
            return Ok(true);
        }
        let set_aside = self.newly_damaged(&catalog);
        drop(catalog);
        if !set_aside.is_empty() {
            return apply_changes(self, set_aside).map(|()| true);
        }
        if self.state().log.bytes() > self.settings().checkpoint_log_bytes {
            return self.checkpoint().map(|()| true);
        }
        self.refill_reserve().map(|()| false)
    }

    fn is_due(&self, table: &Table, now: u64) -> bool {
        let (buffer, settings) = (&table.buffer, self.settings());
        let old = buffer
            .oldest_millis()
            .is_some_and(|since| since.saturating_add(settings.flush_age_millis) <= now);
        buffer.rows() >= settings.flush_rows
            || buffer.bytes() >= settings.flush_bytes
            || (buffer.rows() > 0 && old)
    }

    async fn step_merge(
        &self,
        background: &mut Background,
        catalog: &Arc<Catalog>,
        now: u64,
    ) -> Result<bool, StorageError> {
        if let Some(mut merge) = background.merge.take() {
            let parts = merge.parts().to_vec();
            let stepped = match merge.step().await {
                Ok(true) => {
                    background.merge = Some(merge);
                    Ok(())
                }
                Ok(false) => merge.finish(self).await,
                Err(error) => Err(error),
            };
            return background.outcome(stepped, parts, now);
        }
        let failed = &background.failed;
        let mut choice = catalog
            .tables
            .iter()
            .find_map(|(id, table)| Some((*id, table, choose_parts(self, table, failed)?)));
        if choice.is_none() {
            for (id, table) in &catalog.tables {
                if let Some(parts) = choose_expired(self, table, failed, now)? {
                    choice = Some((*id, table, parts));
                    break;
                }
            }
        }
        let Some((id, table, parts)) = choice else { return Ok(false) };
        let started = MergeTask::start(self, id, table, &parts).await;
        let started = started.map(|merge| background.merge = Some(merge));
        background.outcome(started, parts.iter().map(|part| part.id).collect(), now)
    }

    /// The log's notes of parts found damaged since the last time.
    fn newly_damaged(&self, catalog: &Catalog) -> Vec<Change> {
        let mut noted = self.noted_damage();
        let parts = catalog.tables.values().flat_map(|table| &table.parts);
        let found = parts.filter(|part| part.is_damaged() && noted.insert(part.id));
        found.map(|part| Change::SetAside { part: part.id }).collect()
    }
}
