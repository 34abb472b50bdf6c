//! Stored numbers of any width as 64 bits.

use arrow::array::{Array, ArrayRef, ArrowPrimitiveType, AsArray};
use arrow::buffer::ScalarBuffer;
use arrow::datatypes::{
    DataType, Date32Type, Decimal32Type, Decimal64Type, Int8Type, Int16Type, Int32Type, Int64Type, TimeUnit,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
    UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};

/// The stored numbers of whole numbers, dates, times and decimals of at most 64 bits, in one loop that cannot fail;
/// what is under a NULL is anything, a UInt64 keeps its bits, a decimal its unscaled number. `None` for other types.
pub(crate) fn widened(array: &ArrayRef) -> Option<ScalarBuffer<i64>> {
    Some(match array.data_type() {
        DataType::Int8 => each::<Int8Type>(array),
        DataType::Int16 => each::<Int16Type>(array),
        DataType::Int32 => each::<Int32Type>(array),
        DataType::Date32 => each::<Date32Type>(array),
        DataType::Decimal32(..) => each::<Decimal32Type>(array),
        DataType::UInt8 => each::<UInt8Type>(array),
        DataType::UInt16 => each::<UInt16Type>(array),
        DataType::UInt32 => each::<UInt32Type>(array),
        DataType::UInt64 => array.as_primitive::<UInt64Type>().values().iter().map(|v| *v as i64).collect(),
        DataType::Int64 => same::<Int64Type>(array),
        DataType::Decimal64(..) => same::<Decimal64Type>(array),
        DataType::Timestamp(TimeUnit::Second, _) => same::<TimestampSecondType>(array),
        DataType::Timestamp(TimeUnit::Millisecond, _) => same::<TimestampMillisecondType>(array),
        DataType::Timestamp(TimeUnit::Microsecond, _) => same::<TimestampMicrosecondType>(array),
        DataType::Timestamp(TimeUnit::Nanosecond, _) => same::<TimestampNanosecondType>(array),
        _ => return None,
    })
}

fn each<T: ArrowPrimitiveType>(array: &ArrayRef) -> ScalarBuffer<i64>
where
    i64: From<T::Native>,
{
    array.as_primitive::<T>().values().iter().map(|value| i64::from(*value)).collect()
}

fn same<T: ArrowPrimitiveType<Native = i64>>(array: &ArrayRef) -> ScalarBuffer<i64> {
    array.as_primitive::<T>().values().clone()
}
