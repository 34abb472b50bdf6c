//! The store's numbers.

/// Sizes and ages that steer the store. The defaults are what is tested and measured.
#[derive(Clone, Debug, PartialEq)]
pub struct StoreSettings {
    /// Rows of a granule: the unit of reading, of marks and of Parquet pages.
    pub granule_rows: usize,
    /// Granules of a row group.
    pub row_group_granules: usize,
    /// Compression of new parts.
    pub compression: PartCompression,
    /// An insert of at most this many rows goes to the log first and becomes a part later.
    pub write_ahead_rows: usize,
    /// Combine the rows of each insert as a merge would, before they are stored (`optimize_on_insert`).
    pub combine_on_insert: bool,
    /// Rows of a table kept in memory and log before they become a part.
    pub flush_rows: usize,
    /// Bytes of such rows before they become a part.
    pub flush_bytes: usize,
    /// Age in milliseconds at which such rows become a part, however few.
    pub flush_age_millis: u64,
    /// Parts of at most this many bytes share pack files.
    pub packed_part_bytes: usize,
    /// Size at which a pack file takes no more parts.
    pub pack_file_bytes: u64,
    /// Files held open at once when no scan needs more.
    pub open_files: usize,
    /// Bytes of log that a checkpoint replaces.
    pub checkpoint_log_bytes: u64,
    /// Deduplication tokens remembered per table.
    pub dedup_tokens: usize,
    /// Bytes kept aside so that deleting works on a full disk.
    pub reserve_bytes: u64,
    /// Most bytes of scratch files.
    pub scratch_bytes: u64,
    /// Bytes of decoded columns kept in memory.
    pub cache_bytes: usize,
    /// How long a part that a merge has made is left alone when more of its rows expire, in milliseconds.
    pub expiry_rest_millis: u64,
    /// When and what to merge.
    pub merge: MergeSettings,
}

/// How the pages of a part are compressed.
///
/// Measured by the `throughput` example on events of 8 columns (65.0 bytes per row as they are): LZ4 leaves 28.9
/// bytes and reads 7.5 M rows/s cold, Zstandard 21.1 bytes and 6.6 M rows/s; merging takes 1.4 times as long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartCompression {
    /// Not at all.
    None,
    /// LZ4: larger, quicker to read.
    Lz4,
    /// Zstandard at this level: smaller, slower to read.
    Zstd(i32),
}

/// When and what to merge.
#[derive(Clone, Debug, PartialEq)]
pub struct MergeSettings {
    /// Most parts merged at once.
    pub max_parts: usize,
    /// Most bytes merged at once.
    pub max_bytes: u64,
    /// Bytes every part counts for at least, so that many small parts are worth a merge.
    pub part_cost_bytes: u64,
    /// A merge is worth its work when all parts together are at least this many times the largest.
    pub min_ratio: f64,
    /// Parts of one partition above which `min_ratio` counts less and less.
    pub relaxed_parts: usize,
}

impl Default for StoreSettings {
    fn default() -> Self {
        StoreSettings {
            granule_rows: 8192,
            row_group_granules: 32,
            compression: PartCompression::Lz4,
            write_ahead_rows: 4096,
            combine_on_insert: true,
            flush_rows: 65_536,
            flush_bytes: 8 << 20,
            flush_age_millis: 60_000,
            packed_part_bytes: 1 << 20,
            pack_file_bytes: 32 << 20,
            open_files: 128,
            checkpoint_log_bytes: 16 << 20,
            dedup_tokens: 1000,
            reserve_bytes: 256 << 10,
            scratch_bytes: 2 << 30,
            cache_bytes: 256 << 20,
            expiry_rest_millis: 600_000,
            merge: MergeSettings::default(),
        }
    }
}

impl Default for MergeSettings {
    fn default() -> Self {
        MergeSettings {
            max_parts: 32,
            max_bytes: 512 << 20,
            part_cost_bytes: 256 << 10,
            min_ratio: 3.0,
            relaxed_parts: 16,
        }
    }
}
