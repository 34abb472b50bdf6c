//! What our own block of a part's Parquet file holds: checksums, key marks, bounds of columns per granule, where the
//! skip indexes are, and what the part is.
//!
//! Layout (numbers in base 128 unless said): version, granule rows, rows, checksummed bytes, checksums (4 bytes
//! little-endian per block), marks, then per column and per key element its bounds; since version 2 the places of the
//! skip indexes and the part's facts. The crate's documentation shows the whole file.

use bytes::Bytes;

use crate::codec::{Decoder, Encoder};
use crate::error::StorageError;
use crate::ordered::Bounds;
use crate::part::facts::PartFacts;
use crate::part::skip::SkipPlace;

/// Bytes of a checksummed block.
pub(crate) const BLOCK: u64 = 16 << 10;

const VERSION: u64 = 2;

/// The index of one part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct GranuleIndex {
    pub(crate) granule_rows: usize,
    pub(crate) rows: u64,
    /// Bytes at the start of the part that the checksums cover.
    pub(crate) data_bytes: u64,
    /// CRC32C of each block of [`BLOCK`] bytes; the last is shorter.
    pub(crate) checksums: Vec<u32>,
    /// Encoded sorting key of each granule's first row and of the last row; empty if a key has no order.
    pub(crate) marks: GranuleBytes,
    /// Bounds per column, for columns whose type has an order.
    pub(crate) columns: Vec<Option<GranuleBounds>>,
    /// Bounds per element of the sorting key that is not just a column.
    pub(crate) keys: Vec<Option<GranuleBounds>>,
    /// Where the part's skip indexes are.
    pub(crate) skips: Vec<SkipPlace>,
    /// What the part is; `None` in a block of version 1.
    pub(crate) facts: Option<PartFacts>,
}

/// Byte strings, one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct GranuleBytes {
    ends: Vec<u32>,
    bytes: Vec<u8>,
}

impl GranuleBytes {
    pub(crate) fn push(&mut self, value: &[u8]) {
        self.bytes.extend_from_slice(value);
        self.ends.push(self.bytes.len() as u32);
    }

    pub(crate) fn get(&self, index: usize) -> Option<&[u8]> {
        let end = *self.ends.get(index)?;
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.bytes.get(start as usize..end as usize)
    }

    pub(crate) fn encode(&self, encoder: &mut Encoder) {
        encoder.number(self.ends.len() as u64);
        for index in 0..self.ends.len() {
            encoder.bytes(self.get(index).unwrap_or_default());
        }
    }

    pub(crate) fn decode(decoder: &mut Decoder) -> Result<Self, StorageError> {
        let mut values = GranuleBytes::default();
        for _ in 0..decoder.count()? {
            values.push(&decoder.bytes()?);
        }
        Ok(values)
    }
}

/// Bounds of one column, per granule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct GranuleBounds {
    /// Bit 0: has a value; bit 1: has a null.
    flags: Vec<u8>,
    /// Lower and upper bound of granule `g` at `2g` and `2g + 1`.
    values: GranuleBytes,
}

/// Bounds of one granule, borrowed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BoundsRef<'a> {
    /// Lower and upper bound, if there is any value but nulls and NaN.
    pub(crate) values: Option<(&'a [u8], &'a [u8])>,
    pub(crate) has_null: bool,
}

impl GranuleBounds {
    pub(crate) fn push(&mut self, bounds: Bounds) {
        let (lower, upper) = bounds.values.clone().unwrap_or_default();
        self.flags.push(u8::from(bounds.values.is_some()) | u8::from(bounds.has_null) << 1);
        self.values.push(&crate::ordered::cut_lower(lower));
        self.values.push(&crate::ordered::cut_upper(upper));
    }

    pub(crate) fn get(&self, granule: usize) -> Option<BoundsRef<'_>> {
        let flags = *self.flags.get(granule)?;
        let values = (self.values.get(2 * granule)?, self.values.get(2 * granule + 1)?);
        Some(BoundsRef { values: (flags & 1 != 0).then_some(values), has_null: flags & 2 != 0 })
    }

    fn encode(&self, encoder: &mut Encoder) {
        encoder.bytes(&self.flags);
        self.values.encode(encoder);
    }

    fn decode(decoder: &mut Decoder) -> Result<Self, StorageError> {
        Ok(GranuleBounds { flags: decoder.bytes()?.to_vec(), values: GranuleBytes::decode(decoder)? })
    }
}

impl GranuleIndex {
    /// Number of granules.
    pub(crate) fn granules(&self) -> usize {
        (self.rows as usize).div_ceil(self.granule_rows.max(1))
    }

    /// Rows of a granule.
    pub(crate) fn rows_of(&self, granule: usize) -> usize {
        (self.rows as usize).saturating_sub(granule * self.granule_rows).min(self.granule_rows)
    }

    /// Marks of the first and the last row, if the key has an order.
    pub(crate) fn key_range(&self) -> Option<(&[u8], &[u8])> {
        Some((self.marks.get(0)?, self.marks.get(self.granules())?))
    }

    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut encoder = Encoder::default();
        encoder.number(VERSION);
        encoder.number(self.granule_rows as u64);
        encoder.number(self.rows);
        encoder.number(self.data_bytes);
        encoder.number(self.checksums.len() as u64);
        for checksum in &self.checksums {
            encoder.fixed32(*checksum);
        }
        self.marks.encode(&mut encoder);
        for group in [&self.columns, &self.keys] {
            encoder.number(group.len() as u64);
            for bounds in group {
                encoder.flag(bounds.is_some());
                if let Some(bounds) = bounds {
                    bounds.encode(&mut encoder);
                }
            }
        }
        encoder.number(self.skips.len() as u64);
        self.skips.iter().for_each(|skip| skip.encode(&mut encoder));
        encoder.flag(self.facts.is_some());
        if let Some(facts) = &self.facts {
            facts.encode(&mut encoder);
        }
        encoder.finish()
    }

    pub(crate) fn decode(bytes: Bytes) -> Result<Self, StorageError> {
        let decoder = &mut Decoder::new(bytes);
        let version = decoder.number()?;
        if version == 0 || version > VERSION {
            return Err(StorageError::Damaged(format!("A part has an index of version {version}")));
        }
        let mut index = GranuleIndex {
            granule_rows: decoder.number()? as usize,
            rows: decoder.number()?,
            data_bytes: decoder.number()?,
            ..GranuleIndex::default()
        };
        for _ in 0..decoder.count()? {
            index.checksums.push(decoder.fixed32()?);
        }
        index.marks = GranuleBytes::decode(decoder)?;
        index.columns = decode_group(decoder)?;
        index.keys = decode_group(decoder)?;
        if version > 1 {
            for _ in 0..decoder.count()? {
                index.skips.push(SkipPlace::decode(decoder)?);
            }
            index.facts = if decoder.flag()? { Some(PartFacts::decode(decoder)?) } else { None };
        }
        Ok(index)
    }
}

fn decode_group(decoder: &mut Decoder) -> Result<Vec<Option<GranuleBounds>>, StorageError> {
    let mut group = Vec::new();
    for _ in 0..decoder.count()? {
        group.push(if decoder.flag()? { Some(GranuleBounds::decode(decoder)?) } else { None });
    }
    Ok(group)
}
