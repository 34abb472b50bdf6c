//! A data source as the query engine reads it: a scan of one snapshot.

use super::pattern;
use crate::resource::Datasource;
use arrow::array::{Array, AsArray, BinaryViewArray, RecordBatch};
use arrow::datatypes::DataType;
use futures::stream::{self, BoxStream, StreamExt, TryStreamExt};
use kinglet_sql::{
    ColumnFilter, ColumnKind, Comparison, ReadEstimate, ScanRequest, StoredPart, Table, TableColumn,
    TableKeys,
};
use kinglet_storage::{Bound, Snapshot, TextTest, ValueTest};
use kinglet_types::{ErrorCode, Result, SqlError};
use send_wrapper::SendWrapper;
use std::fmt;
use std::sync::Arc;

/// A data source at one moment.
pub(crate) struct StoredTable {
    snapshot: Snapshot,
    /// Name of the table in the store.
    table: String,
    datasource: Arc<Datasource>,
    columns: Vec<TableColumn>,
    n_rows: u64,
}

impl StoredTable {
    pub(crate) fn new(snapshot: Snapshot, datasource: Arc<Datasource>) -> StoredTable {
        let table = datasource.name.clone();
        StoredTable::called(table, snapshot, datasource)
    }

    /// The rows of another table with a data source's columns.
    pub(crate) fn called(table: String, snapshot: Snapshot, datasource: Arc<Datasource>) -> StoredTable {
        let n_rows = snapshot.table(&table).map_or(0, |table| table.rows());
        StoredTable { columns: columns(&datasource), snapshot, table, datasource, n_rows }
    }
}

/// The columns of a data source.
pub(crate) fn columns(datasource: &Datasource) -> Vec<TableColumn> {
    let column = |column: &crate::resource::TableColumn| TableColumn {
        name: column.name.clone(),
        ty: column.ty.clone(),
        kind: column.default.clone().map_or(ColumnKind::Ordinary, ColumnKind::Default),
    };
    datasource.columns.iter().map(column).collect()
}

impl fmt::Debug for StoredTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.datasource.name)
    }
}

impl Table for StoredTable {
    fn columns(&self) -> &[TableColumn] {
        &self.columns
    }

    fn engine(&self) -> &str {
        &self.datasource.engine
    }

    fn supports_final(&self) -> bool {
        !matches!(self.datasource.engine.as_str(), "MergeTree" | "Null")
    }

    fn row_count(&self) -> Option<u64> {
        Some(self.n_rows)
    }

    fn estimate(&self, request: &ScanRequest) -> Option<ReadEstimate> {
        let request = storage_request(&self.datasource, request);
        let found = self.snapshot.estimate(&self.table, &request).ok()?;
        Some(ReadEstimate {
            parts_total: found.parts_total,
            parts: found.parts,
            marks_total: found.granules_total,
            marks: found.granules,
            rows_total: found.rows_total,
            rows: found.rows,
            bytes: found.bytes,
        })
    }

    fn keys(&self) -> TableKeys {
        let definition = &self.datasource.definition;
        let sampling = self.datasource.engine_options.iter().find(|(name, _)| name == "sampling_key");
        TableKeys {
            sorting: definition.sorting_key.clone(),
            partition: definition.partition_key.clone(),
            sampling: sampling.map(|(_, key)| key.clone()).filter(|key| !key.is_empty()),
        }
    }

    fn parts(&self) -> Vec<StoredPart> {
        /// Rows per mark.
        const GRANULE: u64 = 8_192;
        let Some(table) = self.snapshot.table(&self.table) else { return Vec::new() };
        let part = |(number, part): (usize, kinglet_storage::PartInfo)| {
            let partition = if part.partition.is_empty() { "all" } else { &part.partition };
            StoredPart {
                name: format!("{partition}_{0}_{0}_{1}", number + 1, part.level),
                partition: part.partition.clone(),
                rows: part.rows,
                marks: part.rows.div_ceil(GRANULE),
                bytes_on_disk: part.bytes,
                uncompressed_bytes: part.memory_bytes,
                level: part.level,
                created_seconds: i64::try_from(part.created_millis / 1_000).unwrap_or(0),
                path: part.path,
            }
        };
        table.parts().into_iter().enumerate().map(part).collect()
    }

    fn scan(&self, request: &ScanRequest) -> Result<BoxStream<'static, Result<RecordBatch>>> {
        let left_out = request.left_out.clone();
        let request = storage_request(&self.datasource, request);
        let (snapshot, name) = (self.snapshot.clone(), self.table.clone());
        // The engine runs on this thread alone; the disk's futures need not be Send.
        let batches = stream::once(async move {
            let mut scan = snapshot.prepare_scan(&name, &request).await.map_err(failed)?;
            let mut told = 0;
            let batches = std::iter::from_fn(move || {
                let batch = scan.next();
                let now = scan.statistics().rows_left_out;
                left_out.add(now.saturating_sub(told));
                told = now;
                batch
            });
            Ok::<_, SqlError>(stream::iter(batches.map(|batch| batch.map_err(failed))))
        })
        .try_flatten();
        Ok(SendWrapper::new(batches).boxed())
    }
}

fn failed(error: kinglet_storage::StorageError) -> SqlError {
    SqlError::new(ErrorCode::LOGICAL_ERROR, error.to_string())
}

fn storage_request(datasource: &Datasource, request: &ScanRequest) -> kinglet_storage::ScanRequest {
    let filters: Vec<kinglet_storage::ColumnFilter> =
        request.filters.iter().flat_map(|filter| column_filters(datasource, filter)).collect();
    let key = &datasource.definition.sorting_key;
    let key_filters = filters.iter().filter_map(|filter| {
        let column = datasource.columns.get(filter.column)?;
        let position = key.iter().position(|element| *element == column.name)?;
        Some(kinglet_storage::KeyFilter { position, test: filter.test.clone() })
    });
    kinglet_storage::ScanRequest {
        projection: Some(request.projection.clone()),
        key_filters: key_filters.collect(),
        filters,
        limit: request.limit,
        combine: request.is_final,
        in_key_order: false,
        last_first: false,
    }
}

/// The condition as the store tests it: a pattern's start is a range besides.
fn column_filters(datasource: &Datasource, filter: &ColumnFilter) -> Vec<kinglet_storage::ColumnFilter> {
    let value = filter.values.first().and_then(|value| value.to_array().ok());
    let text = value.as_ref().and_then(|value| value.as_binary_view_opt()).filter(|text| text.len() == 1);
    let text = text.map_or(&[][..], |text| text.value(0));
    let on = |test| kinglet_storage::ColumnFilter { column: filter.column, test };
    match filter.comparison {
        Comparison::HasToken => {
            let words = vec![text.to_vec()];
            vec![on(ValueTest::Text(TextTest { words, ..TextTest::default() }))]
        }
        Comparison::Like => {
            let known = pattern::known(text);
            let layout =
                datasource.definition.schema.fields().get(filter.column).map(|field| field.data_type());
            let mut filters = vec![on(ValueTest::Text(known.text))];
            if !known.prefix.is_empty() && layout == Some(&DataType::BinaryView) {
                let bound = |text: Vec<u8>, inclusive| Bound {
                    value: Arc::new(BinaryViewArray::from_iter_values([text])),
                    inclusive,
                };
                let upper = pattern::after(&known.prefix).map(|end| bound(end, false));
                filters.push(on(ValueTest::Range { lower: Some(bound(known.prefix, true)), upper }));
            }
            filters
        }
        _ => column_filter(datasource, filter).into_iter().collect(),
    }
}

/// The condition as the store tests it. Floats are left out: NaN is in no order.
fn column_filter(datasource: &Datasource, filter: &ColumnFilter) -> Option<kinglet_storage::ColumnFilter> {
    let layout = datasource.definition.schema.fields().get(filter.column)?.data_type().clone();
    if layout.is_floating() {
        return None;
    }
    let values = filter.values.iter().map(|value| value.to_array().ok()).collect::<Option<Vec<_>>>()?;
    if values.iter().any(|value| value.data_type() != &layout) {
        return None;
    }
    let first = values.first()?.clone();
    let bound = |inclusive| Some(Bound { value: first.clone(), inclusive });
    let test = match filter.comparison {
        Comparison::Equal => ValueTest::equal(first),
        Comparison::In => {
            let values: Vec<&dyn arrow::array::Array> = values.iter().map(|value| &**value).collect();
            ValueTest::In(arrow::compute::concat(&values).ok()?)
        }
        Comparison::Less => ValueTest::Range { lower: None, upper: bound(false) },
        Comparison::LessOrEqual => ValueTest::Range { lower: None, upper: bound(true) },
        Comparison::Greater => ValueTest::Range { lower: bound(false), upper: None },
        Comparison::GreaterOrEqual => ValueTest::Range { lower: bound(true), upper: None },
        Comparison::Like | Comparison::HasToken => return None,
    };
    Some(kinglet_storage::ColumnFilter { column: filter.column, test })
}

/// Rows at hand under a data source's columns: the block that a materialized view sees.
pub(crate) struct BlockTable {
    columns: Vec<TableColumn>,
    rows: Vec<RecordBatch>,
}

impl BlockTable {
    pub(crate) fn new(datasource: &Datasource, rows: Vec<RecordBatch>) -> BlockTable {
        BlockTable { columns: columns(datasource), rows }
    }
}

impl fmt::Debug for BlockTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "block of {} batches", self.rows.len())
    }
}

impl Table for BlockTable {
    fn columns(&self) -> &[TableColumn] {
        &self.columns
    }

    fn row_count(&self) -> Option<u64> {
        Some(self.rows.iter().map(|batch| batch.num_rows() as u64).sum())
    }

    fn scan(&self, request: &ScanRequest) -> Result<BoxStream<'static, Result<RecordBatch>>> {
        let project = |batch: &RecordBatch| {
            batch
                .project(&request.projection)
                .map_err(|error| SqlError::new(ErrorCode::LOGICAL_ERROR, error.to_string()))
        };
        let batches: Vec<Result<RecordBatch>> = self.rows.iter().map(project).collect();
        Ok(stream::iter(batches).boxed())
    }
}
