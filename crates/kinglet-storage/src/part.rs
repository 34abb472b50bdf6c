//! Parts: immutable Parquet files, or stretches of a pack file, sorted by the sorting key.

mod checksum;
pub(crate) mod facts;
pub(crate) mod index;
pub(crate) mod mark;
mod row_group;
mod row_test;
mod scan;
pub(crate) mod skip;
mod source;
mod writer;

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use arrow::datatypes::{Schema, SchemaRef};
use bytes::Bytes;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions};
use parquet::file::metadata::{PageIndexPolicy, ParquetMetaDataReader};

use crate::codec::{Decoder, Encoder};
use crate::error::StorageError;
use crate::files::{FileId, Files, PartFile, Pin};
use crate::scan::ScanCounters;
use facts::PartFacts;
use index::GranuleIndex;
use skip::{SkipEntries, SkipPlace};

pub(crate) use row_test::RowTests;
pub(crate) use scan::{PartScan, ScanContext};
pub(crate) use writer::{PartWriter, WriterOptions};

/// Identity of a part: random, never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartId(pub u64);

impl fmt::Display for PartId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// What is known of a part without opening its file.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) id: PartId,
    pub(crate) file: Arc<PartFile>,
    /// Where the part is in its file.
    pub(crate) offset: u64,
    /// Bytes of the part: a whole Parquet file.
    pub(crate) bytes: u64,
    pub(crate) rows: u64,
    /// Bytes in memory of each stored column, the first so many of the table; the others came later.
    pub(crate) column_bytes: Vec<u64>,
    /// How many merges made it, one after the other.
    pub(crate) level: u32,
    /// The partition's value as text; empty without partitions.
    pub(crate) partition: String,
    /// No two rows have the same sorting key.
    pub(crate) unique_keys: bool,
    /// Milliseconds since 1970.
    pub(crate) created_millis: u64,
    /// Bytes of our own block, at the start of `tail`.
    index_bytes: usize,
    /// The end of the file from our own block on: block, offset indexes, Parquet footer.
    tail: Bytes,
    /// True once stored bytes were found to differ from what was written: scans leave the part out.
    damaged: AtomicBool,
    meta: OnceLock<Result<Arc<PartMeta>, StorageError>>,
}

/// A part's footer and index, decoded.
#[derive(Debug)]
pub(crate) struct PartMeta {
    pub(crate) reader: ArrowReaderMetadata,
    pub(crate) index: GranuleIndex,
    pub(crate) row_groups: row_group::RowGroups,
}

impl Part {
    /// The decoded footer; decoded at first use. `schema` is the table's.
    pub(crate) fn meta(&self, schema: &SchemaRef) -> Result<Arc<PartMeta>, StorageError> {
        self.meta.get_or_init(|| self.decode_meta(schema).map(Arc::new)).clone()
    }

    fn decode_meta(&self, schema: &SchemaRef) -> Result<PartMeta, StorageError> {
        let index = self.tail.get(..self.index_bytes).map(Bytes::copy_from_slice);
        let index = GranuleIndex::decode(index.ok_or_else(|| self.damage("its footer is too short"))?)?;
        let mut reader = ParquetMetaDataReader::new()
            .with_column_index_policy(PageIndexPolicy::Skip)
            .with_offset_index_policy(PageIndexPolicy::Required);
        reader.try_parse_sized(&self.tail, self.bytes)?;
        let metadata = Arc::new(reader.finish()?);
        let stored: Vec<_> = schema.fields().iter().take(self.column_bytes.len()).cloned().collect();
        let options = ArrowReaderOptions::new()
            .with_skip_arrow_metadata(true)
            .with_schema(Arc::new(Schema::new(stored)))
            .with_column_index_policy(PageIndexPolicy::Skip)
            .with_offset_index_policy(PageIndexPolicy::Required);
        let row_groups = row_group::RowGroups::new(&metadata, index.granule_rows);
        Ok(PartMeta { reader: ArrowReaderMetadata::try_new(metadata, options)?, index, row_groups })
    }

    /// A part in a file of its own, as the file's end describes it: `tail` is the file from our own block on.
    pub(crate) fn received(
        id: PartId,
        file: Arc<PartFile>,
        bytes: u64,
        rows: u64,
        facts: PartFacts,
        (index_bytes, tail): (usize, Bytes),
    ) -> Part {
        Part {
            id,
            file,
            offset: 0,
            bytes,
            rows,
            column_bytes: facts.column_bytes,
            level: facts.level,
            partition: facts.partition,
            unique_keys: facts.unique_keys,
            created_millis: facts.created_millis,
            index_bytes,
            tail,
            damaged: AtomicBool::new(false),
            meta: OnceLock::new(),
        }
    }

    /// When its first row expires by this rule, if that is known. `schema` is the table's.
    pub(crate) fn due(&self, schema: &SchemaRef, rule: &str) -> Result<Option<i64>, StorageError> {
        let meta = self.meta(schema)?;
        let due = meta.index.facts.as_ref().and_then(|facts| facts.due.as_ref());
        Ok(due.filter(|due| due.rule == rule).map(|due| due.first))
    }

    /// The entries of one of its skip indexes.
    pub(crate) fn skip_entries(
        &self,
        place: &SkipPlace,
        meta: &PartMeta,
        pin: &Pin,
        counters: &ScanCounters,
    ) -> Result<SkipEntries, StorageError> {
        let stretch = place.offset..place.offset.saturating_add(place.length);
        SkipEntries::decode(place, source::read_checked(self, meta, pin, counters, stretch)?)
    }

    /// Bytes of its rows in memory.
    pub(crate) fn memory_bytes(&self) -> u64 {
        self.column_bytes.iter().sum()
    }

    /// Bytes in memory of so many rows of a column, were all of the same size.
    pub(crate) fn bytes_of(&self, column: usize, rows: u64) -> u64 {
        let bytes = self.column_bytes.get(column).copied().unwrap_or_default();
        (u128::from(bytes) * u128::from(rows) / u128::from(self.rows.max(1))) as u64
    }

    pub(crate) fn damage(&self, what: &str) -> StorageError {
        StorageError::Damaged(format!("Part {} is damaged: {what}. It is set aside", self.id))
    }

    pub(crate) fn is_damaged(&self) -> bool {
        self.damaged.load(Ordering::Relaxed)
    }

    pub(crate) fn set_damaged(&self) {
        self.damaged.store(true, Ordering::Relaxed);
    }

    pub(crate) fn encode(&self, encoder: &mut Encoder) {
        encoder.fixed64(self.id.0);
        encoder.fixed64(self.file.id.0);
        for number in [
            self.offset,
            self.bytes,
            self.rows,
            u64::from(self.level),
            self.created_millis,
            self.column_bytes.len() as u64,
        ] {
            encoder.number(number);
        }
        self.column_bytes.iter().for_each(|bytes| encoder.number(*bytes));
        encoder.text(&self.partition);
        encoder.flag(self.unique_keys);
        encoder.flag(self.is_damaged());
        encoder.number(self.index_bytes as u64);
        encoder.bytes(&self.tail);
    }

    pub(crate) fn decode(decoder: &mut Decoder, files: &Files) -> Result<Part, StorageError> {
        Ok(Part {
            id: PartId(decoder.fixed64()?),
            file: files.named(FileId(decoder.fixed64()?)),
            offset: decoder.number()?,
            bytes: decoder.number()?,
            rows: decoder.number()?,
            level: decoder.number()? as u32,
            created_millis: decoder.number()?,
            column_bytes: decoder.numbers()?,
            partition: decoder.text()?,
            unique_keys: decoder.flag()?,
            damaged: AtomicBool::new(decoder.flag()?),
            index_bytes: decoder.number()? as usize,
            tail: Bytes::copy_from_slice(&decoder.bytes()?),
            meta: OnceLock::new(),
        })
    }
}
