//! The store as it is at one moment.

use std::sync::Arc;

use bytes::Bytes;

use crate::catalog::{Catalog, Head, Table};
use crate::error::StorageError;
use crate::part::{Part, PartId};
use crate::scan::{self, ReadEstimate, Scan, ScanRequest};
use crate::store::Store;
use crate::table::{TableDefinition, TableId};

/// One head at one moment: later commits do not change it. Cheap to make and to clone; while it lives, the files
/// of its tables stay.
#[derive(Clone, Debug)]
pub struct Snapshot {
    store: Store,
    catalog: Arc<Catalog>,
    head: Arc<Head>,
}

/// A table in a [`Snapshot`].
#[derive(Clone, Debug)]
pub struct TableSnapshot {
    id: TableId,
    table: Arc<Table>,
}

impl Snapshot {
    pub(crate) fn new(store: Store, catalog: Arc<Catalog>, head: &str) -> Result<Self, StorageError> {
        let head = catalog.head(head)?.clone();
        Ok(Snapshot { store, catalog, head })
    }

    /// Names of the tables, sorted.
    pub fn tables(&self) -> impl Iterator<Item = &str> {
        self.head.tables.keys().map(String::as_str)
    }

    /// The table of this name.
    pub fn table(&self, name: &str) -> Option<TableSnapshot> {
        let id = *self.head.tables.get(name)?;
        Some(TableSnapshot { id, table: self.catalog.tables.get(&id)?.clone() })
    }

    /// Names of all heads, sorted.
    pub fn heads(&self) -> impl Iterator<Item = &str> {
        self.catalog.heads.keys().map(String::as_str)
    }

    /// A value of the layer above. Values belong to the store, not to a head.
    pub fn get(&self, key: &str) -> Option<Bytes> {
        self.catalog.state.get(key).cloned()
    }

    /// All values whose key starts with `prefix`, in order of key.
    pub fn values<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a Bytes)> {
        let from = self.catalog.state.range(prefix.to_owned()..);
        from.take_while(move |(key, _)| key.starts_with(prefix)).map(|(key, value)| (key.as_str(), value))
    }

    /// Opens what reading the table needs.
    ///
    /// # Errors
    /// The table or a column does not exist, or its files cannot be opened.
    pub async fn prepare_scan(&self, table: &str, request: &ScanRequest) -> Result<Scan, StorageError> {
        let table = self.table(table).ok_or_else(|| StorageError::no_such_table("this snapshot", table))?;
        scan::prepare(&self.store, &table.table, request).await
    }
}

impl Snapshot {
    /// What a scan would read, without reading.
    ///
    /// # Errors
    /// The table does not exist, or what is known of its parts is damaged.
    pub fn estimate(&self, table: &str, request: &ScanRequest) -> Result<ReadEstimate, StorageError> {
        let table = self.table(table).ok_or_else(|| StorageError::no_such_table("this snapshot", table))?;
        scan::estimate(&self.store, &table.table, request)
    }

    /// The bytes of a part of a table: a whole Parquet file, as it was written.
    ///
    /// # Errors
    /// The table has no such part, or its file cannot be read.
    pub async fn read_part(&self, table: &str, part: PartId) -> Result<Vec<u8>, StorageError> {
        let reader = self.open_part(table, part).await?;
        reader.read(0, usize::MAX)
    }

    pub(crate) fn part(&self, table: &str, part: PartId) -> Result<(&Store, Arc<Part>), StorageError> {
        let found = self.table(table).ok_or_else(|| StorageError::no_such_table("this snapshot", table))?;
        let part = found.table.parts.iter().find(|found| found.id == part).cloned();
        let part = part.ok_or_else(|| StorageError::Invalid(format!("'{table}' has no such part")))?;
        Ok((&self.store, part))
    }
}

impl TableSnapshot {
    /// Identity, the same under all names and in all heads that share the table.
    pub fn id(&self) -> TableId {
        self.id
    }

    /// What the table is.
    pub fn definition(&self) -> &TableDefinition {
        &self.table.definition
    }

    /// Rows stored, before any combining.
    pub fn rows(&self) -> u64 {
        self.table.rows()
    }

    /// Bytes on the disk of the parts, and in the log of rows that are in no part yet.
    pub fn disk_bytes(&self) -> u64 {
        self.table.parts.iter().map(|part| part.bytes).sum::<u64>() + self.table.buffer.bytes() as u64
    }

    /// Bytes of all rows in memory.
    pub fn memory_bytes(&self) -> u64 {
        self.table.live_parts().map(|part| part.memory_bytes()).sum::<u64>()
            + self.table.buffer.bytes() as u64
    }

    /// Rows that are in no part yet.
    pub fn buffered_rows(&self) -> u64 {
        self.table.buffer.rows() as u64
    }

    /// The parts, in insertion order.
    pub fn parts(&self) -> Vec<PartInfo> {
        self.table.parts.iter().map(|part| PartInfo::new(part)).collect()
    }
}

/// A part of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartInfo {
    /// Identity.
    pub id: PartId,
    /// Path of its file; several small parts share one.
    pub path: String,
    /// Where it is in its file.
    pub offset: u64,
    /// Its length there: a whole Parquet file.
    pub bytes: u64,
    /// Its rows.
    pub rows: u64,
    /// Bytes of its rows in memory.
    pub memory_bytes: u64,
    /// How many merges made it, one after the other.
    pub level: u32,
    /// The partition's value as text; empty without partitions.
    pub partition: String,
    /// When it was written, in milliseconds since 1970.
    pub created_millis: u64,
    /// True if its bytes are not what was written; scans leave it out.
    pub damaged: bool,
}

impl PartInfo {
    fn new(part: &Part) -> Self {
        PartInfo {
            id: part.id,
            path: part.file.id.path(),
            offset: part.offset,
            bytes: part.bytes,
            rows: part.rows,
            memory_bytes: part.memory_bytes(),
            level: part.level,
            partition: part.partition.clone(),
            created_millis: part.created_millis,
            damaged: part.is_damaged(),
        }
    }
}
