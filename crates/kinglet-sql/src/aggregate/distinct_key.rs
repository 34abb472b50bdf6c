//! The numbers that stand for values in `uniq` and `uniqExact`.

use arrow::array::{Array, ArrayRef, AsArray};
use arrow::datatypes::DataType;
use kinglet_types::{ChType, Result};

use super::keep::{is_narrow, stored_ints};
use crate::binary::write_value;
use crate::function::result::internal;
use crate::hash::int_hash_64;

/// The columns of one batch, and what [`Keys::number`] answers for all rows where that is read in one go.
pub(super) struct Batch<'a> {
    pub(super) columns: &'a [ArrayRef],
    numbers: Option<Vec<u64>>,
}

impl<'a> Batch<'a> {
    /// # Errors
    /// When the numbers are not laid out as their type says.
    pub(super) fn new(columns: &'a [ArrayRef], types: &[ChType]) -> Result<Self> {
        let (ty, column) = match (types, columns) {
            ([ty], [column]) if is_number(ty) && is_narrow(column.data_type()) => (ty, column),
            _ => return Ok(Self { columns, numbers: None }),
        };
        // Signed numbers are widened with their sign; of anything else the bytes that ClickHouse stores count.
        let signed = is_signed(ty);
        let kept = match narrow_width(ty) {
            Some(width @ 0..8) if !signed => (1 << (width * 8)) - 1,
            _ => u64::MAX,
        };
        let numbers = stored_ints(column)?.iter().map(|number| *number as u64 & kept).collect();
        Ok(Self { columns, numbers: Some(numbers) })
    }

    /// The value of a row as a number, if all are.
    pub(super) fn number(&self, row: usize) -> Option<u64> {
        self.numbers.as_ref()?.get(row).copied()
    }
}

/// The columns of one batch.
pub(super) struct Keys<'a> {
    columns: &'a [ArrayRef],
    types: &'a [ChType],
}

impl<'a> Keys<'a> {
    /// Keys of rows of `columns`, which have `types`.
    pub(super) fn new(columns: &'a [ArrayRef], types: &'a [ChType]) -> Self {
        Self { columns, types }
    }

    /// The value of a row where there is one column of at most 8 bytes, as ClickHouse stores it.
    pub(super) fn number(&self, row: usize, scratch: &mut Vec<u8>) -> Result<Option<u64>> {
        let ([column], [ty]) = (self.columns, self.types) else { return Ok(None) };
        if !is_number(ty) {
            return Ok(None);
        }
        scratch.clear();
        write_value(column, row, ty, scratch)?;
        let signed = is_signed(ty);
        let negative = signed && scratch.last().is_some_and(|byte| byte & 0x80 != 0);
        let mut bytes = [if negative { 0xFF } else { 0 }; 8];
        let width = scratch.len().min(8);
        bytes[..width].copy_from_slice(&scratch[..width]);
        Ok(Some(u64::from_le_bytes(bytes)))
    }

    /// The 64-bit hash of a row: CityHash of each column, mixed; wide numbers fold and are mixed.
    pub(super) fn hash(&self, row: usize) -> Result<u64> {
        if let [ChType::Uuid | ChType::Int128 | ChType::UInt128 | ChType::Int256 | ChType::UInt256] =
            self.types
        {
            let mut folded = 0;
            self.bytes(row, |bytes| {
                for word in bytes.chunks_exact(8) {
                    folded ^= word.try_into().map_or(0, u64::from_le_bytes);
                }
            })?;
            return Ok(int_hash_64(folded));
        }
        let mut joined: Option<u64> = None;
        self.bytes(row, |bytes| {
            let hash = ch_cityhash102::cityhash64(bytes);
            joined = Some(joined.map_or(hash, |before| hash_128_to_64(hash, before)));
        })?;
        Ok(joined.unwrap_or_default())
    }

    /// The text of a row where there is one column of texts.
    pub(super) fn text(&self, row: usize) -> Option<&'a [u8]> {
        let [column] = self.columns else { return None };
        let texts = column.as_binary_view_opt()?;
        Some(if texts.is_null(row) { &[] } else { texts.value(row) })
    }

    /// Whether `uniq` mixes the hash once more.
    pub(super) fn is_hashed_again(&self) -> bool {
        matches!(self.types, [ChType::String | ChType::FixedString(_) | ChType::Ipv6])
    }

    /// The bytes that are hashed of each column of a row: a text's own, or the binary form.
    pub(super) fn bytes(&self, row: usize, mut visit: impl FnMut(&[u8])) -> Result<()> {
        let mut scratch = Vec::new();
        for (column, ty) in self.columns.iter().zip(self.types) {
            if *column.data_type() == DataType::BinaryView {
                let texts = column.as_binary_view_opt().ok_or_else(|| internal("texts of another layout"))?;
                visit(if texts.is_null(row) { &[] } else { texts.value(row) });
            } else {
                scratch.clear();
                match (ty, column.as_list_opt::<i32>()) {
                    // An array is the bytes of its elements.
                    (ChType::Array(element), Some(lists)) => {
                        let elements = lists.value(row);
                        for at in 0..elements.len() {
                            write_value(&elements, at, element, &mut scratch)?;
                        }
                    }
                    _ => write_value(column, row, ty, &mut scratch)?,
                }
                visit(&scratch);
            }
        }
        Ok(())
    }
}

/// Whether values are widened with their sign: dates before 1970 and enums are signed numbers too.
pub(super) fn is_signed(ty: &ChType) -> bool {
    match ty {
        ChType::Bool => false,
        ChType::Date32 | ChType::Enum8(_) | ChType::Enum16(_) => true,
        other => other.integer_bits().is_some_and(|(_, signed)| signed),
    }
}

/// Bytes of a type whose values are numbers of at most 8 bytes.
pub(super) fn narrow_width(ty: &ChType) -> Option<usize> {
    Some(match ty {
        ChType::Bool | ChType::Enum8(_) => 1,
        ChType::Date | ChType::Enum16(_) => 2,
        ChType::Date32 | ChType::DateTime(_) | ChType::Ipv4 | ChType::Float32 | ChType::Decimal(0..=9, _) => {
            4
        }
        ChType::DateTime64(..) | ChType::Float64 | ChType::Decimal(10..=18, _) => 8,
        other => usize::from(other.integer_bits().filter(|(bits, _)| *bits <= 64)?.0) / 8,
    })
}

/// Bytes of each entry of a state.
pub(super) fn entry_width(types: &[ChType]) -> usize {
    match types {
        [one] if is_number(one) => narrow_width(one).unwrap_or(16),
        _ => 16,
    }
}

/// CityHash's mixing of two hashes into one (Google, MIT licence, version 1.0.2).
fn hash_128_to_64(low: u64, high: u64) -> u64 {
    const MULTIPLIER: u64 = 0x9ddf_ea08_eb38_2d69;
    let mut a = (low ^ high).wrapping_mul(MULTIPLIER);
    a ^= a >> 47;
    let mut b = (high ^ a).wrapping_mul(MULTIPLIER);
    b ^= b >> 47;
    b.wrapping_mul(MULTIPLIER)
}

/// Whether values stand for themselves as numbers; decimals and times with fractions are hashed.
pub(super) fn is_number(ty: &ChType) -> bool {
    narrow_width(ty).is_some() && !matches!(ty, ChType::Decimal(..) | ChType::DateTime64(..))
}
