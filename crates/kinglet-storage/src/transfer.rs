//! Parts on their way out of a store and into one: a part is one Parquet file that says all there is to know of it.

use std::fmt;
use std::sync::Arc;

use arrow::datatypes::SchemaRef;
use bytes::Bytes;
use parquet::file::metadata::{PageIndexPolicy, ParquetMetaDataReader};

use crate::catalog::Table;
use crate::error::StorageError;
use crate::files::{Pin, Unflushed};
use crate::part::facts::PartFacts;
use crate::part::index::{BLOCK, GranuleIndex};
use crate::part::{Part, PartId};
use crate::snapshot::Snapshot;
use crate::store::Store;

/// Bytes of a part, a stretch at a time. Its file stays while this lives.
pub struct PartReader {
    pin: Pin,
    part: Arc<Part>,
}

impl fmt::Debug for PartReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PartReader").field(&self.part.id).finish()
    }
}

impl PartReader {
    /// Bytes of the whole part.
    pub fn size(&self) -> u64 {
        self.part.bytes
    }

    /// At most so many bytes from `offset`; none at the end.
    ///
    /// # Errors
    /// The disk fails.
    pub fn read(&self, offset: u64, most: usize) -> Result<Vec<u8>, StorageError> {
        let left = usize::try_from(self.part.bytes.saturating_sub(offset)).unwrap_or(usize::MAX);
        let mut bytes = vec![0; most.min(left)];
        let read = self.pin.read_at(self.part.offset.saturating_add(offset), &mut bytes)?;
        bytes.truncate(read);
        Ok(bytes)
    }
}

impl Snapshot {
    /// Opens a part of a table, to read its file as it was written.
    ///
    /// # Errors
    /// The table has no such part, or its file cannot be opened.
    pub async fn open_part(&self, table: &str, part: PartId) -> Result<PartReader, StorageError> {
        let (store, part) = self.part(table, part)?;
        Ok(PartReader { pin: store.files().pin(&part.file).await?, part })
    }
}

/// A part that is being received, into a file of its own. Dropped before its end, it leaves nothing.
pub struct PartReceiver {
    store: Store,
    pin: Pin,
    written: u64,
}

impl fmt::Debug for PartReceiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PartReceiver").field("written", &self.written).finish_non_exhaustive()
    }
}

/// A part that has come whole; [`Transaction::attach`](crate::Transaction::attach) makes it rows of a table.
pub struct ReceivedPart {
    pub(crate) pin: Pin,
    pub(crate) bytes: u64,
    index: GranuleIndex,
    index_bytes: usize,
    tail: Bytes,
}

impl fmt::Debug for ReceivedPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceivedPart").field("rows", &self.index.rows).finish_non_exhaustive()
    }
}

impl Store {
    /// Begins to receive a part of another store.
    ///
    /// # Errors
    /// The disk fails.
    pub async fn receive_part(&self) -> Result<PartReceiver, StorageError> {
        Ok(PartReceiver { store: self.clone(), pin: self.files().create().await?, written: 0 })
    }
}

impl PartReceiver {
    /// Takes the next bytes.
    ///
    /// # Errors
    /// The disk fails or is full; then the error says how full.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<(), StorageError> {
        match self.pin.write_at(self.written, bytes) {
            Ok(()) => self.written = self.written.saturating_add(bytes.len() as u64),
            Err(error) => return Err(self.store.explain(error).await),
        }
        Ok(())
    }

    /// Checks every block of what has come.
    ///
    /// # Errors
    /// `Invalid` if it is no part of a Kinglet store, or is damaged.
    pub fn finish(self) -> Result<ReceivedPart, StorageError> {
        let not_ours = || invalid("the file is not a part that Kinglet wrote");
        let footer = self.read(self.written.saturating_sub(8), 8)?;
        let (length, magic) = footer.split_first_chunk::<4>().ok_or_else(not_ours)?;
        if magic != b"PAR1" {
            return Err(not_ours());
        }
        let footer_bytes = u64::from(u32::from_le_bytes(*length)).saturating_add(8);
        let start = self.written.checked_sub(footer_bytes).ok_or_else(not_ours)?;
        let footer = Bytes::from(self.read(start, footer_bytes as usize)?);
        let metadata = ParquetMetaDataReader::decode_metadata(
            footer.get(..footer.len().saturating_sub(8)).ok_or_else(not_ours)?,
        )
        .map_err(unreadable)?;
        let values = metadata.file_metadata().key_value_metadata();
        let place = values.and_then(|values| values.iter().find(|value| value.key == "kinglet.index"));
        let place = place.and_then(|place| place.value.as_deref()).unwrap_or_default();
        let numbers: Vec<u64> = place.split(',').filter_map(|number| number.parse().ok()).collect();
        let [data_bytes, index_bytes, checksum @ ..] = numbers.as_slice() else { return Err(not_ours()) };
        let (data_bytes, index_bytes) = (*data_bytes, *index_bytes);
        let tail_bytes = self.written.checked_sub(data_bytes).ok_or_else(not_ours)?;
        if index_bytes > tail_bytes {
            return Err(not_ours());
        }
        let tail = Bytes::from(self.read(data_bytes, tail_bytes as usize)?);
        let block = tail.slice(..index_bytes as usize);
        if checksum.first().is_some_and(|checksum| *checksum != u64::from(crc32c::crc32c(&block))) {
            return Err(invalid("its index is not what was written"));
        }
        let index = GranuleIndex::decode(block)?;
        let rows = u64::try_from(metadata.file_metadata().num_rows()).unwrap_or_default();
        if index.data_bytes != data_bytes || index.rows != rows || index.granule_rows == 0 {
            return Err(invalid("the part's two footers do not belong together"));
        }
        self.check_blocks(&index)?;
        let index_bytes = index_bytes as usize;
        Ok(ReceivedPart { pin: self.pin, bytes: self.written, index, index_bytes, tail })
    }

    fn read(&self, offset: u64, length: usize) -> Result<Vec<u8>, StorageError> {
        let length = length.min(usize::try_from(self.written).unwrap_or(usize::MAX));
        let mut bytes = vec![0; length];
        let read = self.pin.read_at(offset, &mut bytes)?;
        bytes.truncate(read);
        Ok(bytes)
    }

    fn check_blocks(&self, index: &GranuleIndex) -> Result<(), StorageError> {
        let blocks = index.data_bytes.div_ceil(BLOCK);
        if index.checksums.len() as u64 != blocks {
            return Err(invalid("the part has too few checksums"));
        }
        for (at, checksum) in (0..blocks).zip(&index.checksums) {
            let from = at * BLOCK;
            let length = BLOCK.min(index.data_bytes - from) as usize;
            if crc32c::crc32c(&self.read(from, length)?) != *checksum {
                return Err(invalid(&format!(
                    "the part is damaged at bytes {from} to {}",
                    from + length as u64
                )));
            }
        }
        Ok(())
    }
}

fn unreadable(error: parquet::errors::ParquetError) -> StorageError {
    invalid(&error.to_string())
}

fn invalid(what: &str) -> StorageError {
    StorageError::Invalid(format!("Cannot take the part: {what}"))
}

impl ReceivedPart {
    /// Rows in it.
    pub fn rows(&self) -> u64 {
        self.index.rows
    }

    /// The part as one of a table, whose columns must be those it was written with.
    pub(crate) fn of_table(
        &self,
        store: &Store,
        table: &Table,
        unflushed: &mut Unflushed,
    ) -> Result<Arc<Part>, StorageError> {
        let schema = &table.definition.schema;
        let facts = self.index.facts.clone().ok_or_else(|| {
            invalid("an older version wrote it; open its store with this version, merge the table and export it again")
        })?;
        self.check_columns(schema, &facts)?;
        let id = PartId(store.files().new_id());
        let file = self.pin.file().clone();
        let tail = (self.index_bytes, self.tail.clone());
        let part = Arc::new(Part::received(id, file, self.bytes, self.index.rows, facts, tail));
        part.meta(schema).map_err(|error| invalid(&format!("its columns are not the table's: {error}")))?;
        unflushed.add(self.pin.clone())?;
        Ok(part)
    }

    fn check_columns(&self, schema: &SchemaRef, facts: &PartFacts) -> Result<(), StorageError> {
        let stored = facts.column_bytes.len();
        let known = self.index.columns.len() == stored && stored <= schema.fields().len() && stored > 0;
        let mut reader = ParquetMetaDataReader::new()
            .with_column_index_policy(PageIndexPolicy::Skip)
            .with_offset_index_policy(PageIndexPolicy::Skip);
        reader.try_parse_sized(&self.tail, self.bytes).map_err(unreadable)?;
        let metadata = reader.finish().map_err(unreadable)?;
        let roots = metadata.file_metadata().schema_descr().root_schema().get_fields();
        let names = roots.iter().map(|root| root.name());
        let same = names.zip(schema.fields()).filter(|(name, field)| name == field.name()).count();
        if !known || roots.len() != stored || same != stored {
            let names: Vec<&str> = roots.iter().map(|root| root.name()).collect();
            return Err(invalid(&format!("its columns are not the table's: {}", names.join(", "))));
        }
        Ok(())
    }
}
