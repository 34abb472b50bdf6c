//! Values as bytes that sort as the values do: what marks and column bounds are kept as.
//!
//! Numbers are big-endian with the sign bit flipped, floats as IEEE 754's total order puts them (with -0 as 0),
//! strings are themselves, cut at [`LONGEST`] bytes. Which Arrow types have such a form is decided by [`Order::of`].

#[cfg(test)]
mod tests;

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, PrimitiveArray};
use arrow::buffer::NullBuffer;
use arrow::datatypes::{self as types, ArrowNativeTypeOp, ArrowPrimitiveType, DataType, i256};

/// Bytes kept of a string in marks and bounds.
pub(crate) const LONGEST: usize = 32;

/// How an Arrow type sorts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    Boolean,
    Signed(u8),
    Unsigned(u8),
    Float(u8),
    Bytes,
}

impl Order {
    /// The order of a type, if its values are scalars that this module knows.
    pub(crate) fn of(data_type: &DataType) -> Option<Order> {
        Some(match data_type {
            DataType::Boolean => Order::Boolean,
            DataType::Int8 => Order::Signed(1),
            DataType::Int16 => Order::Signed(2),
            DataType::Int32 | DataType::Date32 | DataType::Time32(_) | DataType::Decimal32(..) => {
                Order::Signed(4)
            }
            DataType::Int64
            | DataType::Date64
            | DataType::Time64(_)
            | DataType::Timestamp(..)
            | DataType::Duration(_)
            | DataType::Decimal64(..) => Order::Signed(8),
            DataType::Decimal128(..) => Order::Signed(16),
            DataType::Decimal256(..) => Order::Signed(32),
            DataType::UInt8 => Order::Unsigned(1),
            DataType::UInt16 => Order::Unsigned(2),
            DataType::UInt32 => Order::Unsigned(4),
            DataType::UInt64 => Order::Unsigned(8),
            DataType::Float32 => Order::Float(4),
            DataType::Float64 => Order::Float(8),
            DataType::Binary | DataType::Utf8 | DataType::BinaryView | DataType::Utf8View => Order::Bytes,
            DataType::FixedSizeBinary(_) => Order::Bytes,
            _ => return None,
        })
    }
}

/// Least and greatest value of an array, nulls and NaN aside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bounds {
    /// `None` if there is no value but nulls and NaN.
    pub(crate) values: Option<(Vec<u8>, Vec<u8>)>,
    pub(crate) has_null: bool,
}

/// The bounds of an array, or `None` for a type without order.
pub(crate) fn bounds(array: &ArrayRef) -> Option<Bounds> {
    let order = Order::of(array.data_type())?;
    let values = match order {
        Order::Bytes => byte_bounds(array),
        _ => visit(array, order, Extremes),
    };
    Some(Bounds { values, has_null: array.null_count() > 0 })
}

/// One value's bytes; `Some(None)` for null, `None` for a type without order.
pub(crate) fn value(array: &ArrayRef, row: usize) -> Option<Option<Vec<u8>>> {
    let order = Order::of(array.data_type())?;
    if row >= array.len() || array.is_null(row) {
        return Some(None);
    }
    if order == Order::Bytes {
        return Some(bytes_at(array, row).map(<[u8]>::to_vec));
    }
    Some(visit(&array.slice(row, 1), order, First))
}

/// Cuts a lower bound to [`LONGEST`] bytes: a prefix sorts no later than the whole.
pub(crate) fn cut_lower(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.truncate(LONGEST);
    bytes
}

/// Cuts an upper bound to [`LONGEST`] bytes, rounding up; bytes that cannot be rounded up stay whole.
pub(crate) fn cut_upper(bytes: Vec<u8>) -> Vec<u8> {
    let Some(head) = bytes.get(..LONGEST).filter(|_| bytes.len() > LONGEST) else { return bytes };
    let mut head = head.to_vec();
    while let Some(last) = head.last_mut() {
        if *last < 0xff {
            *last += 1;
            return head;
        }
        head.pop();
    }
    bytes
}

trait Visitor {
    type Output;
    fn primitive<T: ArrowPrimitiveType>(
        self,
        array: &PrimitiveArray<T>,
        encode: fn(T::Native) -> Vec<u8>,
    ) -> Self::Output
    where
        T::Native: ArrowNativeTypeOp;
    fn boolean(self, array: &BooleanArray) -> Self::Output;
    fn none(self) -> Self::Output;
}

/// Least and greatest, encoded.
struct Extremes;
/// The first value, encoded.
struct First;

impl Visitor for Extremes {
    type Output = Option<(Vec<u8>, Vec<u8>)>;

    fn primitive<T: ArrowPrimitiveType>(
        self,
        array: &PrimitiveArray<T>,
        encode: fn(T::Native) -> Vec<u8>,
    ) -> Self::Output {
        let (least, greatest) = extremes(array.values(), array.nulls())?;
        Some((encode(least), encode(greatest)))
    }

    fn boolean(self, array: &BooleanArray) -> Self::Output {
        let (trues, valid) = (array.true_count(), array.len() - array.null_count());
        (valid > 0).then(|| (vec![u8::from(trues == valid)], vec![u8::from(trues > 0)]))
    }

    fn none(self) -> Self::Output {
        None
    }
}

impl Visitor for First {
    type Output = Option<Vec<u8>>;

    fn primitive<T: ArrowPrimitiveType>(
        self,
        array: &PrimitiveArray<T>,
        encode: fn(T::Native) -> Vec<u8>,
    ) -> Self::Output {
        array.values().first().map(|value| encode(*value))
    }

    fn boolean(self, array: &BooleanArray) -> Self::Output {
        array.iter().next().flatten().map(|value| vec![u8::from(value)])
    }

    fn none(self) -> Self::Output {
        None
    }
}

fn extremes<N: ArrowNativeTypeOp>(values: &[N], nulls: Option<&NullBuffer>) -> Option<(N, N)> {
    let mut found: Option<(N, N)> = None;
    let mut see = |value: N| {
        // NaN is equal to itself in the total order but not to itself as a value.
        if value.partial_cmp(&value).is_none() {
            return;
        }
        match &mut found {
            None => found = Some((value, value)),
            Some((least, greatest)) => {
                if value < *least {
                    *least = value;
                }
                if value > *greatest {
                    *greatest = value;
                }
            }
        }
    };
    match nulls.filter(|nulls| nulls.null_count() > 0) {
        None => values.iter().for_each(|value| see(*value)),
        Some(nulls) => nulls.valid_indices().filter_map(|i| values.get(i)).for_each(|value| see(*value)),
    }
    found
}

/// Calls the visitor with the array as the primitive of its width: one instance per width, not per Arrow type.
fn visit<V: Visitor>(array: &ArrayRef, order: Order, visitor: V) -> V::Output {
    macro_rules! as_type {
        ($type:ty, $encode:expr) => {{
            let data = array.to_data().into_builder().data_type(<$type>::DATA_TYPE).build();
            match data {
                Ok(data) => visitor.primitive(&PrimitiveArray::<$type>::from(data), $encode),
                Err(_) => visitor.none(),
            }
        }};
    }
    match order {
        Order::Boolean => visitor.boolean(array.as_boolean()),
        Order::Signed(1) => as_type!(types::Int8Type, |v| vec![(v as u8) ^ 0x80]),
        Order::Signed(2) => as_type!(types::Int16Type, |v| ((v as u16) ^ 1 << 15).to_be_bytes().to_vec()),
        Order::Signed(4) => as_type!(types::Int32Type, |v| ((v as u32) ^ 1 << 31).to_be_bytes().to_vec()),
        Order::Signed(8) => as_type!(types::Int64Type, |v| ((v as u64) ^ 1 << 63).to_be_bytes().to_vec()),
        Order::Signed(16) => {
            as_type!(types::Decimal128Type, |v| ((v as u128) ^ 1 << 127).to_be_bytes().to_vec())
        }
        Order::Signed(_) => as_type!(types::Decimal256Type, encode_i256),
        Order::Unsigned(1) => as_type!(types::UInt8Type, |v| vec![v]),
        Order::Unsigned(2) => as_type!(types::UInt16Type, |v| v.to_be_bytes().to_vec()),
        Order::Unsigned(4) => as_type!(types::UInt32Type, |v| v.to_be_bytes().to_vec()),
        Order::Unsigned(_) => as_type!(types::UInt64Type, |v| v.to_be_bytes().to_vec()),
        Order::Float(4) => as_type!(types::Float32Type, encode_f32),
        Order::Float(_) => as_type!(types::Float64Type, encode_f64),
        Order::Bytes => visitor.none(),
    }
}

fn encode_i256(value: i256) -> Vec<u8> {
    let mut bytes = value.to_be_bytes().to_vec();
    if let Some(first) = bytes.first_mut() {
        *first ^= 0x80;
    }
    bytes
}

fn encode_f32(value: f32) -> Vec<u8> {
    let bits = if value == 0.0 { 0 } else { value.to_bits() };
    let flip = if bits >> 31 == 1 { u32::MAX } else { 1 << 31 };
    (bits ^ flip).to_be_bytes().to_vec()
}

fn encode_f64(value: f64) -> Vec<u8> {
    let bits = if value == 0.0 { 0 } else { value.to_bits() };
    let flip = if bits >> 63 == 1 { u64::MAX } else { 1 << 63 };
    (bits ^ flip).to_be_bytes().to_vec()
}

fn bytes_at(array: &ArrayRef, row: usize) -> Option<&[u8]> {
    Some(match array.data_type() {
        DataType::Binary => array.as_binary::<i32>().value(row),
        DataType::Utf8 => array.as_string::<i32>().value(row).as_bytes(),
        DataType::BinaryView => array.as_binary_view().value(row),
        DataType::Utf8View => array.as_string_view().value(row).as_bytes(),
        DataType::FixedSizeBinary(_) => array.as_fixed_size_binary().value(row),
        _ => return None,
    })
}

fn byte_bounds(array: &ArrayRef) -> Option<(Vec<u8>, Vec<u8>)> {
    let values = (0..array.len()).filter(|row| array.is_valid(*row)).filter_map(|row| bytes_at(array, row));
    // The first bytes as a number tell nearly always, without a call that compares bytes.
    let mut values = values.map(|value| (head(value), value));
    let first = values.next()?;
    let (mut least, mut greatest) = (first, first);
    for value in values {
        if value < least {
            least = value;
        }
        if value > greatest {
            greatest = value;
        }
    }
    Some((least.1.to_vec(), greatest.1.to_vec()))
}

/// The first eight bytes as a number whose order is the bytes', zeros where there are fewer.
fn head(bytes: &[u8]) -> u64 {
    let mut head = [0; 8];
    match bytes.first_chunk() {
        Some(first) => head = *first,
        None => head.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from),
    }
    u64::from_be_bytes(head)
}
