//! Everything the store knows at one moment: heads, tables, their rows and parts, the workspace's own state.
//!
//! A catalog is a value: cloning shares all that is large, so a reader keeps the moment it started with.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;

use crate::buffer::RowBuffer;
use crate::engine::{Engines, TableEngine};
use crate::error::StorageError;
use crate::part::{Part, PartId};
use crate::table::{LIVE, TableDefinition, TableId, TablePath};
use crate::token::TokenWindow;

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
    /// In insertion order.
    pub(crate) parts: Vec<Arc<Part>>,
    pub(crate) buffer: RowBuffer,
    pub(crate) tokens: TokenWindow,
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
            parts: Vec::new(),
            buffer: RowBuffer::default(),
            tokens: TokenWindow::default(),
            version: 0,
        }
    }

    pub(crate) fn engine(&self, engines: &dyn Engines) -> Result<&TableEngine, StorageError> {
        self.engine.get_or_init(|| engines.engine(&self.definition)).as_ref().map_err(Clone::clone)
    }

    /// Changes the definition; buffered rows get the new columns.
    pub(crate) fn set_definition(&mut self, definition: TableDefinition) -> Result<(), StorageError> {
        check_evolution(&self.definition, &definition)?;
        self.buffer.extend(&definition.schema)?;
        self.definition = Arc::new(definition);
        self.engine = Arc::default();
        Ok(())
    }

    pub(crate) fn clear(&mut self) {
        self.parts.clear();
        self.buffer = RowBuffer::default();
        self.version += 1;
    }

    /// Rows of parts that are not set aside, and of the buffer.
    pub(crate) fn rows(&self) -> u64 {
        self.live_parts().map(|part| part.rows).sum::<u64>() + self.buffer.rows() as u64
    }

    /// Parts that are not set aside.
    pub(crate) fn live_parts(&self) -> impl Iterator<Item = &Arc<Part>> {
        self.parts.iter().filter(|part| !part.is_damaged())
    }

    /// Puts parts in the place of others.
    ///
    /// # Errors
    /// A conflict if one of the others is gone.
    pub(crate) fn replace_parts(
        &mut self,
        dropped: &[PartId],
        added: &[Arc<Part>],
    ) -> Result<(), StorageError> {
        let found = self.parts.iter().filter(|part| dropped.contains(&part.id)).count();
        if found != dropped.len() {
            return Err(StorageError::Conflict("Parts of the table were replaced meanwhile".to_owned()));
        }
        let at = self.parts.iter().position(|part| dropped.contains(&part.id)).unwrap_or(self.parts.len());
        let behind = self.parts.split_off(at);
        self.parts.extend_from_slice(added);
        self.parts.extend(behind.into_iter().filter(|part| !dropped.contains(&part.id)));
        Ok(())
    }
}

/// Columns may be added at the end; the rest of what decides how rows are stored stays.
fn check_evolution(old: &TableDefinition, new: &TableDefinition) -> Result<(), StorageError> {
    let kept = old.schema.fields().iter().zip(new.schema.fields());
    let same =
        kept.filter(|(a, b)| a.data_type() == b.data_type() && a.is_nullable() == b.is_nullable()).count();
    if same != old.schema.fields().len() {
        return Err(StorageError::Schema(
            "Columns can be added at the end only, the others stay as they are".to_owned(),
        ));
    }
    if old.sorting_key != new.sorting_key || old.partition_key != new.partition_key {
        return Err(StorageError::Schema(
            "The sorting and partition keys of a table cannot change".to_owned(),
        ));
    }
    Ok(())
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
