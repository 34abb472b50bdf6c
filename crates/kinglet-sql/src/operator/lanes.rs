//! Numbers of two arguments as plain slices, and arithmetic and comparison over them.
//!
//! Whether anything can overflow is decided once per batch, from the widest magnitude on either side; where it
//! might, the caller computes value by value in 256 bits and finds out.

use std::cmp::Ordering;
use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, BooleanArray, Decimal32Array, Decimal64Array, Decimal128Array};
use arrow::buffer::{BooleanBuffer, ScalarBuffer};
use arrow::compute::cast;
use arrow::datatypes::{ArrowNativeType, DataType, Decimal32Type, Decimal64Type, Decimal128Type, Int64Type};
use kinglet_types::ChType;

use crate::arrow_type;
use crate::function::Column;
use crate::widen::widened;

/// One argument: a value per row, or one for all rows.
pub(super) enum Lane<T: ArrowNativeType> {
    Each(ScalarBuffer<T>),
    One(T),
}

/// A width that decimals are computed in.
pub(super) trait Width: ArrowNativeType + Ord {
    /// Bits that a magnitude may have.
    const BITS: u32;
    fn magnitude_bits(values: &[Self]) -> u32;
    fn plus(self, other: Self) -> Self;
    fn minus(self, other: Self) -> Self;
    fn times(self, other: Self) -> Self;
    fn power_of_ten(exponent: u8) -> Option<Self>;
    fn of_column(column: &Column) -> Option<ScalarBuffer<Self>>;
}

macro_rules! width {
    ($native:ty, $bits:literal, $of_column:expr) => {
        impl Width for $native {
            const BITS: u32 = $bits - 1;

            fn magnitude_bits(values: &[Self]) -> u32 {
                let all = values.iter().fold(0, |all, v| all | (v ^ (v >> ($bits - 1))));
                $bits - all.leading_zeros()
            }

            fn plus(self, other: Self) -> Self {
                self.wrapping_add(other)
            }

            fn minus(self, other: Self) -> Self {
                self.wrapping_sub(other)
            }

            fn times(self, other: Self) -> Self {
                self.wrapping_mul(other)
            }

            fn power_of_ten(exponent: u8) -> Option<Self> {
                (10 as $native).checked_pow(exponent.into())
            }

            fn of_column(column: &Column) -> Option<ScalarBuffer<Self>> {
                let read: fn(&Column) -> Option<ScalarBuffer<Self>> = $of_column;
                read(column)
            }
        }
    };
}

width!(i64, 64, stored_64);
width!(i128, 128, |column| match column.array.data_type() {
    DataType::Decimal128(..) => Some(column.array.as_primitive::<Decimal128Type>().values().clone()),
    _ => Some(stored_64(column)?.iter().map(|v| i128::from(*v)).collect()),
});

/// Stored numbers of up to 64 bits; `None` for others and where a UInt64 is too large.
fn stored_64(column: &Column) -> Option<ScalarBuffer<i64>> {
    let array = &column.array;
    match array.data_type() {
        DataType::Decimal64(..) => Some(array.as_primitive::<Decimal64Type>().values().clone()),
        DataType::Decimal32(..) => {
            Some(array.as_primitive::<Decimal32Type>().values().iter().map(|v| i64::from(*v)).collect())
        }
        DataType::Int64 => Some(array.as_primitive::<Int64Type>().values().clone()),
        DataType::Boolean => None,
        other if other.is_integer() && *other != DataType::UInt64 => widened(array),
        DataType::UInt64 => {
            // NULLs are taken out before; the cast makes one of a number that does not fit.
            let wide = cast(array, &DataType::Int64).ok()?;
            (wide.null_count() == 0).then(|| wide.as_primitive::<Int64Type>().values().clone())
        }
        _ => None,
    }
}

impl<T: Width> Lane<T> {
    /// The column's stored numbers times 10^`exponent`; `None` where that may not fit.
    pub(super) fn new(column: &Column, exponent: u8) -> Option<Self> {
        let values = T::of_column(column)?;
        let values = match exponent {
            0 => values,
            _ => {
                let factor = T::power_of_ten(exponent)?;
                let bits = T::magnitude_bits(&values) + T::magnitude_bits(&[factor]);
                if bits > T::BITS {
                    return None;
                }
                values.iter().map(|v| v.times(factor)).collect()
            }
        };
        Some(if column.constant { Self::One(*values.first()?) } else { Self::Each(values) })
    }

    fn bits(&self) -> u32 {
        match self {
            Self::Each(values) => T::magnitude_bits(values),
            Self::One(value) => T::magnitude_bits(&[*value]),
        }
    }
}

/// An operation that a loop can do without looking at values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plain {
    Plus,
    Minus,
    Multiply,
}

/// The operation row by row; `None` where a result may not fit `T`.
pub(super) fn arithmetic<T: Width>(op: Plain, a: &Lane<T>, b: &Lane<T>, rows: usize) -> Option<Vec<T>> {
    let bits = match op {
        Plain::Multiply => a.bits() + b.bits(),
        _ => a.bits().max(b.bits()) + 1,
    };
    if bits > T::BITS {
        return None;
    }
    Some(match op {
        Plain::Plus => zipped(a, b, rows, T::plus),
        Plain::Minus => zipped(a, b, rows, T::minus),
        Plain::Multiply => zipped(a, b, rows, T::times),
    })
}

fn zipped<T: Width>(a: &Lane<T>, b: &Lane<T>, rows: usize, op: impl Fn(T, T) -> T) -> Vec<T> {
    match (a, b) {
        (Lane::Each(a), Lane::Each(b)) => a.iter().zip(b.iter()).map(|(x, y)| op(*x, *y)).collect(),
        (Lane::Each(a), Lane::One(y)) => a.iter().map(|x| op(*x, *y)).collect(),
        (Lane::One(x), Lane::Each(b)) => b.iter().map(|y| op(*x, *y)).collect(),
        (Lane::One(x), Lane::One(y)) => vec![op(*x, *y); rows],
    }
}

/// A column of decimals from stored numbers of 64 bits; `None` where one does not fit the type.
pub(super) fn decimals_of_64(values: Vec<i64>, ty: &ChType) -> Option<ArrayRef> {
    let stored = arrow_type(ty);
    match stored {
        DataType::Decimal64(..) => Some(Arc::new(Decimal64Array::from(values).with_data_type(stored))),
        DataType::Decimal32(..) if i64::magnitude_bits(&values) < 32 => {
            let narrow: Vec<i32> = values.into_iter().map(|v| v as i32).collect();
            Some(Arc::new(Decimal32Array::from(narrow).with_data_type(stored)))
        }
        _ => None,
    }
}

/// A column of decimals from stored numbers of 128 bits.
pub(super) fn decimals_of_128(values: Vec<i128>, ty: &ChType) -> Option<ArrayRef> {
    let stored = arrow_type(ty);
    matches!(stored, DataType::Decimal128(..))
        .then(|| Arc::new(Decimal128Array::from(values).with_data_type(stored)) as ArrayRef)
}

/// Which outcomes of a comparison answer true.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outcomes {
    less: bool,
    equal: bool,
    greater: bool,
    unordered: bool,
}

impl Outcomes {
    pub(super) fn of(test: fn(Option<Ordering>) -> bool) -> Self {
        Self {
            less: test(Some(Ordering::Less)),
            equal: test(Some(Ordering::Equal)),
            greater: test(Some(Ordering::Greater)),
            unordered: test(None),
        }
    }

    fn test<T: PartialOrd>(self, x: T, y: T) -> bool {
        let (less, equal, greater) = (x < y, x == y, x > y);
        self.less & less
            | self.equal & equal
            | self.greater & greater
            | self.unordered & !(less | equal | greater)
    }

    /// The comparison row by row.
    pub(super) fn compare<T: ArrowNativeType + PartialOrd>(
        self,
        a: &Lane<T>,
        b: &Lane<T>,
        rows: usize,
    ) -> ArrayRef {
        let bits = match (a, b) {
            (Lane::Each(a), Lane::Each(b)) => {
                let rows = rows.min(a.len()).min(b.len());
                let (a, b) = (&a[..rows], &b[..rows]);
                BooleanBuffer::collect_bool(rows, |row| self.test(a[row], b[row]))
            }
            (Lane::Each(a), Lane::One(y)) => {
                BooleanBuffer::collect_bool(a.len(), |row| self.test(a[row], *y))
            }
            (Lane::One(x), Lane::Each(b)) => {
                BooleanBuffer::collect_bool(b.len(), |row| self.test(*x, b[row]))
            }
            (Lane::One(x), Lane::One(y)) => BooleanBuffer::collect_bool(rows, |_| self.test(*x, *y)),
        };
        Arc::new(BooleanArray::new(bits, None))
    }
}
