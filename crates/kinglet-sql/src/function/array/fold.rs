//! One number from the elements of an array.

use arrow::array::{Array, ArrayRef, AsArray};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type};
use kinglet_types::{ChType, Result};

use crate::ColumnBuilder;
use crate::function::array_map::Zipped;
use crate::function::result::internal;
use crate::function::{Args, Call, Lambda, result};
use crate::text::{decimal_at, int_at};

/// What is made of the elements.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fold {
    Sum,
    Product,
    Mean,
    Min,
    Max,
}

impl Fold {
    /// The result's type for elements of `element`.
    pub(super) fn result_type(self, args: &Args<'_>, element: &ChType) -> Result<ChType> {
        let bare = element.bare();
        if matches!(self, Fold::Min | Fold::Max) {
            return Ok(bare.clone());
        }
        if !bare.is_number() {
            return Err(args.illegal(args.len().saturating_sub(1)));
        }
        Ok(match (self, bare, bare.integer_bits()) {
            (Fold::Product | Fold::Mean, ..) => ChType::Float64,
            (_, ChType::Decimal(39.., scale), _) => ChType::Decimal(76, *scale),
            (_, ChType::Decimal(_, scale), _) => ChType::Decimal(38, *scale),
            (_, _, Some((bits, signed))) => ChType::integer(bits.max(64), signed),
            _ => ChType::Float64,
        })
    }

    /// Folds the elements, or what the lambda answers for them.
    pub(super) fn evaluate(self, call: &Call<'_>) -> Result<ArrayRef> {
        let first = usize::from(call.is_lambda(0));
        let zipped = Zipped::read(call, first)?;
        let values = if first == 1 {
            call.lambda(0)?.evaluate(&Lambda::rows_of(&zipped.offsets), &zipped.elements)?
        } else {
            zipped.elements.first().cloned().ok_or_else(|| call.illegal_column(0))?
        };
        if matches!(self, Fold::Min | Fold::Max) {
            return self.extreme(call, &values, &zipped.offsets);
        }
        match call.result {
            ChType::Float64 => self.floats(call, &values, &zipped.offsets),
            ChType::Decimal(..) => {
                let mut builder = ColumnBuilder::new(call.result);
                for pair in zipped.offsets.windows(2) {
                    let range = pair[0] as usize..pair[1] as usize;
                    let present = range.filter(|at| values.is_valid(*at));
                    let zero = arrow::datatypes::i256::ZERO;
                    builder
                        .append_wide(present.fold(zero, |sum, at| sum.wrapping_add(decimal_at(&values, at))));
                }
                builder.finish()
            }
            ty => result::ints(ty, call.rows, |row| {
                let range = range_of(&zipped.offsets, row);
                let present = range.filter(|at| values.is_valid(*at));
                Ok(present.fold(0, |sum: i64, at| sum.wrapping_add(int_at(&values, at))))
            }),
        }
    }

    fn floats(self, call: &Call<'_>, values: &ArrayRef, offsets: &[i32]) -> Result<ArrayRef> {
        let values = cast(values, &DataType::Float64).map_err(internal)?;
        let values = values.as_primitive::<Float64Type>();
        result::floats(call.result, call.rows, |row| {
            let present = range_of(offsets, row).filter(|at| values.is_valid(*at)).map(|at| values.value(at));
            Ok(match self {
                Fold::Product => present.product(),
                Fold::Mean => {
                    let (sum, count) =
                        present.fold((0.0, 0_u64), |(sum, count), value| (sum + value, count + 1));
                    if count == 0 { f64::NAN } else { sum / count as f64 }
                }
                _ => present.sum(),
            })
        })
    }

    fn extreme(self, call: &Call<'_>, values: &ArrayRef, offsets: &[i32]) -> Result<ArrayRef> {
        let keys = super::gather::comparable(values, false)?;
        let mut builder = ColumnBuilder::new(call.result);
        builder.append_default();
        let default = builder.finish()?;
        let mut picks = Vec::with_capacity(call.rows);
        for row in 0..call.rows {
            let present = range_of(offsets, row).filter(|at| values.is_valid(*at));
            let found = if self == Fold::Min {
                present.min_by(|a, b| keys.row(*a).cmp(&keys.row(*b)))
            } else {
                present.max_by(|a, b| keys.row(*a).cmp(&keys.row(*b)))
            };
            picks.push(found.map_or((1, 0), |at| (0, at)));
        }
        let values = if values.data_type() == default.data_type() {
            values.clone()
        } else {
            cast(values, default.data_type()).map_err(internal)?
        };
        arrow::compute::interleave(&[values.as_ref(), default.as_ref()], &picks).map_err(internal)
    }
}

fn range_of(offsets: &[i32], row: usize) -> std::ops::Range<usize> {
    match (offsets.get(row), offsets.get(row + 1)) {
        (Some(start), Some(end)) => *start as usize..*end as usize,
        _ => 0..0,
    }
}
