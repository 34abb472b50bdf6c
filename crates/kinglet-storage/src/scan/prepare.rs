//! From a request to a running scan: choosing granules, opening files, joining the sources.

use std::sync::Arc;

use arrow::record_batch::RecordBatch;

use super::{Narrowing, Scan, ScanCounters, ScanRequest, count};
use crate::cache::CacheFill;
use crate::catalog::Table;
use crate::engine::{CombineStage, TableEngine};
use crate::error::StorageError;
use crate::merge::{Batches, Combining, Ranged, merge_ranged};
use crate::part::{Part, PartScan, RowTests, ScanContext};
use crate::prune::Pruning;
use crate::schema::row_bytes;
use crate::store::Store;

/// A part and its granules to read.
type Selected = (Arc<Part>, Vec<usize>);

/// Opens what the request needs.
pub(crate) async fn prepare(
    store: &Store,
    table: &Table,
    request: &ScanRequest,
) -> Result<Scan, StorageError> {
    let schema = &table.definition.schema;
    let wanted = request.projection.clone().unwrap_or_else(|| (0..schema.fields().len()).collect());
    if let Some(bad) = wanted.iter().find(|column| **column >= schema.fields().len()) {
        return Err(StorageError::Invalid(format!("The table has no column number {bad}")));
    }
    let engine = table.engine(&*store.environment().engines)?;
    let combine = engine.combine.clone().filter(|_| request.combine);
    let ordered = combine.is_some() || request.in_key_order;
    let columns = if ordered { with_required(&wanted, engine, combine.is_some()) } else { wanted.clone() };
    let pruning = Pruning::new(request, schema, &engine.keys.key_columns(), combine.is_some());
    let mut context = store.scan_context(table, columns.clone().into(), CacheFill::All)?;
    let narrowing = Narrowing::new(schema.clone(), engine.keys.key_columns(), combine.is_some());
    let narrowing = Arc::new(narrowing);
    context.narrowing = Some(narrowing.clone());
    context.row_tests =
        Arc::new(RowTests::new(request, schema, &engine.keys.key_columns(), combine.is_some()));
    let counters = context.counters.clone();
    count(&counters.parts_total, table.parts.len() as u64);
    let mut selected = select(table, &pruning, &context)?;
    skip(store, &pruning, &context, &mut selected).await?;
    let last_first = request.last_first && !ordered;
    if last_first {
        selected.iter_mut().for_each(|(_, granules)| granules.reverse());
    }
    let granule_rows = store.settings().granule_rows;
    if estimate(&selected, &columns, granule_rows as u64) > store.settings().cache_bytes as u64 {
        context.cache_fill = CacheFill::Room;
    }
    let mut sources = Vec::new();
    for (part, granules) in selected {
        count(&counters.parts_read, 1);
        let pin = Arc::new(store.files().pin(&part.file).await?);
        let meta = part.meta(schema)?;
        let range = meta.index.key_range().filter(|_| ordered);
        sources.push(Ranged {
            range: range.map(|(first, last)| (first.to_vec(), last.to_vec())),
            unique: part.unique_keys,
            rows: Box::new(PartScan::new(context.clone(), part, pin, granules)?),
        });
    }
    let buffered = buffered(table, &columns, engine, ordered, &counters)?;
    for batch in buffered {
        let rows = pieces(batch.clone(), granule_rows);
        sources.push(if ordered {
            Ranged::of_batch(&batch, rows, &*engine.keys)?
        } else {
            Ranged { rows, range: None, unique: false }
        });
    }
    if last_first {
        sources.reverse();
    }
    let combining = combine.map(|combine| Combining::new(combine, CombineStage::Final));
    let rows: Batches = if ordered {
        merge_ranged(sources, &engine.keys, combining.as_ref(), granule_rows)
    } else {
        Box::new(sources.into_iter().flat_map(|source| source.rows))
    };
    Ok(Scan {
        schema: Arc::new(schema.project(&wanted)?),
        rows,
        give: (columns != wanted).then(|| (0..wanted.len()).collect()),
        left: request.limit.unwrap_or(usize::MAX),
        counters,
        narrowing,
    })
}

/// The wanted columns, then those that keys and combiner need besides.
fn with_required(wanted: &[usize], engine: &TableEngine, combines: bool) -> Vec<usize> {
    let mut columns = wanted.to_vec();
    let mut required = engine.keys.required_columns();
    if let Some(combine) = engine.combine.as_ref().filter(|_| combines) {
        required.extend(combine.required_columns());
    }
    for column in required {
        if !columns.contains(&column) {
            columns.push(column);
        }
    }
    columns
}

fn select(table: &Table, pruning: &Pruning, context: &ScanContext) -> Result<Vec<Selected>, StorageError> {
    let mut selected = Vec::new();
    for part in table.live_parts() {
        let meta = part.meta(&context.table_schema)?;
        count(&context.counters.granules_total, meta.index.granules() as u64);
        let granules = pruning.granules(&meta.index);
        if !granules.is_empty() {
            selected.push((part.clone(), granules));
        }
    }
    Ok(selected)
}

/// Leaves out what the parts' skip indexes say holds no wanted rows.
async fn skip(
    store: &Store,
    pruning: &Pruning,
    context: &ScanContext,
    selected: &mut Vec<Selected>,
) -> Result<(), StorageError> {
    for (part, granules) in selected.iter_mut() {
        let meta = part.meta(&context.table_schema)?;
        let mut places = pruning.skips(&meta.index).peekable();
        if places.peek().is_none() {
            continue;
        }
        let pin = store.files().pin(&part.file).await?;
        for place in places {
            if granules.is_empty() {
                break;
            }
            let entries = part.skip_entries(place, &meta, &pin, &context.counters)?;
            pruning.skip(granules, place.column, &entries);
        }
    }
    selected.retain(|(_, granules)| !granules.is_empty());
    Ok(())
}

/// Bytes in memory of the columns in the granules, about.
fn estimate(selected: &[Selected], columns: &[usize], granule_rows: u64) -> u64 {
    let bytes = |(part, granules): &Selected| -> u64 {
        let rows = (granules.len() as u64 * granule_rows).min(part.rows);
        columns.iter().map(|column| part.bytes_of(*column, rows)).sum()
    };
    selected.iter().map(bytes).sum()
}

/// The rows that are in no part yet, each batch sorted if asked for.
fn buffered(
    table: &Table,
    columns: &[usize],
    engine: &TableEngine,
    ordered: bool,
    counters: &ScanCounters,
) -> Result<Vec<RecordBatch>, StorageError> {
    let chunks = table.buffer.chunks().iter().map(|chunk| {
        let rows = if ordered { chunk.sorted(&*engine.keys)? } else { chunk.rows().clone() };
        Ok(rows.project(columns)?)
    });
    let chunks = chunks.collect::<Result<Vec<_>, StorageError>>()?;
    count(&counters.bytes_read, chunks.iter().map(row_bytes).sum::<usize>() as u64);
    Ok(chunks)
}

/// A batch in pieces of at most so many rows.
fn pieces(batch: RecordBatch, most: usize) -> Batches {
    let starts = (0..batch.num_rows()).step_by(most.max(1));
    Box::new(starts.map(move |start| Ok(batch.slice(start, most.min(batch.num_rows() - start)))))
}
