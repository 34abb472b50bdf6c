//! Small tables that are put together while a query is bound: columns by name, rows by cell.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::RecordBatch;
use kinglet_types::Result;

use super::table_function;
use crate::ColumnBuilder;
use crate::catalog::{Table, TableColumn};
use crate::memory_table::MemoryTable;

/// Name, engine and columns of the system tables, a table per line; those of `information_schema` with that before
/// their name.
static STRUCTURES: &str = include_str!("system_tables.tsv");

/// Name, engine and columns of every system table.
pub(super) fn structures() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    STRUCTURES.lines().filter_map(|line| {
        let mut fields = line.split('\t');
        Some((fields.next()?, fields.next()?, fields.next()?))
    })
}

/// A value of a row.
#[derive(Clone, Debug)]
pub(super) enum Cell {
    Text(String),
    Number(i64),
    Null,
    Default,
}

pub(super) fn text(value: impl Into<String>) -> Cell {
    Cell::Text(value.into())
}

pub(super) fn flag(value: bool) -> Cell {
    Cell::Number(value.into())
}

/// A number, or NULL where it is not known.
pub(super) fn known(value: Option<u64>) -> Cell {
    value.map_or(Cell::Null, |value| Cell::Number(value as i64))
}

/// Columns by name and type, and rows.
pub(super) struct Sheet {
    pub(super) columns: Vec<TableColumn>,
    pub(super) rows: Vec<Vec<Cell>>,
}

impl Sheet {
    /// The table of a name without rows, if there is one.
    ///
    /// # Errors
    /// When its columns cannot be read.
    pub(super) fn of(name: &str) -> Result<Option<Self>> {
        let Some((_, _, columns)) = structures().find(|(known, ..)| *known == name) else { return Ok(None) };
        Ok(Some(Self { columns: table_function::structure(columns)?, rows: Vec::new() }))
    }

    /// Adds a row of named cells. What has no cell is the default, or NULL where it may be; a column with a name in
    /// capitals is the same as the one without.
    pub(super) fn add(&mut self, cells: &[(&str, Cell)]) {
        let cells: HashMap<&str, &Cell> = cells.iter().map(|(name, cell)| (*name, cell)).collect();
        let row = self.columns.iter().map(|column| {
            let small = column.name.to_ascii_lowercase();
            match cells.get(column.name.as_str()).or_else(|| cells.get(small.as_str())) {
                Some(cell) => (*cell).clone(),
                None if column.ty.is_nullable() => Cell::Null,
                None => Cell::Default,
            }
        });
        self.rows.push(row.collect());
    }

    pub(super) fn table(self) -> Result<Arc<dyn Table>> {
        let mut builders: Vec<ColumnBuilder> =
            self.columns.iter().map(|column| ColumnBuilder::new(&column.ty)).collect();
        let environment = crate::Environment::default();
        for row in self.rows {
            let mut cells = row.into_iter();
            for builder in &mut builders {
                match cells.next() {
                    Some(Cell::Text(value)) if builder.ty().is_text() => {
                        builder.append_bytes(value.as_bytes());
                    }
                    Some(Cell::Text(value)) => {
                        crate::text::read_text(value.as_bytes(), builder, &environment)?;
                    }
                    Some(Cell::Number(value)) => builder.append_int(value),
                    Some(Cell::Null) => builder.append_null(),
                    Some(Cell::Default) | None => builder.append_default(),
                }
            }
        }
        let arrays = builders.into_iter().map(ColumnBuilder::finish).collect::<Result<Vec<_>>>()?;
        let batch = RecordBatch::try_new(MemoryTable::schema(&self.columns), arrays);
        let batch = batch.map_err(crate::function::result::internal)?;
        Ok(Arc::new(MemoryTable::new(self.columns, vec![batch])))
    }
}
