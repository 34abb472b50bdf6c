//! A background merge, done a little at a time.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::choose::{Candidate, choose};
use super::{Batches, Combining, merge_sorted};
use crate::cache::CacheFill;
use crate::catalog::Table;
use crate::change::Change;
use crate::commit::apply_changes;
use crate::engine::{CombineStage, RowExpiry};
use crate::error::StorageError;
use crate::files::Unflushed;
use crate::part::{Part, PartId, PartScan, PartWriter};
use crate::store::Store;
use crate::table::TableId;

/// A merge under way.
pub(crate) struct MergeTask {
    table: TableId,
    dropped: Vec<PartId>,
    rows: Batches,
    writer: PartWriter,
    /// Whether each key has had one row so far; `None` if rows are not combined.
    unique: Option<Arc<AtomicBool>>,
}

/// The parts of the merge that is most worth while in a table.
pub(crate) fn choose_parts(store: &Store, table: &Table, failed: &HashSet<PartId>) -> Option<Vec<Arc<Part>>> {
    let mut partitions: BTreeMap<&str, Vec<&Arc<Part>>> = BTreeMap::new();
    for part in &table.parts {
        partitions.entry(&part.partition).or_default().push(part);
    }
    partitions.values().find_map(|parts| {
        let busy = |part: &Part| part.is_damaged() || failed.contains(&part.id);
        let candidates: Vec<_> =
            parts.iter().map(|part| Candidate { bytes: part.bytes, busy: busy(part) }).collect();
        let range = choose(&candidates, &store.settings().merge)?;
        Some(parts.get(range)?.iter().map(|part| Arc::clone(part)).collect())
    })
}

/// All parts of each partition that has several.
pub(crate) fn all_parts(table: &Table) -> Vec<Vec<Arc<Part>>> {
    let mut partitions: BTreeMap<&str, Vec<Arc<Part>>> = BTreeMap::new();
    for part in table.live_parts() {
        partitions.entry(&part.partition).or_default().push(part.clone());
    }
    partitions.into_values().collect()
}

/// A part with rows that have expired, if it is time to write it again without them: at once when no merge has made
/// it, later when one has.
pub(crate) fn choose_expired(
    store: &Store,
    table: &Table,
    failed: &HashSet<PartId>,
    now: u64,
) -> Result<Option<Vec<Arc<Part>>>, StorageError> {
    let engine = table.engine(&*store.environment().engines)?;
    let Some(expiry) = &engine.expiry else { return Ok(None) };
    for part in table.live_parts().filter(|part| !failed.contains(&part.id)) {
        let rested = part.created_millis.saturating_add(store.settings().expiry_rest_millis) <= now;
        if (part.level == 0 || rested) && has_expired(table, part, &**expiry, now)? {
            return Ok(Some(vec![part.clone()]));
        }
    }
    Ok(None)
}

/// Whether rows of a part have expired, or may have: it was written under another rule.
pub(crate) fn has_expired(
    table: &Table,
    part: &Part,
    expiry: &dyn RowExpiry,
    now: u64,
) -> Result<bool, StorageError> {
    let due = part.due(&table.definition.schema, expiry.rule())?;
    Ok(due.is_none_or(|due| due <= now as i64))
}

/// The rows without what has expired.
fn expired(rows: Batches, expiry: Arc<dyn RowExpiry>, now: u64) -> Batches {
    Box::new(rows.map(move |rows| expiry.expire(&rows?, now as i64)))
}

impl MergeTask {
    /// Opens the parts, which are of one partition and in insertion order.
    pub(crate) async fn start(
        store: &Store,
        id: TableId,
        table: &Table,
        parts: &[Arc<Part>],
    ) -> Result<Self, StorageError> {
        let schema = &table.definition.schema;
        let context = store.scan_context(table, (0..schema.fields().len()).collect(), CacheFill::Nothing)?;
        let mut sources: Vec<Batches> = Vec::new();
        for part in parts {
            let pin = Arc::new(store.files().pin(&part.file).await?);
            let granules = 0..part.meta(schema)?.index.granules();
            sources.push(Box::new(PartScan::new(context.clone(), part.clone(), pin, granules)?));
        }
        let engine = table.engine(&*store.environment().engines)?;
        let combining = engine.combine.clone().map(|combine| Combining::new(combine, CombineStage::Merge));
        let unique = combining.as_ref().map(|combining| combining.unique.clone());
        let level = parts.iter().map(|part| part.level).max().unwrap_or_default() + 1;
        let partition = parts.first().map(|part| part.partition.clone()).unwrap_or_default();
        let options = store.writer_options(table)?;
        let mut rows = merge_sorted(sources, engine.keys.clone(), combining, store.settings().granule_rows);
        if let Some(expiry) = &engine.expiry {
            rows = expired(rows, expiry.clone(), store.environment().clock.now_millis());
        }
        Ok(MergeTask {
            table: id,
            dropped: parts.iter().map(|part| part.id).collect(),
            rows,
            writer: PartWriter::new(options, store.files().clone(), level, partition)?,
            unique,
        })
    }

    /// The parts it merges.
    pub(crate) fn parts(&self) -> &[PartId] {
        &self.dropped
    }

    /// Merges one more batch; false at the end.
    pub(crate) async fn step(&mut self) -> Result<bool, StorageError> {
        match self.rows.next().transpose()? {
            Some(rows) => self.writer.write(rows).await.map(|()| true),
            None => Ok(false),
        }
    }

    /// Ends the merge and publishes it: the new part in the place of the others, in one record.
    pub(crate) async fn finish(self, store: &Store) -> Result<(), StorageError> {
        let MergeTask { table, dropped, rows, mut writer, unique } = self;
        drop(rows);
        writer.set_unique_keys(unique.is_some_and(|unique| unique.load(Ordering::Relaxed)));
        let mut unflushed = Unflushed::default();
        let added: Vec<_> = writer.finish(&mut unflushed).await?.into_iter().collect();
        unflushed.flush()?;
        match apply_changes(store, vec![Change::ReplaceParts { table, dropped, added }]) {
            // Truncated or dropped meanwhile: the merge was for nothing.
            Err(StorageError::Conflict(_)) => Ok(()),
            other => other,
        }
    }
}
