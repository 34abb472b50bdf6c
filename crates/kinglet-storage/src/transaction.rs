//! Changes collected to be committed together.

use std::sync::Arc;

use arrow::record_batch::RecordBatch;
use bytes::Bytes;

use crate::change::HeadMode;
use crate::engine::RowFilter;
use crate::error::StorageError;
use crate::scan::ColumnFilter;
use crate::store::Store;
use crate::table::{TableDefinition, TablePath};
use crate::transfer::ReceivedPart;

/// When [`Transaction::commit`] returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// Once a crash cannot undo it.
    Flushed,
    /// Once it is visible; a crash within the next moments may undo it (see [`Store::flush`]).
    Buffered,
}

/// What a commit did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommitOutcome {
    /// All changes are made, as the commit of this number.
    Committed(u64),
    /// Nothing was done: an insert's deduplication token was seen before.
    Duplicate,
}

/// Changes to heads, tables, rows and state that happen together or not at all, in this order.
///
/// Nothing is checked or done before [`commit`](Transaction::commit).
#[derive(Debug)]
#[must_use = "a transaction does nothing before it is committed"]
pub struct Transaction {
    store: Store,
    pub(crate) operations: Vec<Operation>,
}

#[derive(Debug)]
pub(crate) enum Operation {
    CreateHead { name: String, from: Option<String>, mode: HeadMode },
    DropHead { name: String },
    PromoteHead { from: String, to: String },
    CreateTable { path: TablePath, definition: TableDefinition },
    DropTable { path: TablePath },
    RenameTable { path: TablePath, name: String },
    SetDefinition { path: TablePath, definition: TableDefinition },
    Truncate { path: TablePath },
    MoveRows { from: TablePath, to: TablePath, replace: bool },
    Insert { path: TablePath, batches: Vec<RecordBatch>, token: Option<String> },
    Attach { path: TablePath, parts: Vec<ReceivedPart> },
    DeleteRows { path: TablePath, filter: Arc<dyn RowFilter>, hints: Vec<ColumnFilter> },
    Put { key: String, value: Bytes },
    Remove { key: String },
}

impl Operation {
    /// True for what a full disk still allows: it needs a record of the log only, and makes room.
    pub(crate) fn frees_room(&self) -> bool {
        matches!(
            self,
            Operation::DropHead { .. }
                | Operation::DropTable { .. }
                | Operation::Truncate { .. }
                | Operation::Put { .. }
                | Operation::Remove { .. }
        )
    }
}

impl Transaction {
    pub(crate) fn new(store: Store) -> Self {
        Transaction { store, operations: Vec::new() }
    }

    fn push(&mut self, operation: Operation) -> &mut Self {
        self.operations.push(operation);
        self
    }

    /// Makes a head, empty or with the tables of another.
    pub fn create_head(&mut self, name: &str, from: Option<&str>, mode: HeadMode) -> &mut Self {
        self.push(Operation::CreateHead { name: name.to_owned(), from: from.map(str::to_owned), mode })
    }

    /// Drops a head, and the tables only it names.
    pub fn drop_head(&mut self, name: &str) -> &mut Self {
        self.push(Operation::DropHead { name: name.to_owned() })
    }

    /// Gives the head `to` the tables of `from`, and drops `from`.
    pub fn promote_head(&mut self, from: &str, to: &str) -> &mut Self {
        self.push(Operation::PromoteHead { from: from.to_owned(), to: to.to_owned() })
    }

    /// Makes an empty table.
    pub fn create_table(&mut self, path: impl Into<TablePath>, definition: TableDefinition) -> &mut Self {
        self.push(Operation::CreateTable { path: path.into(), definition })
    }

    /// Drops a table from its head.
    pub fn drop_table(&mut self, path: impl Into<TablePath>) -> &mut Self {
        self.push(Operation::DropTable { path: path.into() })
    }

    /// Renames a table within its head.
    pub fn rename_table(&mut self, path: impl Into<TablePath>, name: &str) -> &mut Self {
        self.push(Operation::RenameTable { path: path.into(), name: name.to_owned() })
    }

    /// Changes a table's definition. Columns keep their place and type; new ones may follow, and read as null, zero
    /// or empty in the rows before. The sorting and partition keys cannot change.
    pub fn set_definition(&mut self, path: impl Into<TablePath>, definition: TableDefinition) -> &mut Self {
        self.push(Operation::SetDefinition { path: path.into(), definition })
    }

    /// Removes all rows of a table.
    pub fn truncate(&mut self, path: impl Into<TablePath>) -> &mut Self {
        self.push(Operation::Truncate { path: path.into() })
    }

    /// Moves all rows of one table into another of the same columns, after its own rows or in their place.
    /// Copies nothing; `from` stays, empty.
    pub fn move_rows(
        &mut self,
        from: impl Into<TablePath>,
        to: impl Into<TablePath>,
        replace: bool,
    ) -> &mut Self {
        self.push(Operation::MoveRows { from: from.into(), to: to.into(), replace })
    }

    /// Adds rows, sorted or not. With a token that an earlier insert into the same table had, the whole transaction
    /// does nothing.
    pub fn insert(
        &mut self,
        path: impl Into<TablePath>,
        batches: Vec<RecordBatch>,
        token: Option<&str>,
    ) -> &mut Self {
        self.push(Operation::Insert { path: path.into(), batches, token: token.map(str::to_owned) })
    }

    /// Adds the rows of parts of another store; their files stay as they are. The table's columns must be those that
    /// the parts were written with, and its keys too: rows keep the order and the partition they have.
    pub fn attach(&mut self, path: impl Into<TablePath>, parts: Vec<ReceivedPart>) -> &mut Self {
        self.push(Operation::Attach { path: path.into(), parts })
    }

    /// Deletes the rows that `filter` matches among those committed when the commit starts. `hints` are conditions
    /// that every matching row meets; parts where none can are not read.
    pub fn delete_rows(
        &mut self,
        path: impl Into<TablePath>,
        filter: Arc<dyn RowFilter>,
        hints: Vec<ColumnFilter>,
    ) -> &mut Self {
        self.push(Operation::DeleteRows { path: path.into(), filter, hints })
    }

    /// Sets a value of the layer above.
    pub fn put(&mut self, key: &str, value: impl Into<Bytes>) -> &mut Self {
        self.push(Operation::Put { key: key.to_owned(), value: value.into() })
    }

    /// Removes a value of the layer above; a missing one is fine.
    pub fn remove(&mut self, key: &str) -> &mut Self {
        self.push(Operation::Remove { key: key.to_owned() })
    }

    /// Makes all changes, as one record of the log.
    ///
    /// # Errors
    /// Nothing was done, unless the error is of the disk's flush: then the commit may survive a crash or not.
    pub async fn commit(self, durability: Durability) -> Result<CommitOutcome, StorageError> {
        let Transaction { store, operations } = self;
        store.commit(operations, durability).await
    }
}
