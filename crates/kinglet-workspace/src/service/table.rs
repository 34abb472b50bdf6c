//! A service data source as the query engine reads it: what is stored, then what is in
//! memory.

use super::journal::{rows_of, tables_of};
use super::{datasource, live};
use crate::query::{BlockTable, StoredTable};
use crate::workspace::Workspace;
use arrow::array::RecordBatch;
use futures::stream::{self, BoxStream, StreamExt};
use kinglet_sql::{ScanRequest, Table, TableColumn};
use kinglet_storage::Snapshot;
use kinglet_types::Result;
use std::sync::Arc;

/// The rows of a service data source at one moment.
#[derive(Debug)]
pub(crate) struct ServiceTable {
    columns: Vec<TableColumn>,
    parts: Vec<Arc<dyn Table>>,
}

impl ServiceTable {
    /// The source called `name`; without a workspace, it has no rows.
    pub(crate) fn new(
        name: &str,
        snapshot: &Snapshot,
        workspace: Option<&Workspace>,
    ) -> Option<ServiceTable> {
        let source = datasource(name)?;
        let mut parts: Vec<Arc<dyn Table>> = Vec::new();
        for table in tables_of(name) {
            if snapshot.table(&table).is_some() {
                parts.push(Arc::new(StoredTable::called(table, snapshot.clone(), source.clone())));
            }
        }
        let lines = workspace.map(|workspace| match live::lines(workspace, name) {
            Some(lines) => lines,
            None => workspace.journal.borrow().get(name).cloned().unwrap_or_default(),
        });
        let rows = lines.and_then(|lines| rows_of(&source, &lines).ok());
        parts.push(Arc::new(BlockTable::new(&source, rows.into_iter().collect())));
        Some(ServiceTable { columns: crate::query::columns(&source), parts })
    }
}

impl Table for ServiceTable {
    fn columns(&self) -> &[TableColumn] {
        &self.columns
    }

    fn row_count(&self) -> Option<u64> {
        self.parts.iter().map(|part| part.row_count()).sum()
    }

    fn scan(&self, request: &ScanRequest) -> Result<BoxStream<'static, Result<RecordBatch>>> {
        let scans = self.parts.iter().map(|part| part.scan(request)).collect::<Result<Vec<_>>>()?;
        Ok(stream::iter(scans).flatten().boxed())
    }
}
