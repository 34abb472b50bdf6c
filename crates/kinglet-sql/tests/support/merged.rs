//! A table of the MergeTree family in memory: `FINAL` sorts its rows and combines those of equal keys.

use std::sync::Arc;

use arrow::array::{RecordBatch, UInt64Array};
use arrow::compute::{concat_batches, take_record_batch};
use arrow::row::{RowConverter, SortField};
use futures::StreamExt;
use futures::stream::{self, BoxStream};
use kinglet_parser::ast::{Expr, TableStorage};
use kinglet_sql::combine::{Combine, Engine, Stage, combination};
use kinglet_sql::{MemoryTable, ScanRequest, Table, TableColumn};
use kinglet_types::Result;

#[derive(Debug)]
pub(crate) struct Merged {
    plain: MemoryTable,
    columns: Vec<TableColumn>,
    batches: Vec<RecordBatch>,
    engine: String,
    /// Positions of the key's columns.
    keys: Vec<usize>,
    combine: Option<Arc<dyn Combine>>,
}

impl Merged {
    pub(crate) fn new(columns: Vec<TableColumn>, batches: Vec<RecordBatch>, storage: &TableStorage) -> Self {
        let names = |key: &Option<Expr>| -> Vec<String> {
            let text = key.as_ref().map(kinglet_parser::expr_to_string).unwrap_or_default();
            text.trim_matches(['(', ')']).split(',').map(|name| name.trim().to_owned()).collect()
        };
        let sorting = names(&storage.order_by);
        let keys = sorting.iter().filter_map(|name| columns.iter().position(|c| c.name == *name)).collect();
        let engine = storage.engine.as_ref().map(|engine| engine.name.name.clone()).unwrap_or_default();
        let arguments: Vec<String> = storage
            .engine
            .iter()
            .flat_map(|engine| engine.arguments.iter().flatten())
            .map(kinglet_parser::expr_to_string)
            .collect();
        let options: &[&str] = match engine.as_str() {
            "ReplacingMergeTree" => &["ver", "is_deleted"],
            "CollapsingMergeTree" => &["sign"],
            "VersionedCollapsingMergeTree" => &["sign", "version"],
            _ => &["columns"],
        };
        let option = |name: &str| {
            options.iter().position(|option| *option == name).and_then(|at| arguments.get(at).cloned())
        };
        let described = Engine { name: &engine, option: &option, keys: &sorting };
        let combine = combination(&described, &columns).expect("a combination");
        let plain = MemoryTable::new(columns.clone(), batches.clone());
        Self { plain, columns, batches, engine, keys, combine }
    }

    fn combined(&self, combine: &dyn Combine) -> Result<RecordBatch> {
        let schema = MemoryTable::schema(&self.columns);
        let all = concat_batches(&schema, &self.batches).expect("rows of one table");
        let key: Vec<_> = self.keys.iter().map(|at| all.column(*at).clone()).collect();
        let fields = key.iter().map(|column| SortField::new(column.data_type().clone())).collect();
        let converter = RowConverter::new(fields).expect("keys that are sorted");
        let rows = converter.convert_columns(&key).expect("keys");
        let mut order: Vec<usize> = (0..all.num_rows()).collect();
        order.sort_by(|a, b| rows.row(*a).cmp(&rows.row(*b)));
        let mut groups = vec![0];
        for group in order.chunk_by(|a, b| rows.row(*a) == rows.row(*b)) {
            groups.push(groups.last().expect("a start") + group.len());
        }
        let places = UInt64Array::from_iter_values(order.iter().map(|at| *at as u64));
        combine.combine(&take_record_batch(&all, &places).expect("rows"), &groups, Stage::Final)
    }
}

impl Table for Merged {
    fn columns(&self) -> &[TableColumn] {
        &self.columns
    }

    fn engine(&self) -> &str {
        &self.engine
    }

    fn supports_final(&self) -> bool {
        self.combine.is_some()
    }

    fn row_count(&self) -> Option<u64> {
        self.plain.row_count()
    }

    fn scan(&self, request: &ScanRequest) -> Result<BoxStream<'static, Result<RecordBatch>>> {
        match &self.combine {
            Some(combine) if request.is_final => {
                let combined = self.combined(combine.as_ref())?;
                let projected = combined.project(&request.projection).expect("columns of the table");
                Ok(stream::iter([Ok(projected)]).boxed())
            }
            _ => self.plain.scan(request),
        }
    }
}
