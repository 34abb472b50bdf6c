//! `avg`: the arithmetic mean of numbers.
//!
//! The state is ClickHouse's: the sum (8 bytes, or 16 and 32 for decimals), then the count as a varint.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BinaryViewBuilder, Float64Array, Int64Array};
use arrow::compute::cast;
use arrow::datatypes::{
    DataType, Decimal64Type, Decimal128Type, Decimal256Type, Float64Type, Int64Type, ToByteSlice, UInt64Type,
    i256,
};
use kinglet_types::{ChType, Result, SqlError};

use super::wire::{Reader, write_varint};
use super::{Aggregate, Bound, Call, Groups, Rows};
use crate::function::result::internal;
use crate::function::{Case, Example, Spec};

pub(super) struct Avg;

static SPEC: Spec = Spec {
    name: "avg",
    case: Case::Insensitive,
    category: "aggregate",
    syntax: "avg(number)",
    summary: "The arithmetic mean of the values.",
    arguments: &[("number", "Integer, Float, Decimal or Bool")],
    returns: "Float64; nan for no rows.",
    examples: &[
        Example { sql: "SELECT avg(number) FROM numbers(4)", answer: "1.5" },
        Example { sql: "SELECT avg(number) FROM numbers(0)", answer: "nan" },
    ],
    ..Spec::EMPTY
};

impl Aggregate for Avg {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        call.expect_count(1..=1)?;
        call.expect_no_parameters()?;
        let ty = call.expect(0, |ty| ty.is_number() || ty.is_date() || ty.is_date_time())?;
        if !ty.is_number() {
            let unsigned = matches!(ty, ChType::Date | ChType::DateTime(_));
            return Ok(Arc::new(BoundMoments { ty: ty.clone(), unsigned }));
        }
        let width = match (ty, ty.integer_bits()) {
            (ChType::Decimal(39..=76, scale), _) => Width::Wide(*scale),
            (ChType::Decimal(_, scale), _) => Width::Decimal(*scale),
            (_, Some((65.., _))) => return Err(SqlError::illegal_type(call.name, 1, ty)),
            (_, Some((_, false))) => Width::Unsigned,
            (_, Some((_, true))) => Width::Signed,
            _ => Width::Float,
        };
        Ok(Arc::new(BoundAvg { width }))
    }
}

/// The mean of dates or times.
#[derive(Debug)]
struct BoundMoments {
    ty: ChType,
    unsigned: bool,
}

impl Bound for BoundMoments {
    fn result_type(&self) -> ChType {
        self.ty.clone()
    }

    fn groups(&self) -> Box<dyn Groups> {
        let inner: Box<dyn Groups> =
            if self.unsigned { Box::new(Means::<u64>::new(0)) } else { Box::new(Means::<i64>::new(0)) };
        Box::new(Moments { inner, ty: self.ty.clone() })
    }
}

/// Means of stored numbers, as dates or times.
struct Moments {
    inner: Box<dyn Groups>,
    ty: ChType,
}

impl Groups for Moments {
    fn update(&mut self, rows: &Rows<'_>) -> Result<()> {
        let stored: ArrayRef = Arc::new(Int64Array::from(super::levels::stored(rows.column(0)?)?));
        self.inner.update(&Rows { columns: &[stored], ..*rows })
    }

    fn merge(&mut self, rows: &Rows<'_>) -> Result<()> {
        self.inner.merge(rows)
    }

    fn finish(&mut self, count: usize) -> Result<ArrayRef> {
        let means = super::family::numbers(&self.inner.finish(count)?, &ChType::Float64)?;
        // Rounded to the precision of the type, halves to even.
        let unit = match &self.ty {
            ChType::DateTime64(precision, _) => {
                10_i64.pow(u32::from(crate::stored_precision(*precision).saturating_sub(*precision)))
            }
            _ => 1,
        };
        let whole =
            |mean: f64| if mean.is_nan() { 0 } else { (mean / unit as f64).round_ties_even() as i64 * unit };
        let stored = means.into_iter().map(whole).collect();
        crate::function::result::int_array(&self.ty, stored, None)
    }

    fn states(&mut self, count: usize) -> Result<ArrayRef> {
        self.inner.states(count)
    }

    fn state_length(&self, bytes: &[u8]) -> Result<usize> {
        self.inner.state_length(bytes)
    }

    fn accumulate(&mut self) -> bool {
        self.inner.accumulate()
    }

    fn len(&self) -> usize {
        self.inner.len()
    }

    fn size(&self) -> usize {
        self.inner.size()
    }
}

/// What the sum is kept in; decimals with their scale.
#[derive(Clone, Copy, Debug)]
enum Width {
    Unsigned,
    Signed,
    Float,
    Decimal(u8),
    Wide(u8),
}

#[derive(Debug)]
struct BoundAvg {
    width: Width,
}

impl Bound for BoundAvg {
    fn result_type(&self) -> ChType {
        ChType::Float64
    }

    fn groups(&self) -> Box<dyn Groups> {
        match self.width {
            Width::Unsigned => Box::new(Means::<u64>::new(0)),
            Width::Signed => Box::new(Means::<i64>::new(0)),
            Width::Float => Box::new(Means::<f64>::new(0)),
            Width::Decimal(scale) => Box::new(Means::<i128>::new(scale)),
            Width::Wide(scale) => Box::new(Means::<i256>::new(scale)),
        }
    }
}

/// A number that sums are kept in.
trait Total: Copy + Default + Send + Sync + 'static {
    /// A column of the argument's type as one of this width.
    fn cast(column: &ArrayRef, scale: u8) -> Result<ArrayRef>;
    /// The values of such a column.
    fn values(column: &ArrayRef) -> &[Self];
    fn of(stored: i64) -> Self;
    fn plus(self, other: Self) -> Self;
    fn float(self) -> f64;
    fn write(self, out: &mut Vec<u8>);
    fn read(bytes: &mut Reader<'_>) -> Result<Self>;
}

macro_rules! total {
    ($native:ty, $arrow:ty, $data:expr, $of:expr, $plus:expr, $float:expr) => {
        impl Total for $native {
            fn cast(column: &ArrayRef, scale: u8) -> Result<ArrayRef> {
                let ty: fn(u8) -> DataType = $data;
                cast(column, &ty(scale)).map_err(internal)
            }

            fn values(column: &ArrayRef) -> &[Self] {
                column.as_primitive::<$arrow>().values()
            }

            fn of(stored: i64) -> Self {
                let of: fn(i64) -> Self = $of;
                of(stored)
            }

            fn plus(self, other: Self) -> Self {
                let plus: fn(Self, Self) -> Self = $plus;
                plus(self, other)
            }

            fn float(self) -> f64 {
                let float: fn(Self) -> f64 = $float;
                float(self)
            }

            fn write(self, out: &mut Vec<u8>) {
                out.extend_from_slice(self.to_byte_slice());
            }

            fn read(bytes: &mut Reader<'_>) -> Result<Self> {
                Ok(Self::from_le_bytes(bytes.array()?))
            }
        }
    };
}

total!(u64, UInt64Type, |_| DataType::UInt64, |v| v as u64, u64::wrapping_add, |sum| sum as f64);
total!(i64, Int64Type, |_| DataType::Int64, |v| v, i64::wrapping_add, |sum| sum as f64);
total!(f64, Float64Type, |_| DataType::Float64, |v| v as f64, |a, b| a + b, |sum| sum);
total!(
    i128,
    Decimal128Type,
    |scale| DataType::Decimal128(38, scale as i8),
    i128::from,
    i128::wrapping_add,
    |sum| sum as f64
);
total!(
    i256,
    Decimal256Type,
    |scale| DataType::Decimal256(76, scale as i8),
    |v| i256::from_i128(v.into()),
    i256::wrapping_add,
    |sum| sum.to_string().parse().unwrap_or(f64::NAN)
);

struct Means<T> {
    scale: u8,
    sums: Vec<T>,
    counts: Vec<u64>,
}

impl<T: Total> Means<T> {
    fn new(scale: u8) -> Self {
        Self { scale, sums: Vec::new(), counts: Vec::new() }
    }

    fn grow(&mut self, total: usize) {
        self.sums.resize(self.sums.len().max(total), T::default());
        self.counts.resize(self.counts.len().max(total), 0);
    }

    fn add(&mut self, group: usize, sum: T, count: u64) {
        if let (Some(have), Some(counted)) = (self.sums.get_mut(group), self.counts.get_mut(group)) {
            *have = have.plus(sum);
            *counted = counted.wrapping_add(count);
        }
    }

    fn first(&mut self, count: usize) -> impl Iterator<Item = (T, u64)> + use<T> {
        self.grow(count);
        let sums = self.sums.split_off(count);
        let counts = self.counts.split_off(count);
        std::mem::replace(&mut self.sums, sums).into_iter().zip(std::mem::replace(&mut self.counts, counts))
    }
}

impl<T: Total> Groups for Means<T> {
    fn update(&mut self, rows: &Rows<'_>) -> Result<()> {
        self.grow(rows.total);
        let column = rows.column(0)?;
        match column.as_primitive_opt::<Decimal64Type>() {
            Some(narrow) => rows.fold(&mut self.sums, narrow.values(), |sum, value| sum.plus(T::of(value))),
            None => {
                let column = T::cast(column, self.scale)?;
                rows.fold(&mut self.sums, T::values(&column), T::plus);
            }
        }
        rows.count(&mut self.counts);
        Ok(())
    }

    fn merge(&mut self, rows: &Rows<'_>) -> Result<()> {
        self.grow(rows.total);
        let states = rows.column(0)?.as_binary_view_opt().ok_or_else(|| internal("states are bytes"))?;
        rows.each(|row, group| {
            if states.is_valid(row) {
                let mut state = Reader::new(states.value(row));
                let sum = T::read(&mut state)?;
                self.add(group, sum, state.varint()?);
            }
            Ok(())
        })
    }

    fn finish(&mut self, count: usize) -> Result<ArrayRef> {
        let unit = 10_f64.powi(i32::from(self.scale));
        let means = self.first(count).map(|(sum, count)| sum.float() / unit / count as f64);
        Ok(Arc::new(Float64Array::from_iter_values(means)))
    }

    fn states(&mut self, count: usize) -> Result<ArrayRef> {
        let mut builder = BinaryViewBuilder::with_capacity(count);
        let mut bytes = Vec::new();
        for (sum, counted) in self.first(count) {
            bytes.clear();
            sum.write(&mut bytes);
            write_varint(counted, &mut bytes);
            builder.append_value(&bytes);
        }
        Ok(Arc::new(builder.finish()))
    }

    fn state_length(&self, bytes: &[u8]) -> Result<usize> {
        let mut reader = Reader::new(bytes);
        T::read(&mut reader)?;
        reader.varint()?;
        Ok(bytes.len() - reader.rest().len())
    }

    fn accumulate(&mut self) -> bool {
        super::sum::prefixed(&mut self.sums, T::plus);
        super::sum::prefixed(&mut self.counts, u64::wrapping_add);
        true
    }

    fn len(&self) -> usize {
        self.sums.len()
    }

    fn size(&self) -> usize {
        self.sums.capacity() * size_of::<T>() + self.counts.capacity() * size_of::<u64>()
    }
}
