//! The bytes of values in memory read as values of another type.

use arrow::array::ArrayRef;
use arrow::datatypes::i256;
use kinglet_types::{ChType, Result};

use crate::ColumnBuilder;
use crate::function::{Args, Call, Function, Spec, result};
use crate::text::{bytes_at, decimal_at, int_at};

/// A function that reinterprets.
pub(in crate::function) struct Reinterpret {
    pub(super) spec: &'static Spec,
    /// The type; `None` when the second argument names it.
    pub(super) ty: Option<ChType>,
}

/// Whether values of the type are bytes of one width or a text.
fn plain(ty: &ChType) -> bool {
    width(ty).is_some() || ty.is_text()
}

/// Bytes of a value in ClickHouse's memory.
pub(super) fn width(ty: &ChType) -> Option<usize> {
    Some(match ty {
        ChType::Float32 | ChType::DateTime(_) | ChType::Ipv4 | ChType::Date32 => 4,
        ChType::Float64 | ChType::DateTime64(..) | ChType::Interval(_) => 8,
        ChType::Date | ChType::Enum16(_) => 2,
        ChType::Enum8(_) => 1,
        ChType::Uuid | ChType::Ipv6 => 16,
        ChType::FixedString(length) => *length as usize,
        ChType::Decimal(..=9, _) => 4,
        ChType::Decimal(..=18, _) => 8,
        ChType::Decimal(..=38, _) => 16,
        ChType::Decimal(..) => 32,
        _ => usize::from(ty.integer_bits()?.0).div_ceil(8),
    })
}

/// The bytes of a value as ClickHouse keeps them.
pub(super) fn memory(array: &ArrayRef, row: usize, ty: &ChType) -> Vec<u8> {
    use arrow::array::AsArray;
    use arrow::datatypes::{Float32Type, Float64Type};
    let width = width(ty).unwrap_or(0);
    match ty {
        ChType::Float32 => array
            .as_primitive_opt::<Float32Type>()
            .map_or(Vec::new(), |a| a.value(row).to_le_bytes().to_vec()),
        ChType::Float64 => array
            .as_primitive_opt::<Float64Type>()
            .map_or(Vec::new(), |a| a.value(row).to_le_bytes().to_vec()),
        ChType::Uuid => bytes_at(array, row).chunks(8).flat_map(|half| half.iter().rev().copied()).collect(),
        ChType::String | ChType::FixedString(_) | ChType::Ipv6 => bytes_at(array, row).to_vec(),
        ChType::Decimal(..) => decimal_at(array, row).to_le_bytes()[..width].to_vec(),
        _ if width > 8 => bytes_at(array, row).to_vec(),
        _ => int_at(array, row).to_le_bytes()[..width].to_vec(),
    }
}

/// Appends the value that bytes of the type's width are.
pub(super) fn append(bytes: &[u8], ty: &ChType, builder: &mut ColumnBuilder) {
    let mut wide = [0_u8; 32];
    let width = width(ty).unwrap_or(0).min(32);
    let count = bytes.len().min(width);
    wide[..count].copy_from_slice(&bytes[..count]);
    let mut narrow = [0_u8; 8];
    narrow.copy_from_slice(&wide[..8]);
    match ty {
        ChType::Float32 => builder.append_float(f32::from_bits(u64::from_le_bytes(narrow) as u32).into()),
        ChType::Float64 => builder.append_float(f64::from_bits(u64::from_le_bytes(narrow))),
        ChType::Uuid => {
            let text: Vec<u8> = wide[..16].chunks(8).flat_map(|half| half.iter().rev().copied()).collect();
            builder.append_bytes(&text);
        }
        ChType::Ipv6 => builder.append_bytes(&wide[..16]),
        ChType::Decimal(..) => {
            let negative = width > 0 && wide[width - 1] & 0x80 != 0;
            wide[width..].fill(if negative { 0xff } else { 0 });
            builder.append_wide(i256::from_le_bytes(wide));
        }
        _ if width > 8 => builder.append_bytes(&wide[..width]),
        _ => builder.append_int(i64::from_le_bytes(narrow)),
    }
}

impl Function for Reinterpret {
    fn spec(&self) -> &'static Spec {
        self.spec
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(if self.ty.is_some() { 1..=1 } else { 2..=2 })?;
        let from = args.expect(0, plain)?;
        let Some(ty) = &self.ty else {
            let ty = crate::operator::parse_type(&args.constant_text(1)?)?;
            return if plain(&ty) { Ok(ty) } else { Err(args.illegal(0)) };
        };
        if let ChType::FixedString(_) = ty {
            let width = width(from).filter(|_| !from.is_text()).ok_or_else(|| args.illegal(0))?;
            return Ok(ChType::FixedString(width as u32));
        }
        Ok(ty.clone())
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let column = call.arg(0)?;
        let bytes = |row: usize| memory(&column.array, column.index(row), column.ty.bare());
        if call.result.is_text() {
            return result::texts_of(call.result, call.rows, |row, out| {
                out.extend(bytes(row));
                if *call.result == ChType::String && !column.ty.is_text() {
                    let end = out.iter().rposition(|byte| *byte != 0).map_or(0, |at| at + 1);
                    out.truncate(end);
                }
                Ok(())
            });
        }
        let mut builder = ColumnBuilder::new(call.result);
        for row in 0..call.rows {
            append(&bytes(row), call.result.bare(), &mut builder);
        }
        builder.finish()
    }
}
