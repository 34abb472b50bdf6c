//! What a commit does to the catalog: the vocabulary of the log.

use std::sync::Arc;

use arrow::record_batch::RecordBatch;
use bytes::Bytes;

use crate::buffer::Chunk;
use crate::catalog::{Catalog, Head, Table};
use crate::error::StorageError;
use crate::part::{Part, PartId};
use crate::settings::StoreSettings;
use crate::table::{LIVE, TableDefinition, TableId, TablePath};

/// How a new head relates to the one it is made from. Neither copies rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadMode {
    /// The tables are the same ones: an insert into either shows in both (a staging deployment).
    Share,
    /// The tables start with the same rows and then differ (a branch).
    Copy,
    /// As `Copy`, and nothing can be changed (a share snapshot).
    Freeze,
}

/// One step of a commit.
#[derive(Clone, Debug)]
pub(crate) enum Change {
    CreateHead {
        name: String,
        from: Option<String>,
        mode: HeadMode,
    },
    DropHead {
        name: String,
    },
    PromoteHead {
        from: String,
        to: String,
    },
    CreateTable {
        path: TablePath,
        id: TableId,
        definition: TableDefinition,
    },
    DropTable {
        path: TablePath,
    },
    RenameTable {
        path: TablePath,
        name: String,
    },
    SetDefinition {
        table: TableId,
        definition: TableDefinition,
    },
    Truncate {
        table: TableId,
    },
    MoveRows {
        from: TableId,
        to: TableId,
        replace: bool,
    },
    AppendRows {
        table: TableId,
        rows: RecordBatch,
        bytes: usize,
        millis: u64,
    },
    /// Rows that are in parts now leave the buffer.
    FlushBuffer {
        table: TableId,
        rows: usize,
        parts: Vec<Arc<Part>>,
    },
    AddParts {
        table: TableId,
        parts: Vec<Arc<Part>>,
    },
    ReplaceParts {
        table: TableId,
        dropped: Vec<PartId>,
        added: Vec<Arc<Part>>,
    },
    /// Stored bytes of the part are not what was written.
    SetAside {
        part: PartId,
    },
    Token {
        table: TableId,
        token: u128,
    },
    Put {
        key: String,
        value: Bytes,
    },
    Remove {
        key: String,
    },
}

impl Catalog {
    /// Applies one change, or fails and leaves the catalog to be thrown away.
    pub(crate) fn apply(&mut self, change: &Change, settings: &StoreSettings) -> Result<(), StorageError> {
        match change {
            Change::CreateHead { name, from, mode } => self.create_head(name, from.as_deref(), *mode),
            Change::DropHead { name } => self.drop_head(name),
            Change::PromoteHead { from, to } => self.promote_head(from, to),
            Change::CreateTable { path, id, definition } => self.create_table(path, *id, definition),
            Change::DropTable { path } => self.drop_table(path),
            Change::RenameTable { path, name } => self.rename_table(path, name),
            Change::SetDefinition { table, definition } => {
                self.table_mut(*table)?.set_definition(definition.clone())
            }
            Change::Truncate { table } => {
                self.table_mut(*table)?.clear();
                Ok(())
            }
            Change::MoveRows { from, to, replace } => self.move_rows(*from, *to, *replace),
            Change::AppendRows { table, rows, bytes, millis } => {
                self.table_mut(*table)?.buffer.push(rows.clone(), *bytes, *millis)
            }
            Change::FlushBuffer { table, rows, parts } => {
                let table = self.table_mut(*table)?;
                table.buffer.drop_front(*rows);
                table.parts.extend_from_slice(parts);
                Ok(())
            }
            Change::AddParts { table, parts } => {
                self.table_mut(*table)?.parts.extend_from_slice(parts);
                Ok(())
            }
            Change::ReplaceParts { table, dropped, added } => {
                self.table_mut(*table)?.replace_parts(dropped, added)
            }
            Change::SetAside { part } => {
                let parts = self.tables.values().flat_map(|table| &table.parts);
                parts.filter(|found| found.id == *part).for_each(|found| found.set_damaged());
                Ok(())
            }
            Change::Token { table, token } => {
                self.table_mut(*table)?.tokens.insert(*token, settings.dedup_tokens);
                Ok(())
            }
            Change::Put { key, value } => {
                Arc::make_mut(&mut self.state).insert(key.clone(), value.clone());
                Ok(())
            }
            Change::Remove { key } => {
                Arc::make_mut(&mut self.state).remove(key);
                Ok(())
            }
        }
    }

    fn create_head(&mut self, name: &str, from: Option<&str>, mode: HeadMode) -> Result<(), StorageError> {
        if self.heads.contains_key(name) {
            return Err(StorageError::HeadExists(name.to_owned()));
        }
        let mut head = match from {
            Some(from) => Head::clone(self.head(from)?),
            None => Head::default(),
        };
        head.frozen = mode == HeadMode::Freeze;
        if mode != HeadMode::Share {
            for id in head.tables.values_mut() {
                let copy = self.table(*id)?.clone();
                *id = TableId(self.next_table);
                self.next_table += 1;
                self.tables.insert(*id, copy);
            }
        }
        self.heads.insert(name.to_owned(), Arc::new(head));
        Ok(())
    }

    fn drop_head(&mut self, name: &str) -> Result<(), StorageError> {
        if name == LIVE {
            return Err(StorageError::Invalid(format!("The head '{LIVE}' cannot be dropped")));
        }
        self.heads.remove(name).ok_or_else(|| StorageError::NoSuchHead(name.to_owned()))?;
        self.sweep();
        Ok(())
    }

    fn promote_head(&mut self, from: &str, to: &str) -> Result<(), StorageError> {
        self.head(to)?;
        let mut head = Head::clone(self.head(from)?);
        head.frozen = false;
        self.heads.insert(to.to_owned(), Arc::new(head));
        self.drop_head(from)
    }

    fn create_table(
        &mut self,
        path: &TablePath,
        id: TableId,
        definition: &TableDefinition,
    ) -> Result<(), StorageError> {
        let head = self.head_mut(&path.head)?;
        if head.frozen {
            return Err(StorageError::HeadIsFrozen(path.head.clone()));
        }
        if head.tables.contains_key(&path.table) {
            return Err(StorageError::TableExists { head: path.head.clone(), table: path.table.clone() });
        }
        head.tables.insert(path.table.clone(), id);
        self.tables.insert(id, Arc::new(Table::new(definition.clone())));
        self.next_table = self.next_table.max(id.0 + 1);
        Ok(())
    }

    fn drop_table(&mut self, path: &TablePath) -> Result<(), StorageError> {
        self.find_writable(path)?;
        self.head_mut(&path.head)?.tables.remove(&path.table);
        self.sweep();
        Ok(())
    }

    fn rename_table(&mut self, path: &TablePath, name: &str) -> Result<(), StorageError> {
        let id = self.find_writable(path)?;
        let head = self.head_mut(&path.head)?;
        if head.tables.contains_key(name) {
            return Err(StorageError::TableExists { head: path.head.clone(), table: name.to_owned() });
        }
        head.tables.remove(&path.table);
        head.tables.insert(name.to_owned(), id);
        Ok(())
    }

    fn move_rows(&mut self, from: TableId, to: TableId, replace: bool) -> Result<(), StorageError> {
        let source = self.table_mut(from)?;
        let moved = source.clone();
        source.clear();
        let target = self.table_mut(to)?;
        if target.definition.schema != moved.definition.schema {
            return Err(StorageError::Schema(
                "Rows move only between tables with the same columns".to_owned(),
            ));
        }
        if replace {
            target.clear();
        }
        target.parts.extend_from_slice(&moved.parts);
        let millis = moved.buffer.oldest_millis().unwrap_or_default();
        for chunk in moved.buffer.chunks().iter().map(Chunk::rows) {
            let bytes = moved.buffer.bytes() * chunk.num_rows() / moved.buffer.rows().max(1);
            target.buffer.push(chunk.clone(), bytes, millis)?;
        }
        Ok(())
    }
}
