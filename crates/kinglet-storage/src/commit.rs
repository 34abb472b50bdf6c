//! Turning a transaction into one record of the log.
//!
//! First, what takes time and files: rows become parts, parts without deleted rows are written. Then, without a
//! pause, the changes are checked against the catalog of that moment, appended to the log and made visible.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use arrow::compute::concat_batches;
use arrow::record_batch::RecordBatch;

use crate::catalog::{Catalog, Table};
use crate::change::Change;
use crate::delete;
use crate::engine::CombineStage;
use crate::error::StorageError;
use crate::files::Unflushed;
use crate::log::record::encode_commit;
use crate::merge::{Batches, Combining, merge_sorted};
use crate::part::{Part, PartId, PartWriter};
use crate::partition;
use crate::schema::{compact, row_bytes};
use crate::store::Store;
use crate::table::{TableDefinition, TableId};
use crate::token::hash_token;
use crate::transaction::{CommitOutcome, Durability, Operation};

/// What an operation's preparation made.
#[derive(Debug)]
pub(crate) enum Prepared {
    Nothing,
    /// Rows for the buffer.
    Rows {
        table: TableId,
        rows: Option<RecordBatch>,
    },
    /// Rows in new parts.
    Parts {
        table: TableId,
        parts: Vec<Arc<Part>>,
    },
    /// Parts in the place of others.
    Rewritten {
        table: TableId,
        dropped: Vec<PartId>,
        added: Vec<Arc<Part>>,
    },
}

pub(crate) async fn commit(
    store: &Store,
    operations: Vec<Operation>,
    durability: Durability,
) -> Result<CommitOutcome, StorageError> {
    let deletes = operations.iter().any(|operation| matches!(operation, Operation::DeleteRows { .. }));
    let _no_merges = if deletes { Some(store.background().lock().await) } else { None };
    let prepared = match prepare(store, &operations).await {
        Ok(prepared) => prepared,
        Err(error) => return Err(store.explain(error).await),
    };
    match apply(store, &operations, &prepared, durability) {
        Err(error) if error.is_disk_full() && operations.iter().all(Operation::frees_room) => {
            store.release_reserve();
            let outcome = apply(store, &operations, &prepared, Durability::Flushed);
            store.collect_garbage().await?;
            outcome
        }
        Err(error) => Err(store.explain(error).await),
        outcome => outcome,
    }
}

async fn prepare(store: &Store, operations: &[Operation]) -> Result<Vec<Prepared>, StorageError> {
    let mut catalog = store.state().catalog.clone();
    let mut unflushed = Unflushed::default();
    let mut all = Vec::with_capacity(operations.len());
    for operation in operations {
        all.push(match operation {
            Operation::Insert { path, batches, .. } => {
                let id = catalog.find_writable(path)?;
                let table = catalog.table(id)?;
                prepare_insert(store, id, table, conform(&table.definition, batches)?, &mut unflushed).await?
            }
            Operation::Attach { path, parts } => {
                let id = catalog.find_writable(path)?;
                let table = catalog.table(id)?;
                let parts = parts.iter().map(|part| part.of_table(store, table, &mut unflushed));
                Prepared::Parts { table: id, parts: parts.collect::<Result<_, StorageError>>()? }
            }
            Operation::DeleteRows { path, filter, hints } => {
                let id = catalog.find_writable(path)?;
                let (dropped, added) = delete::rewrite(store, id, &**filter, hints, &mut unflushed).await?;
                Prepared::Rewritten { table: id, dropped, added }
            }
            Operation::Put { .. } | Operation::Remove { .. } => Prepared::Nothing,
            structural => {
                for change in changes(&catalog, structural, &Prepared::Nothing, 0)? {
                    Arc::make_mut(&mut catalog).apply(&change, store.settings())?;
                }
                Prepared::Nothing
            }
        });
    }
    unflushed.flush()?;
    Ok(all)
}

async fn prepare_insert(
    store: &Store,
    id: TableId,
    table: &Table,
    rows: Vec<RecordBatch>,
    unflushed: &mut Unflushed,
) -> Result<Prepared, StorageError> {
    let count: usize = rows.iter().map(RecordBatch::num_rows).sum();
    let rows = match rows.as_slice() {
        [] => return Ok(Prepared::Rows { table: id, rows: None }),
        [one] => one.clone(),
        many => concat_batches(&table.definition.schema, many)?,
    };
    let settings = store.settings();
    if count <= settings.write_ahead_rows && row_bytes(&rows) <= settings.flush_bytes {
        let rows = combine_small(store, table, rows)?;
        return Ok(Prepared::Rows { table: id, rows: rows.map(|rows| compact(&rows)).transpose()? });
    }
    if table.engine(&*store.environment().engines)?.combine.is_some() {
        // Rows inserted before must come before: the last of a key may count.
        store.flush_table(id).await?;
    }
    Ok(Prepared::Parts { table: id, parts: write_parts(store, table, &rows, unflushed).await? })
}

/// How an insert's rows are combined before they are stored, if they are.
fn combining_of(store: &Store, table: &Table) -> Result<Option<Combining>, StorageError> {
    let engine = table.engine(&*store.environment().engines)?;
    let combine = engine.combine.clone().filter(|_| store.settings().combine_on_insert);
    Ok(combine.map(|combine| Combining::new(combine, CombineStage::Merge)))
}

/// The rows of a small insert, combined within each partition; `None` if nothing is left.
fn combine_small(
    store: &Store,
    table: &Table,
    rows: RecordBatch,
) -> Result<Option<RecordBatch>, StorageError> {
    let Some(combining) = combining_of(store, table)?.filter(|_| rows.num_rows() > 1) else {
        return Ok(Some(rows));
    };
    let keys = &table.engine(&*store.environment().engines)?.keys;
    let mut combined = Vec::new();
    for (_, rows) in partition::split(&rows, &**keys)? {
        let source: Batches = Box::new(std::iter::once(Ok(rows)));
        let merged = merge_sorted(vec![source], keys.clone(), Some(combining.clone()), usize::MAX / 2);
        combined.extend(merged.collect::<Result<Vec<_>, _>>()?);
    }
    Ok(if combined.is_empty() { None } else { Some(concat_batches(&rows.schema(), &combined)?) })
}

/// Writes rows as new parts, one per partition.
pub(crate) async fn write_parts(
    store: &Store,
    table: &Table,
    rows: &RecordBatch,
    unflushed: &mut Unflushed,
) -> Result<Vec<Arc<Part>>, StorageError> {
    let engine = table.engine(&*store.environment().engines)?;
    let combining = combining_of(store, table)?;
    let mut parts = Vec::new();
    for (partition, rows) in partition::split(rows, &*engine.keys)? {
        let options = store.writer_options(table)?;
        let mut writer = PartWriter::new(options, store.files().clone(), 0, partition)?;
        match &combining {
            None => writer.write(rows).await?,
            Some(combining) => {
                let combining = Combining::new(combining.combine.clone(), combining.stage);
                let unique = combining.unique.clone();
                let source: Batches = Box::new(std::iter::once(Ok(rows)));
                let batch_rows = store.settings().granule_rows;
                for rows in merge_sorted(vec![source], engine.keys.clone(), Some(combining), batch_rows) {
                    writer.write(rows?).await?;
                }
                writer.set_unique_keys(unique.load(Ordering::Relaxed));
            }
        }
        parts.extend(writer.finish(unflushed).await?);
    }
    Ok(parts)
}

/// The synchronous half: checks, appends, makes visible.
fn apply(
    store: &Store,
    operations: &[Operation],
    prepared: &[Prepared],
    durability: Durability,
) -> Result<CommitOutcome, StorageError> {
    let millis = store.environment().clock.now_millis();
    let state = &mut *store.state();
    let flush = durability == Durability::Flushed;
    if operations.iter().any(|operation| is_duplicate(&state.catalog, operation)) {
        state.publish(&[], state.catalog.clone(), flush)?;
        return Ok(CommitOutcome::Duplicate);
    }
    let mut catalog = Catalog::clone(&state.catalog);
    let mut all = Vec::new();
    for (operation, prepared) in operations.iter().zip(prepared) {
        for change in changes(&catalog, operation, prepared, millis)? {
            catalog.apply(&change, store.settings())?;
            all.push(change);
        }
    }
    state.publish(&all, Arc::new(catalog), flush).map(CommitOutcome::Committed)
}

/// Commits changes made by the store itself.
pub(crate) fn apply_changes(store: &Store, changes: Vec<Change>) -> Result<(), StorageError> {
    let mut state = store.state();
    let mut catalog = Catalog::clone(&state.catalog);
    for change in &changes {
        catalog.apply(change, store.settings())?;
    }
    state.publish(&changes, Arc::new(catalog), true).map(|_| ())
}

impl crate::store::State {
    /// Appends the changes to the log and makes the catalog they lead to the current one.
    fn publish(
        &mut self,
        changes: &[Change],
        catalog: Arc<Catalog>,
        flush: bool,
    ) -> Result<u64, StorageError> {
        if changes.is_empty() {
            // Nothing to log, but what it rests on must be as durable as asked for.
            return if flush { self.log.flush() } else { Ok(()) }.map(|()| self.sequence);
        }
        let payload = encode_commit(self.sequence + 1, changes)?;
        self.log.append(&payload, flush)?;
        self.sequence += 1;
        self.catalog = catalog;
        Ok(self.sequence)
    }
}

fn is_duplicate(catalog: &Catalog, operation: &Operation) -> bool {
    let Operation::Insert { path, token: Some(token), .. } = operation else { return false };
    let table = catalog.find(path).and_then(|id| catalog.table(id));
    table.is_ok_and(|table| table.tokens.contains(hash_token(token)))
}

/// The changes of one operation, given the catalog as the operations before have left it.
fn changes(
    catalog: &Catalog,
    operation: &Operation,
    prepared: &Prepared,
    millis: u64,
) -> Result<Vec<Change>, StorageError> {
    Ok(vec![match operation {
        Operation::CreateHead { name, from, mode } => {
            Change::CreateHead { name: name.clone(), from: from.clone(), mode: *mode }
        }
        Operation::DropHead { name } => Change::DropHead { name: name.clone() },
        Operation::PromoteHead { from, to } => Change::PromoteHead { from: from.clone(), to: to.clone() },
        Operation::CreateTable { path, definition } => Change::CreateTable {
            path: path.clone(),
            id: TableId(catalog.next_table),
            definition: definition.clone(),
        },
        Operation::DropTable { path } => Change::DropTable { path: path.clone() },
        Operation::RenameTable { path, name } => {
            Change::RenameTable { path: path.clone(), name: name.clone() }
        }
        Operation::SetDefinition { path, definition } => {
            Change::SetDefinition { table: catalog.find_writable(path)?, definition: definition.clone() }
        }
        Operation::Truncate { path } => Change::Truncate { table: catalog.find_writable(path)? },
        Operation::MoveRows { from, to, replace } => Change::MoveRows {
            from: catalog.find_writable(from)?,
            to: catalog.find_writable(to)?,
            replace: *replace,
        },
        Operation::Insert { path, token, .. } => {
            let found = catalog.find_writable(path)?;
            let token =
                token.as_deref().map(|token| Change::Token { table: found, token: hash_token(token) });
            return Ok(token.into_iter().chain(prepared_change(prepared, found, millis)?).collect());
        }
        Operation::Attach { path, .. } | Operation::DeleteRows { path, .. } => {
            return Ok(prepared_change(prepared, catalog.find_writable(path)?, millis)?
                .into_iter()
                .collect());
        }
        Operation::Put { key, value } => Change::Put { key: key.clone(), value: value.clone() },
        Operation::Remove { key } => Change::Remove { key: key.clone() },
    }])
}

/// The change of rows prepared for a table, if the path still leads to that table.
fn prepared_change(prepared: &Prepared, found: TableId, millis: u64) -> Result<Option<Change>, StorageError> {
    let (table, change) = match prepared {
        Prepared::Nothing => return Ok(None),
        Prepared::Rows { table, rows } => {
            let append = |rows: &RecordBatch| Change::AppendRows {
                table: *table,
                bytes: row_bytes(rows),
                rows: rows.clone(),
                millis,
            };
            (table, rows.as_ref().map(append))
        }
        Prepared::Parts { table, parts } => {
            (table, Some(Change::AddParts { table: *table, parts: parts.clone() }))
        }
        Prepared::Rewritten { dropped, .. } if dropped.is_empty() => return Ok(None),
        Prepared::Rewritten { table, dropped, added } => (
            table,
            Some(Change::ReplaceParts { table: *table, dropped: dropped.clone(), added: added.clone() }),
        ),
    };
    if *table != found {
        return Err(StorageError::Conflict("A table was replaced while rows for it were written".to_owned()));
    }
    Ok(change)
}

/// The batches under the table's own schema, without empty ones.
fn conform(definition: &TableDefinition, batches: &[RecordBatch]) -> Result<Vec<RecordBatch>, StorageError> {
    let conform = |batch: &RecordBatch| {
        RecordBatch::try_new(definition.schema.clone(), batch.columns().to_vec())
            .map_err(|error| StorageError::Schema(format!("The rows do not fit the table: {error}")))
    };
    batches.iter().filter(|batch| batch.num_rows() > 0).map(conform).collect()
}
