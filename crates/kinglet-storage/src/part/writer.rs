//! Writing a part: granule by granule, to memory while it is small and to a file of its own once it is not.

use std::sync::Arc;
use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;

use arrow::array::ArrayRef;
use arrow::compute::concat_batches;
use arrow::datatypes::SchemaRef;
use arrow::record_batch::RecordBatch;
use bytes::Bytes;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};

use crate::clock::{Clock, TURN_MILLIS};
use crate::engine::{KeyEvaluator, RowExpiry, SkipIndex, TableEngine};
use crate::error::StorageError;
use crate::files::{Files, Pin, Unflushed};
use crate::ordered::{self, Order};
use crate::part::checksum::BlockChecksums;
use crate::part::facts::{Due, PartFacts};
use crate::part::index::{GranuleBounds, GranuleIndex};
use crate::part::mark::mark;
use crate::part::skip::SkipBuilder;
use crate::part::{Part, PartId};
use crate::schema::value_bytes;
use crate::settings::{PartCompression, StoreSettings};

/// A dictionary larger than this costs a point lookup more than it saves.
const DICTIONARY_BYTES: usize = 128 << 10;

/// A row group ends early when it takes this much memory while it is written.
const ROW_GROUP_BYTES: usize = 32 << 20;

/// What all parts of a table have in common.
#[derive(Clone, Debug)]
pub(crate) struct WriterOptions {
    pub(crate) schema: SchemaRef,
    pub(crate) keys: Arc<dyn KeyEvaluator>,
    pub(crate) expiry: Option<Arc<dyn RowExpiry>>,
    pub(crate) indexes: Vec<SkipIndex>,
    pub(crate) granule_rows: usize,
    pub(crate) row_group_granules: usize,
    pub(crate) compression: PartCompression,
    pub(crate) packed_part_bytes: usize,
    pub(crate) clock: Arc<dyn Clock>,
}

impl WriterOptions {
    pub(crate) fn new(
        schema: SchemaRef,
        engine: &TableEngine,
        settings: &StoreSettings,
        clock: Arc<dyn Clock>,
    ) -> Self {
        WriterOptions {
            schema,
            keys: engine.keys.clone(),
            expiry: engine.expiry.clone(),
            indexes: engine.indexes.clone(),
            granule_rows: settings.granule_rows.max(1),
            row_group_granules: settings.row_group_granules.max(1),
            compression: settings.compression,
            packed_part_bytes: settings.packed_part_bytes,
            clock,
        }
    }
}

/// Takes rows sorted by key and makes a part of them.
pub(crate) struct PartWriter {
    options: WriterOptions,
    files: Arc<Files>,
    level: u32,
    partition: String,
    parquet: ArrowWriter<Vec<u8>>,
    index: GranuleIndex,
    checksums: BlockChecksums,
    pending: Vec<RecordBatch>,
    pending_rows: usize,
    granules_in_group: usize,
    column_bytes: Vec<u64>,
    /// The key of the last row so far, for the last mark.
    last_key: Option<Vec<ArrayRef>>,
    marks: bool,
    target: Target,
    unique_keys: bool,
    skips: Vec<SkipBuilder>,
    /// When the first row expires, in milliseconds since 1970.
    first_due: i64,
    /// When other work had its last turn, in milliseconds since 1970.
    turn: u64,
}

enum Target {
    Memory(Vec<u8>),
    File { pin: Pin, written: u64 },
}

impl PartWriter {
    pub(crate) fn new(
        options: WriterOptions,
        files: Arc<Files>,
        level: u32,
        partition: String,
    ) -> Result<Self, StorageError> {
        let parquet_options =
            ArrowWriterOptions::new().with_properties(properties(&options)).with_skip_arrow_metadata(true);
        let parquet = ArrowWriter::try_new_with_options(Vec::new(), options.schema.clone(), parquet_options)?;
        let columns = options.schema.fields().iter();
        let index = GranuleIndex {
            granule_rows: options.granule_rows,
            columns: columns
                .map(|field| Order::of(field.data_type()).map(|_| GranuleBounds::default()))
                .collect(),
            ..GranuleIndex::default()
        };
        let turn = options.clock.now_millis();
        let skips = options.indexes.iter().cloned().map(SkipBuilder::new).collect();
        let column_bytes = vec![0; options.schema.fields().len()];
        Ok(PartWriter {
            options,
            files,
            level,
            partition,
            parquet,
            index,
            checksums: BlockChecksums::default(),
            pending: Vec::new(),
            pending_rows: 0,
            granules_in_group: 0,
            column_bytes,
            last_key: None,
            marks: true,
            target: Target::Memory(Vec::new()),
            unique_keys: false,
            skips,
            first_due: i64::MAX,
            turn,
        })
    }

    /// Notes that no two rows have the same sorting key.
    pub(crate) fn set_unique_keys(&mut self, unique: bool) {
        self.unique_keys = unique;
    }

    /// Takes more rows.
    pub(crate) async fn write(&mut self, rows: RecordBatch) -> Result<(), StorageError> {
        let granule_rows = self.options.granule_rows;
        let mut rows = RecordBatch::try_new(self.options.schema.clone(), rows.columns().to_vec())?;
        while self.pending_rows + rows.num_rows() >= granule_rows {
            let take = granule_rows - self.pending_rows;
            self.pending.push(rows.slice(0, take));
            rows = rows.slice(take, rows.num_rows() - take);
            self.write_pending().await?;
            self.give_turn().await;
        }
        if rows.num_rows() > 0 {
            self.pending_rows += rows.num_rows();
            self.pending.push(rows);
        }
        Ok(())
    }

    /// Lets other work go on if this has taken long.
    async fn give_turn(&mut self) {
        let clock = &self.options.clock;
        if clock.now_millis() >= self.turn.saturating_add(TURN_MILLIS) {
            clock.pause().await;
            self.turn = clock.now_millis();
        }
    }

    async fn write_pending(&mut self) -> Result<(), StorageError> {
        let granule = match self.pending.as_slice() {
            [one] => one.clone(),
            many => concat_batches(&self.options.schema, many)?,
        };
        self.pending.clear();
        self.pending_rows = 0;
        self.index_granule(&granule)?;
        self.parquet.write(&granule)?;
        self.granules_in_group += 1;
        let full = self.granules_in_group == self.options.row_group_granules;
        if full || self.parquet.in_progress_size() > ROW_GROUP_BYTES {
            self.parquet.flush()?;
            self.granules_in_group = 0;
            self.move_on().await?;
        }
        Ok(())
    }

    fn index_granule(&mut self, granule: &RecordBatch) -> Result<(), StorageError> {
        self.index.rows += granule.num_rows() as u64;
        for (bytes, column) in self.column_bytes.iter_mut().zip(granule.columns()) {
            *bytes += value_bytes(column) as u64;
        }
        for (bounds, column) in self.index.columns.iter_mut().zip(granule.columns()) {
            if let (Some(bounds), Some(found)) = (bounds, ordered::bounds(column)) {
                bounds.push(found);
            }
        }
        for skip in &mut self.skips {
            if let Some(column) = granule.columns().get(skip.column()) {
                skip.push(column, self.options.granule_rows)?;
            }
        }
        if let Some(expiry) = &self.options.expiry {
            let due = arrow::compute::min(&expiry.due(granule)?);
            self.first_due = due.unwrap_or(i64::MAX).min(self.first_due);
        }
        let keys = self.options.keys.sorting_key(granule)?;
        let columns = self.options.keys.key_columns();
        if self.index.keys.is_empty() {
            let computed = |column: Option<usize>| column.is_none().then(GranuleBounds::default);
            self.index.keys = (0..keys.len()).map(|i| computed(columns.get(i).copied().flatten())).collect();
        }
        for (bounds, key) in self.index.keys.iter_mut().zip(&keys) {
            if let Some(computed) = bounds {
                match ordered::bounds(key) {
                    Some(found) => computed.push(found),
                    None => *bounds = None,
                }
            }
        }
        match mark(&keys, 0).filter(|_| self.marks) {
            Some(first) => self.index.marks.push(&first),
            None => self.marks = false,
        }
        let last = granule.num_rows().saturating_sub(1);
        self.last_key = Some(keys.iter().map(|key| key.slice(last, 1)).collect());
        Ok(())
    }

    /// Moves what the encoder has put out to where it belongs.
    async fn move_on(&mut self) -> Result<(), StorageError> {
        self.parquet.sync().map_err(|error| StorageError::Compute(error.to_string()))?;
        let bytes = std::mem::take(self.parquet.inner_mut());
        self.checksums.push(&bytes);
        self.put(bytes).await
    }

    async fn put(&mut self, bytes: Vec<u8>) -> Result<(), StorageError> {
        if let Target::Memory(held) = &mut self.target {
            if held.is_empty() {
                *held = bytes;
            } else {
                held.extend_from_slice(&bytes);
            }
            if held.len() <= self.options.packed_part_bytes {
                return Ok(());
            }
            let held = std::mem::take(held);
            let pin = self.files.create().await?;
            pin.write_at(0, &held)?;
            self.target = Target::File { pin, written: held.len() as u64 };
            return Ok(());
        }
        if let Target::File { pin, written } = &mut self.target {
            pin.write_at(*written, &bytes)?;
            *written += bytes.len() as u64;
        }
        Ok(())
    }

    /// Ends the part; `None` if there were no rows. Its file is to be flushed before anything names it.
    pub(crate) async fn finish(
        mut self,
        unflushed: &mut Unflushed,
    ) -> Result<Option<Arc<Part>>, StorageError> {
        if self.pending_rows > 0 {
            self.write_pending().await?;
        }
        if self.index.rows == 0 {
            return Ok(None);
        }
        self.parquet.flush()?;
        self.write_skips()?;
        self.move_on().await?;
        let created_millis = self.options.clock.now_millis();
        self.index.facts = Some(PartFacts {
            level: self.level,
            created_millis,
            partition: self.partition.clone(),
            unique_keys: self.unique_keys,
            column_bytes: self.column_bytes.clone(),
            due: self
                .options
                .expiry
                .as_ref()
                .map(|expiry| Due { rule: expiry.rule().to_owned(), first: self.first_due }),
        });
        let (index_bytes, tail) = self.finish_parquet()?;
        self.put(tail.clone()).await?;
        let (pin, offset, bytes) = match self.target {
            Target::File { pin, written } => (pin, 0, written),
            Target::Memory(held) => {
                let (pin, offset) = self.files.append_to_pack(&held).await?;
                (pin, offset, held.len() as u64)
            }
        };
        let file = pin.file().clone();
        unflushed.add(pin)?;
        Ok(Some(Arc::new(Part {
            id: PartId(self.files.new_id()),
            file,
            offset,
            bytes,
            rows: self.index.rows,
            column_bytes: self.column_bytes,
            level: self.level,
            partition: self.partition,
            created_millis,
            index_bytes,
            tail: Bytes::from(tail),
            unique_keys: self.unique_keys,
            damaged: AtomicBool::new(false),
            meta: OnceLock::new(),
        })))
    }

    /// Puts the skip indexes behind the row groups.
    fn write_skips(&mut self) -> Result<(), StorageError> {
        for skip in std::mem::take(&mut self.skips) {
            let (bytes, place) = skip.finish(self.parquet.bytes_written() as u64);
            self.parquet.write_all(&bytes).map_err(|error| StorageError::Compute(error.to_string()))?;
            self.index.skips.push(place);
        }
        Ok(())
    }

    /// Our own block and the Parquet footer behind it, and the length of the former.
    fn finish_parquet(&mut self) -> Result<(usize, Vec<u8>), StorageError> {
        (self.index.checksums, self.index.data_bytes) = std::mem::take(&mut self.checksums).finish();
        let last = self.last_key.take().and_then(|keys| mark(&keys, 0)).filter(|_| self.marks);
        match last {
            Some(last) => self.index.marks.push(&last),
            None => self.index.marks = Default::default(),
        }
        let block = self.index.encode();
        let place = format!("{},{},{}", self.index.data_bytes, block.len(), crc32c::crc32c(&block));
        self.parquet.append_key_value_metadata(KeyValue::new("kinglet.index".to_owned(), place));
        self.parquet.write_all(&block).map_err(|error| StorageError::Compute(error.to_string()))?;
        self.parquet.finish()?;
        Ok((block.len(), std::mem::take(self.parquet.inner_mut())))
    }
}

fn properties(options: &WriterOptions) -> WriterProperties {
    let compression = match options.compression {
        PartCompression::None => Compression::UNCOMPRESSED,
        PartCompression::Lz4 => Compression::LZ4_RAW,
        PartCompression::Zstd(level) => Compression::ZSTD(ZstdLevel::try_new(level).unwrap_or_default()),
    };
    WriterProperties::builder()
        .set_compression(compression)
        .set_statistics_enabled(EnabledStatistics::None)
        .set_dictionary_page_size_limit(DICTIONARY_BYTES)
        .set_data_page_size_limit(usize::MAX)
        .set_data_page_row_count_limit(options.granule_rows)
        .set_write_batch_size(options.granule_rows)
        .set_max_row_group_row_count(None)
        .set_created_by(format!("kinglet {}", env!("CARGO_PKG_VERSION")))
        .build()
}
