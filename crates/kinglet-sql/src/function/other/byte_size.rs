//! `byteSize`: the bytes that values take in memory, uncompressed.

use arrow::array::{Array, ArrayRef, AsArray};
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Example, Function, Nulls, Spec, result};
use crate::text::bytes_at;

pub(in crate::function) struct ByteSize;

static SPEC: Spec = Spec {
    name: "byteSize",
    category: "other",
    syntax: "byteSize(value, ..)",
    summary: "An estimate of the bytes that the values take in memory, uncompressed.",
    arguments: &[("value", "Any types")],
    returns: "UInt64",
    examples: &[Example { sql: "byteSize('abc', [1, 2, 3])", answer: "22" }],
    ..Spec::EMPTY
};

impl Function for ByteSize {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn nulls(&self) -> Nulls {
        Nulls::Own
    }

    fn return_type(&self, _args: &Args<'_>) -> Result<ChType> {
        Ok(ChType::UInt64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        result::ints(call.result, call.rows, |row| {
            let sizes = call.args.iter().map(|column| size(&column.array, column.index(row), &column.ty));
            Ok(sizes.sum::<usize>() as i64)
        })
    }
}

fn size(array: &ArrayRef, row: usize, ty: &ChType) -> usize {
    if ty.is_nullable() {
        let missing = ty.is_only_null() || array.is_null(row);
        return match (missing, ty.bare()) {
            (true, ChType::Nothing) => 1,
            (true, ChType::String) => 9,
            (true, bare) if fixed(bare).is_none() => 1,
            (_, bare) => 1 + size(array, row, bare),
        };
    }
    match ty.bare() {
        ChType::String => 8 + bytes_at(array, row).len(),
        ChType::Array(element) => {
            let Some(lists) = array.as_list_opt::<i32>() else { return 8 };
            let (start, end) = offsets(lists.value_offsets(), row);
            8 + (start..end).map(|at| size(lists.values(), at, element)).sum::<usize>()
        }
        ChType::Map(key, value) => {
            let Some(map) = array.as_map_opt() else { return 8 };
            let (start, end) = offsets(map.value_offsets(), row);
            let pair = |at| size(map.keys(), at, key) + size(map.values(), at, value);
            8 + (start..end).map(pair).sum::<usize>()
        }
        ChType::Tuple(fields) => {
            let Some(parts) = array.as_struct_opt() else { return 0 };
            let parts = parts.columns().iter().zip(fields.iter());
            parts.map(|(part, (_, ty))| size(part, row, ty)).sum()
        }
        bare => fixed(bare).unwrap_or(0),
    }
}

fn offsets(offsets: &[i32], row: usize) -> (usize, usize) {
    let at = |row: usize| offsets.get(row).map_or(0, |offset| (*offset).max(0) as usize);
    (at(row), at(row + 1))
}

/// Bytes of a value of a type whose values all have as many.
fn fixed(ty: &ChType) -> Option<usize> {
    Some(match ty {
        ChType::Bool | ChType::Enum8(_) => 1,
        ChType::Date | ChType::Enum16(_) => 2,
        ChType::Float32 | ChType::Date32 | ChType::DateTime(_) | ChType::Ipv4 | ChType::Time => 4,
        ChType::Float64 | ChType::DateTime64(..) | ChType::Interval(_) | ChType::Time64(_) => 8,
        ChType::Uuid | ChType::Ipv6 => 16,
        ChType::FixedString(length) => *length as usize,
        ChType::Decimal(precision, _) => match precision {
            0..=9 => 4,
            10..=18 => 8,
            19..=38 => 16,
            _ => 32,
        },
        other => usize::from(other.integer_bits()?.0) / 8,
    })
}
