//! Everything the store knows at one moment: heads, tables, their rows and parts, the workspace's own state.
//!
//! A catalog is a value: cloning shares all that is large, so a reader keeps the moment it started with.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;

use crate::buffer::RowBuffer;
use crate::engine::{Engines, TableEngine};
use crate::error::StorageError;
use crate::table::{LIVE, TableDefinition, TableId, TablePath};

/// All heads and tables, and the opaque state of the layer above.
#[derive(Clone, Debug)]
pub(crate) struct Catalog {
    pub(crate) heads: BTreeMap<String, Arc<Head>>,
    pub(crate) tables: BTreeMap<TableId, Arc<Table>>,
    pub(crate) state: Arc<BTreeMap<String, Bytes>>,
    pub(crate) next_table: u64,
}

/// A named list of tables.
#[derive(Clone, Debug, Default)]
pub(crate) struct Head {
    pub(crate) tables: BTreeMap<String, TableId>,
    /// A frozen head takes no inserts.
    pub(crate) frozen: bool,
}

/// One table's definition and rows.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) definition: Arc<TableDefinition>,
    engine: Arc<OnceLock<Result<TableEngine, StorageError>>>,
    pub(crate) buffer: RowBuffer,
    /// Grows when rows go away by other means than a merge: work begun before does not apply.
    pub(crate) version: u64,
}

impl Default for Catalog {
    fn default() -> Self {
        Catalog {
            heads: BTreeMap::from([(LIVE.to_owned(), Arc::default())]),
            tables: BTreeMap::new(),
            state: Arc::default(),
            next_table: 1,
        }
    }
}

impl Table {
    pub(crate) fn new(definition: TableDefinition) -> Self {
        Table {
            definition: Arc::new(definition),
            engine: Arc::default(),
            buffer: RowBuffer::default(),
            version: 0,
        }
    }

    pub(crate) fn engine(&self, engines: &dyn Engines) -> Result<&TableEngine, StorageError> {
        self.engine.get_or_init(|| engines.engine(&self.definition)).as_ref().map_err(Clone::clone)
    }

    pub(crate) fn set_definition(&mut self, definition: TableDefinition) {
        self.definition = Arc::new(definition);
        self.engine = Arc::default();
    }

    pub(crate) fn clear(&mut self) {
        self.buffer = RowBuffer::default();
        self.version += 1;
    }

    pub(crate) fn rows(&self) -> u64 {
        self.buffer.rows() as u64
    }
}

impl Catalog {
    pub(crate) fn head(&self, name: &str) -> Result<&Arc<Head>, StorageError> {
        self.heads.get(name).ok_or_else(|| StorageError::NoSuchHead(name.to_owned()))
    }

    pub(crate) fn head_mut(&mut self, name: &str) -> Result<&mut Head, StorageError> {
        let head = self.heads.get_mut(name).ok_or_else(|| StorageError::NoSuchHead(name.to_owned()))?;
        Ok(Arc::make_mut(head))
    }

    /// The id behind a path.
    pub(crate) fn find(&self, path: &TablePath) -> Result<TableId, StorageError> {
        let head = self.head(&path.head)?;
        let id = head.tables.get(&path.table).copied();
        id.ok_or_else(|| StorageError::no_such_table(&path.head, &path.table))
    }

    /// The id behind a path whose head may be written.
    pub(crate) fn find_writable(&self, path: &TablePath) -> Result<TableId, StorageError> {
        if self.head(&path.head)?.frozen {
            return Err(StorageError::HeadIsFrozen(path.head.clone()));
        }
        self.find(path)
    }

    pub(crate) fn table(&self, id: TableId) -> Result<&Arc<Table>, StorageError> {
        self.tables
            .get(&id)
            .ok_or_else(|| StorageError::Conflict(format!("Table {id} was dropped meanwhile")))
    }

    pub(crate) fn table_mut(&mut self, id: TableId) -> Result<&mut Table, StorageError> {
        let table = self.tables.get_mut(&id);
        let table =
            table.ok_or_else(|| StorageError::Conflict(format!("Table {id} was dropped meanwhile")))?;
        Ok(Arc::make_mut(table))
    }

    /// Forgets the tables that no head names.
    pub(crate) fn sweep(&mut self) {
        let named: std::collections::BTreeSet<TableId> =
            self.heads.values().flat_map(|head| head.tables.values().copied()).collect();
        self.tables.retain(|id, _| named.contains(id));
    }
}
