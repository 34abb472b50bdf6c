//! What a scan would read, without reading.

use super::ScanRequest;
use crate::catalog::Table;
use crate::error::StorageError;
use crate::prune::Pruning;
use crate::store::Store;

/// What a scan would read, as key marks and bounds tell; skip indexes, which are in the parts' files, may leave out
/// more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReadEstimate {
    /// Parts in the table.
    pub parts_total: u64,
    /// Parts with granules to read.
    pub parts: u64,
    /// Granules in the table's parts.
    pub granules_total: u64,
    /// Granules to read.
    pub granules: u64,
    /// Rows in the table.
    pub rows_total: u64,
    /// Rows to read, those that are in no part yet among them.
    pub rows: u64,
    /// Bytes in memory of the columns to read, about.
    pub bytes: u64,
}

/// What `request` would read of a table.
pub(crate) fn estimate(
    store: &Store,
    table: &Table,
    request: &ScanRequest,
) -> Result<ReadEstimate, StorageError> {
    let schema = &table.definition.schema;
    let engine = table.engine(&*store.environment().engines)?;
    let combines = request.combine && engine.combine.is_some();
    let pruning = Pruning::new(request, schema, &engine.keys.key_columns(), combines);
    let all: Vec<usize> = (0..schema.fields().len()).collect();
    let columns = request.projection.as_deref().unwrap_or(&all);
    let buffered = table.buffer.rows() as u64;
    let mut estimate = ReadEstimate {
        parts_total: table.live_parts().count() as u64,
        rows_total: table.rows(),
        rows: buffered,
        ..ReadEstimate::default()
    };
    for part in table.live_parts() {
        let meta = part.meta(schema)?;
        let granules = pruning.granules(&meta.index);
        let rows: u64 = granules.iter().map(|granule| meta.index.rows_of(*granule) as u64).sum();
        estimate.granules_total += meta.index.granules() as u64;
        estimate.granules += granules.len() as u64;
        estimate.parts += u64::from(!granules.is_empty());
        estimate.rows += rows;
        estimate.bytes += columns.iter().map(|column| part.bytes_of(*column, rows)).sum::<u64>();
    }
    Ok(estimate)
}
