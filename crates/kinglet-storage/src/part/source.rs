//! The bytes of one column in one row group, read in large checked stretches.

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, Length};

use crate::error::StorageError;
use crate::files::Pin;
use crate::part::index::BLOCK;
use crate::part::{Part, PartMeta};
use crate::scan::{ScanCounters, count};

/// Bytes read at once at most.
const STRETCH: u64 = 512 << 10;

/// Gives pages to the Parquet decoder.
pub(crate) struct ColumnSource {
    pub(crate) part: Arc<Part>,
    pub(crate) meta: Arc<PartMeta>,
    pub(crate) pin: Arc<Pin>,
    pub(crate) counters: Arc<ScanCounters>,
    /// Stretches that will be read, in order and apart; what is asked for outside is read alone.
    pub(crate) wanted: Vec<Range<u64>>,
    /// The stretches in memory: one per leaf column.
    held: Mutex<Vec<(Range<u64>, Bytes)>>,
    leaves: usize,
    /// The last error, which the decoder would turn into text.
    error: Arc<Mutex<Option<StorageError>>>,
}

impl ColumnSource {
    pub(crate) fn new(
        part: Arc<Part>,
        meta: Arc<PartMeta>,
        pin: Arc<Pin>,
        counters: Arc<ScanCounters>,
        wanted: Vec<Range<u64>>,
        leaves: usize,
        error: Arc<Mutex<Option<StorageError>>>,
    ) -> Self {
        ColumnSource { part, meta, pin, counters, wanted, held: Mutex::default(), leaves, error }
    }

    fn get(&self, start: u64, length: usize) -> Result<Bytes, StorageError> {
        let end = start + length as u64;
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let within = |range: &Range<u64>| range.start <= start && end <= range.end;
        if let Some((range, bytes)) = held.iter().find(|(range, _)| within(range)) {
            let from = (start - range.start) as usize;
            return Ok(bytes.slice(from..from + length));
        }
        let stretch = self.wanted.iter().find(|range| within(range));
        let stretch = stretch.map_or(start..end, |range| start..range.end.min((start + STRETCH).max(end)));
        let bytes = self.read(stretch.clone())?;
        let result = bytes.slice(..length);
        if stretch.end > end {
            if held.len() >= self.leaves {
                // The stretch of the same leaf is the one that ended before this; else the oldest.
                let old = held.iter().position(|(range, _)| range.end <= start).unwrap_or(0);
                held.remove(old);
            }
            held.push((stretch, bytes));
        }
        Ok(result)
    }

    fn read(&self, stretch: Range<u64>) -> Result<Bytes, StorageError> {
        read_checked(&self.part, &self.meta, &self.pin, &self.counters, stretch)
    }
}

/// Reads whole blocks of a part, checks them and gives the stretch asked for.
pub(crate) fn read_checked(
    part: &Part,
    meta: &PartMeta,
    pin: &Pin,
    counters: &ScanCounters,
    stretch: Range<u64>,
) -> Result<Bytes, StorageError> {
    let index = &meta.index;
    let damaged = |what: &str| {
        part.set_damaged();
        part.damage(what)
    };
    if stretch.end > index.data_bytes || stretch.start > stretch.end {
        return Err(damaged("its footer points outside"));
    }
    let from = stretch.start / BLOCK * BLOCK;
    let to = stretch.end.next_multiple_of(BLOCK).min(index.data_bytes);
    let mut bytes = vec![0; (to - from) as usize];
    let read = pin.read_at(part.offset + from, &mut bytes)?;
    count(&counters.disk_bytes, read as u64);
    let sums = index.checksums.iter().skip((from / BLOCK) as usize);
    let mut blocks = bytes.chunks(BLOCK as usize).zip(sums);
    if read != bytes.len() || !blocks.all(|(block, sum)| crc32c::crc32c(block) == *sum) {
        return Err(damaged(&format!("bytes {from} to {to} are not what was written")));
    }
    Ok(Bytes::from(bytes).slice((stretch.start - from) as usize..(stretch.end - from) as usize))
}

impl Length for ColumnSource {
    fn len(&self) -> u64 {
        self.part.bytes
    }
}

impl ChunkReader for ColumnSource {
    type T = bytes::buf::Reader<Bytes>;

    fn get_read(&self, start: u64) -> Result<Self::T, ParquetError> {
        let length = self.meta.index.data_bytes.saturating_sub(start).min(BLOCK);
        Ok(bytes::Buf::reader(self.get_bytes(start, length as usize)?))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes, ParquetError> {
        self.get(start, length).map_err(|error| {
            *self.error.lock().unwrap_or_else(PoisonError::into_inner) = Some(error.clone());
            ParquetError::External(Box::new(error))
        })
    }
}
