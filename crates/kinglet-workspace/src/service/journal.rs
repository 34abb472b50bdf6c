//! Rows that were noted: first in memory, then in tables of the workspace's own head, of
//! which the older half goes when they have grown.

use super::datasource;
use crate::error::Result;
use crate::ingest::block::BlockBuilder;
use crate::ingest::ndjson::NdjsonReader;
use crate::resource::Datasource;
use crate::workspace::Workspace;
use arrow::array::RecordBatch;
use kinglet_storage::Durability;
use serde_json::Value;
use std::collections::BTreeMap;

/// Rows of a source that are kept in memory at most, between two flushes.
const MAX_PENDING: usize = 50_000;

/// Rows of a table; two of them are kept.
const MAX_STORED: u64 = 50_000;

/// Rows that are in no table yet, as lines of JSON, by source.
pub(crate) type Journal = BTreeMap<&'static str, Vec<u8>>;

/// Rough length of a row's line.
const LINE_BYTES: usize = 1000;

/// The table of a source, and the one it was before it had grown.
pub(crate) fn tables_of(source: &str) -> [String; 2] {
    [source.to_owned(), format!("{source} before")]
}

/// Lines of JSON as rows of a source.
pub(crate) fn rows_of(source: &Datasource, lines: &[u8]) -> Result<RecordBatch> {
    let mut block = BlockBuilder::new(source.target.clone())?;
    NdjsonReader::new(&source.target).read(lines, true, &mut block, usize::MAX)?;
    Ok(block.finish()?.rows)
}

impl Workspace {
    /// Notes a row of a service data source.
    pub(crate) fn note(&self, source: &'static str, row: &Value) {
        let mut journal = self.journal.borrow_mut();
        let lines = journal.entry(source).or_default();
        if lines.len() > MAX_PENDING * LINE_BYTES {
            lines.clear();
        }
        lines.extend_from_slice(row.to_string().as_bytes());
        lines.push(b'\n');
    }

    /// Moves noted rows into their tables.
    ///
    /// # Errors
    /// The disk fails.
    pub(crate) async fn flush_journal(&self) -> Result<()> {
        let pending = std::mem::take(&mut *self.journal.borrow_mut());
        if pending.is_empty() {
            return Ok(());
        }
        let snapshot = self.snapshot()?;
        let mut transaction = self.shared.store.begin();
        for (name, lines) in pending {
            let Some(source) = datasource(name) else {
                continue;
            };
            let [table, before] = tables_of(name);
            let stored = snapshot.table(&table).map(|table| table.rows());
            if stored.is_some_and(|rows| rows >= MAX_STORED) {
                if snapshot.table(&before).is_some() {
                    transaction.drop_table(self.table(&before));
                }
                transaction.rename_table(self.table(&table), &before);
            }
            if stored.is_none_or(|rows| rows >= MAX_STORED) {
                transaction.create_table(self.table(&table), source.definition.clone());
            }
            transaction.insert(self.table(&table), vec![rows_of(&source, &lines)?], None);
        }
        transaction.commit(Durability::Buffered).await?;
        Ok(())
    }
}
