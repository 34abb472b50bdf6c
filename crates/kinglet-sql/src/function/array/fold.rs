//! One number from the elements of an array.

use arrow::array::{Array, ArrayRef, AsArray};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type, i256};
use kinglet_types::{ChType, Result};

use crate::ColumnBuilder;
use crate::conversion::{as_float, unscaled};
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
            return Ok(element.without_low_cardinality().clone());
        }
        if !bare.is_number() || element.is_nullable() {
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
        let element = if first == 1 {
            call.lambda(0)?.result.clone()
        } else {
            call.ty(0).element().unwrap_or(ChType::Nothing)
        };
        match call.result {
            ChType::Float64 => self.floats(call, &values, &element, &zipped.offsets),
            ty if ty.integer_bits().is_some_and(|(bits, _)| bits > 64) => {
                let mut builder = ColumnBuilder::new(ty);
                for pair in zipped.offsets.windows(2) {
                    let numbers = (pair[0] as usize..pair[1] as usize)
                        .filter_map(|at| unscaled(&values, at, &element, 0));
                    builder.append_wide(numbers.fold(i256::ZERO, |sum, number| sum.wrapping_add(number)));
                }
                builder.finish()
            }
            ChType::Decimal(..) => {
                let mut builder = ColumnBuilder::new(call.result);
                for pair in zipped.offsets.windows(2) {
                    let range = pair[0] as usize..pair[1] as usize;
                    let present = range.filter(|at| values.is_valid(*at));
                    builder.append_wide(
                        present.fold(i256::ZERO, |sum, at| sum.wrapping_add(decimal_at(&values, at))),
                    );
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

    /// A product or a mean. Of no elements both are 0; products of whole numbers wrap at 64 bits, and the mean of
    /// Decimals is cut to their scale.
    fn floats(
        self,
        call: &Call<'_>,
        values: &ArrayRef,
        element: &ChType,
        offsets: &[i32],
    ) -> Result<ArrayRef> {
        if let (Fold::Mean, ChType::Decimal(_, scale)) = (self, element.bare()) {
            let unit = 10_f64.powi(i32::from(*scale));
            return result::floats(call.result, call.rows, |row| {
                let range = range_of(offsets, row);
                let count = i256::from_i128(range.len() as i128);
                let sum = range.fold(i256::ZERO, |sum, at| sum.wrapping_add(decimal_at(values, at)));
                Ok(sum.checked_div(count).map_or(0.0, |mean| mean.to_string().parse().unwrap_or(0.0) / unit))
            });
        }
        if self == Fold::Product && element.integer_bits().is_some_and(|(bits, _)| bits <= 64) {
            let signed = element.integer_bits().is_some_and(|(_, signed)| signed);
            return result::floats(call.result, call.rows, |row| {
                let range = range_of(offsets, row);
                let product = range.clone().fold(i64::from(!range.is_empty()), |product, at| {
                    product.wrapping_mul(int_at(values, at))
                });
                Ok(if signed { product as f64 } else { product as u64 as f64 })
            });
        }
        let values = if element.integer_bits().is_some_and(|(bits, _)| bits > 64) {
            let floats = (0..values.len()).map(|at| as_float(values, at, element));
            std::sync::Arc::new(floats.collect::<arrow::array::Float64Array>()) as ArrayRef
        } else {
            cast(values, &DataType::Float64).map_err(internal)?
        };
        let values = values.as_primitive::<Float64Type>();
        result::floats(call.result, call.rows, |row| {
            let present = range_of(offsets, row).filter(|at| values.is_valid(*at)).map(|at| values.value(at));
            Ok(match self {
                Fold::Product => {
                    let (product, count) =
                        present.fold((1.0, 0), |(product, count), value| (product * value, count + 1));
                    if count == 0 { 0.0 } else { product }
                }
                Fold::Mean => {
                    let (sum, count) =
                        present.fold((0.0, 0_u64), |(sum, count), value| (sum + value, count + 1));
                    if count == 0 { 0.0 } else { sum / count as f64 }
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
