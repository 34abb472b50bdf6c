//! Which granules are in which row group.

use parquet::file::metadata::ParquetMetaData;

/// The first granule of each row group, and the end.
#[derive(Debug)]
pub(crate) struct RowGroups {
    starts: Vec<usize>,
}

impl RowGroups {
    pub(crate) fn new(metadata: &ParquetMetaData, granule_rows: usize) -> Self {
        let mut starts = vec![0];
        let mut rows = 0usize;
        for group in metadata.row_groups() {
            rows += group.num_rows().max(0) as usize;
            starts.push(rows.div_ceil(granule_rows.max(1)));
        }
        RowGroups { starts }
    }

    /// The row group that holds a granule, and its first granule and the one after its last.
    pub(crate) fn of(&self, granule: usize) -> Option<(usize, usize, usize)> {
        let group = self.starts.partition_point(|start| *start <= granule).checked_sub(1)?;
        Some((group, *self.starts.get(group)?, *self.starts.get(group + 1)?))
    }
}
