//! `sum`: the sum of numbers; whole numbers wrap, as in ClickHouse.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BinaryViewBuilder, Float64Array, Int64Array, UInt64Array};
use arrow::compute::cast;
use arrow::datatypes::{
    DataType, Decimal64Type, Decimal128Type, Decimal256Type, Float64Type, UInt64Type, i256,
};
use kinglet_types::{ChType, Result};

use super::keep::stored_ints;
use super::wire::Reader;
use super::{Aggregate, Bound, Call, Groups, Rows};
use crate::arrow_type;
use crate::function::result::internal;
use crate::function::{Case, Example, Spec};

pub(super) struct Sum;

static SPEC: Spec = Spec {
    name: "sum",
    case: Case::Insensitive,
    category: "aggregate",
    syntax: "sum(number)",
    summary: "The sum of the values.",
    arguments: &[("number", "Integer, Float, Decimal or Bool")],
    returns: "UInt64, Int64, Float64, or a Decimal of 38 (76) digits; 0 for no rows.",
    examples: &[
        Example { sql: "SELECT sum(number) FROM numbers(5)", answer: "10" },
        Example { sql: "SELECT sum(-number) FROM numbers(5)", answer: "-10" },
    ],
    ..Spec::EMPTY
};

impl Aggregate for Sum {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        call.expect_count(1..=1)?;
        call.expect_no_parameters()?;
        let ty = call.expect(0, |ty| ty.is_number())?;
        let result = match (ty, ty.integer_bits()) {
            (ChType::Decimal(39..=76, scale), _) => ChType::Decimal(76, *scale),
            (ChType::Decimal(_, scale), _) => ChType::Decimal(38, *scale),
            (ChType::Interval(_), _) => ty.clone(),
            (_, Some((bits, signed))) => ChType::integer(bits.max(64), signed),
            _ => ChType::Float64,
        };
        Ok(Arc::new(BoundSum { result }))
    }
}

#[derive(Debug)]
struct BoundSum {
    result: ChType,
}

impl Bound for BoundSum {
    fn result_type(&self) -> ChType {
        self.result.clone()
    }

    fn groups(&self) -> Box<dyn Groups> {
        let sums = match arrow_type(&self.result) {
            DataType::Float64 => Sums::Floats(Vec::new()),
            DataType::Decimal128(..) | DataType::FixedSizeBinary(16) => Sums::Decimals(Vec::new()),
            DataType::Decimal256(..) | DataType::FixedSizeBinary(_) => Sums::Wide(Vec::new()),
            _ => Sums::Ints(Vec::new()),
        };
        Box::new(SumGroups { ty: self.result.clone(), sums })
    }
}

/// The running sums, by the width they are kept in. Signed and unsigned add alike when they wrap.
enum Sums {
    Ints(Vec<i64>),
    Floats(Vec<f64>),
    Decimals(Vec<i128>),
    Wide(Vec<i256>),
}

struct SumGroups {
    ty: ChType,
    sums: Sums,
}

impl SumGroups {
    fn grow(&mut self, total: usize) {
        match &mut self.sums {
            Sums::Ints(v) => v.resize(v.len().max(total), 0),
            Sums::Floats(v) => v.resize(v.len().max(total), 0.0),
            Sums::Decimals(v) => v.resize(v.len().max(total), 0),
            Sums::Wide(v) => v.resize(v.len().max(total), i256::ZERO),
        }
    }

    fn first(&mut self, count: usize) -> Sums {
        fn split<T>(v: &mut Vec<T>, count: usize) -> Vec<T> {
            let rest = v.split_off(count);
            std::mem::replace(v, rest)
        }
        self.grow(count);
        match &mut self.sums {
            Sums::Ints(v) => Sums::Ints(split(v, count)),
            Sums::Floats(v) => Sums::Floats(split(v, count)),
            Sums::Decimals(v) => Sums::Decimals(split(v, count)),
            Sums::Wide(v) => Sums::Wide(split(v, count)),
        }
    }
}

impl Groups for SumGroups {
    fn update(&mut self, rows: &Rows<'_>) -> Result<()> {
        self.grow(rows.total);
        let column = rows.column(0)?;
        match (&mut self.sums, column.data_type()) {
            (Sums::Ints(sums), DataType::UInt64) => {
                let values = column.as_primitive::<UInt64Type>().values();
                rows.fold(sums, values, |sum, value| sum.wrapping_add(value as i64));
            }
            (Sums::Ints(sums), _) => {
                let values = stored_ints(column)?;
                rows.fold(sums, &values, i64::wrapping_add);
            }
            (Sums::Floats(sums), _) => {
                let column = cast(column, &DataType::Float64).map_err(internal)?;
                rows.fold(sums, column.as_primitive::<Float64Type>().values(), |sum, value| sum + value);
            }
            (Sums::Decimals(sums), DataType::FixedSizeBinary(16)) => {
                let wide = column.as_fixed_size_binary_opt().ok_or_else(|| internal("no wide integers"))?;
                let number =
                    |v: Option<&[u8]>| v.and_then(|v| v.try_into().ok()).map_or(0, i128::from_le_bytes);
                let values: Vec<i128> = wide.iter().map(number).collect();
                rows.fold(sums, &values, i128::wrapping_add);
            }
            (Sums::Wide(sums), DataType::FixedSizeBinary(_)) => {
                let wide = column.as_fixed_size_binary_opt().ok_or_else(|| internal("no wide integers"))?;
                let number = |v: Option<&[u8]>| {
                    v.and_then(|v| v.try_into().ok()).map_or(i256::ZERO, i256::from_le_bytes)
                };
                let values: Vec<i256> = wide.iter().map(number).collect();
                rows.fold(sums, &values, i256::wrapping_add);
            }
            (Sums::Decimals(sums), DataType::Decimal64(..)) => {
                let values = column.as_primitive::<Decimal64Type>().values();
                rows.fold(sums, values, |sum, value| sum.wrapping_add(value.into()));
            }
            (Sums::Decimals(sums), _) => {
                let column = cast(column, &arrow_type(&self.ty)).map_err(internal)?;
                rows.fold(sums, column.as_primitive::<Decimal128Type>().values(), i128::wrapping_add);
            }
            (Sums::Wide(sums), _) => {
                let column = cast(column, &arrow_type(&self.ty)).map_err(internal)?;
                rows.fold(sums, column.as_primitive::<Decimal256Type>().values(), i256::wrapping_add);
            }
        }
        Ok(())
    }

    fn merge(&mut self, rows: &Rows<'_>) -> Result<()> {
        self.grow(rows.total);
        let states = rows.column(0)?.as_binary_view_opt().ok_or_else(|| internal("states are bytes"))?;
        rows.each(|row, group| {
            if states.is_null(row) {
                return Ok(());
            }
            let mut state = Reader::new(states.value(row));
            match &mut self.sums {
                Sums::Ints(v) => add_one(v, group, i64::from_le_bytes(state.array()?), i64::wrapping_add),
                Sums::Floats(v) => add_one(v, group, f64::from_le_bytes(state.array()?), |a, b| a + b),
                Sums::Decimals(v) => {
                    add_one(v, group, i128::from_le_bytes(state.array()?), i128::wrapping_add);
                }
                Sums::Wide(v) => add_one(v, group, i256::from_le_bytes(state.array()?), i256::wrapping_add),
            }
            Ok(())
        })
    }

    fn finish(&mut self, count: usize) -> Result<ArrayRef> {
        let ty = arrow_type(&self.ty);
        Ok(match self.first(count) {
            Sums::Ints(v) if ty == DataType::UInt64 => {
                Arc::new(UInt64Array::from_iter_values(v.into_iter().map(|v| v as u64)))
            }
            Sums::Ints(v) => Arc::new(Int64Array::from(v)),
            Sums::Floats(v) => Arc::new(Float64Array::from(v)),
            Sums::Decimals(v) if self.ty.is_integer() => {
                fixed(16, v.iter().map(|v| v.to_le_bytes().to_vec()))?
            }
            Sums::Wide(v) if self.ty.is_integer() => fixed(32, v.iter().map(|v| v.to_le_bytes().to_vec()))?,
            Sums::Decimals(v) => Arc::new(arrow::array::Decimal128Array::from(v).with_data_type(ty)),
            Sums::Wide(v) => Arc::new(arrow::array::Decimal256Array::from(v).with_data_type(ty)),
        })
    }

    fn states(&mut self, count: usize) -> Result<ArrayRef> {
        let mut builder = BinaryViewBuilder::with_capacity(count);
        match self.first(count) {
            Sums::Ints(v) => v.iter().for_each(|v| builder.append_value(v.to_le_bytes())),
            Sums::Floats(v) => v.iter().for_each(|v| builder.append_value(v.to_le_bytes())),
            Sums::Decimals(v) => v.iter().for_each(|v| builder.append_value(v.to_le_bytes())),
            Sums::Wide(v) => v.iter().for_each(|v| builder.append_value(v.to_le_bytes())),
        }
        Ok(Arc::new(builder.finish()))
    }

    fn state_length(&self, _: &[u8]) -> Result<usize> {
        Ok(match &self.sums {
            Sums::Ints(_) | Sums::Floats(_) => 8,
            Sums::Decimals(_) => 16,
            Sums::Wide(_) => 32,
        })
    }

    fn accumulate(&mut self) -> bool {
        match &mut self.sums {
            Sums::Ints(v) => prefixed(v, i64::wrapping_add),
            Sums::Floats(v) => prefixed(v, |a, b| a + b),
            Sums::Decimals(v) => prefixed(v, i128::wrapping_add),
            Sums::Wide(v) => prefixed(v, i256::wrapping_add),
        }
        true
    }

    fn len(&self) -> usize {
        match &self.sums {
            Sums::Ints(v) => v.len(),
            Sums::Floats(v) => v.len(),
            Sums::Decimals(v) => v.len(),
            Sums::Wide(v) => v.len(),
        }
    }

    fn size(&self) -> usize {
        self.len() * 16
    }
}

/// Adds to each value all before it.
pub(super) fn prefixed<T: Copy>(values: &mut [T], add: impl Fn(T, T) -> T) {
    let mut before: Option<T> = None;
    for value in values {
        if let Some(before) = before {
            *value = add(before, *value);
        }
        before = Some(*value);
    }
}

fn add_one<T: Copy>(sums: &mut [T], group: usize, value: T, add: impl Fn(T, T) -> T) {
    if let Some(sum) = sums.get_mut(group) {
        *sum = add(*sum, value);
    }
}

/// Wide integers in little-endian bytes.
fn fixed(width: i32, values: impl Iterator<Item = Vec<u8>>) -> Result<ArrayRef> {
    let bytes: Vec<u8> = values.flatten().collect();
    let array = arrow::array::FixedSizeBinaryArray::try_new(width, bytes.into(), None).map_err(internal)?;
    Ok(Arc::new(array))
}
