//! Deleting rows: parts that hold some are written again without them.

use std::sync::Arc;

use arrow::array::Array;
use arrow::compute::{filter_record_batch, not, prep_null_mask_filter};
use arrow::record_batch::RecordBatch;

use crate::cache::CacheFill;
use crate::catalog::Table;
use crate::engine::RowFilter;
use crate::error::StorageError;
use crate::files::Unflushed;
use crate::part::{Part, PartId, PartScan, PartWriter};
use crate::prune::Pruning;
use crate::scan::{ColumnFilter, ScanRequest};
use crate::store::Store;
use crate::table::TableId;

/// The parts to drop and those in their place. Merges must not run meanwhile.
pub(crate) async fn rewrite(
    store: &Store,
    id: TableId,
    filter: &dyn RowFilter,
    hints: &[ColumnFilter],
    unflushed: &mut Unflushed,
) -> Result<(Vec<PartId>, Vec<Arc<Part>>), StorageError> {
    store.flush_table(id).await?;
    let catalog = store.state().catalog.clone();
    let table = catalog.table(id)?;
    let request = ScanRequest { filters: hints.to_vec(), ..ScanRequest::default() };
    let pruning = Pruning::new(&request, &table.definition.schema, &[], false);
    let (mut dropped, mut added) = (Vec::new(), Vec::new());
    for part in table.live_parts() {
        let candidates = pruning.granules(&part.meta(&table.definition.schema)?.index);
        if !holds_match(store, table, part, candidates, filter).await? {
            continue;
        }
        dropped.push(part.id);
        added.extend(without(store, table, part, filter, unflushed).await?);
    }
    Ok((dropped, added))
}

async fn scan(
    store: &Store,
    table: &Table,
    part: &Arc<Part>,
    granules: Vec<usize>,
) -> Result<PartScan, StorageError> {
    let columns = (0..table.definition.schema.fields().len()).collect();
    let context = store.scan_context(table, columns, CacheFill::Nothing)?;
    PartScan::new(context, part.clone(), Arc::new(store.files().pin(&part.file).await?), granules)
}

async fn holds_match(
    store: &Store,
    table: &Table,
    part: &Arc<Part>,
    granules: Vec<usize>,
    filter: &dyn RowFilter,
) -> Result<bool, StorageError> {
    if granules.is_empty() {
        return Ok(false);
    }
    for rows in scan(store, table, part, granules).await? {
        if filter.matches(&rows?)?.true_count() > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The part without the rows that match, as a new part; none if all do.
async fn without(
    store: &Store,
    table: &Table,
    part: &Arc<Part>,
    filter: &dyn RowFilter,
    unflushed: &mut Unflushed,
) -> Result<Option<Arc<Part>>, StorageError> {
    let all = (0..part.meta(&table.definition.schema)?.index.granules()).collect();
    let options = store.writer_options(table)?;
    let mut writer = PartWriter::new(options, store.files().clone(), part.level, part.partition.clone())?;
    writer.set_unique_keys(part.unique_keys);
    for rows in scan(store, table, part, all).await? {
        writer.write(keep(&rows?, filter)?).await?;
    }
    writer.finish(unflushed).await
}

fn keep(rows: &RecordBatch, filter: &dyn RowFilter) -> Result<RecordBatch, StorageError> {
    let matches = filter.matches(rows)?;
    let matches = if matches.null_count() > 0 { prep_null_mask_filter(&matches) } else { matches };
    let keep = not(&matches)?;
    Ok(filter_record_batch(rows, &keep)?)
}
