//! Encoded values must sort as the values do.

use std::sync::Arc;

use arrow::array::*;

use super::*;

/// Asserts that the values, given in order, have bytes in strictly increasing order, and bounds at the ends.
fn check(array: ArrayRef) {
    let encoded: Vec<_> = (0..array.len()).map(|row| value(&array, row).unwrap().unwrap()).collect();
    assert!(encoded.is_sorted_by(|a, b| a < b), "{:?}: {encoded:?}", array.data_type());
    let bounds = bounds(&array).unwrap();
    let ends = (encoded.first().unwrap().clone(), encoded.last().unwrap().clone());
    assert_eq!(bounds, Bounds { values: Some(ends), has_null: false });
}

#[test]
fn bytes_sort_as_the_values_of_every_width_do() {
    check(Arc::new(Int8Array::from(vec![i8::MIN, -1, 0, 1, i8::MAX])));
    check(Arc::new(Int16Array::from(vec![i16::MIN, -1, 0, 1, i16::MAX])));
    check(Arc::new(Date32Array::from(vec![i32::MIN, -1, 0, 1, i32::MAX])));
    check(Arc::new(TimestampSecondArray::from(vec![i64::MIN, -1, 0, 1, i64::MAX])));
    check(Arc::new(Decimal32Array::from(vec![-5, 0, 7])));
    check(Arc::new(Decimal128Array::from(vec![i128::MIN, -1, 0, 1, i128::MAX])));
    check(Arc::new(Decimal256Array::from(vec![
        i256::MIN,
        i256::MINUS_ONE,
        i256::ZERO,
        i256::ONE,
        i256::MAX,
    ])));
    check(Arc::new(UInt8Array::from(vec![0, 1, u8::MAX])));
    check(Arc::new(UInt16Array::from(vec![0, 256, u16::MAX])));
    check(Arc::new(UInt32Array::from(vec![0, 256, u32::MAX])));
    check(Arc::new(UInt64Array::from(vec![0, 256, u64::MAX])));
    check(Arc::new(Float32Array::from(vec![f32::NEG_INFINITY, -1.5, 0.0, f32::MIN_POSITIVE, f32::INFINITY])));
    check(Arc::new(Float64Array::from(vec![f64::NEG_INFINITY, -1.5, 0.0, f64::MIN_POSITIVE, f64::INFINITY])));
    check(Arc::new(BooleanArray::from(vec![false, true])));
    check(Arc::new(BinaryViewArray::from_iter_values([&b""[..], b"\0", b"a", b"a\0", b"ab", b"\xff"])));
}

#[test]
fn nulls_and_nan_are_outside_the_bounds() {
    let floats: ArrayRef = Arc::new(Float64Array::from(vec![None, Some(f64::NAN), Some(2.0), Some(1.0)]));
    let found = bounds(&floats).unwrap();
    assert!(found.has_null);
    assert_eq!(found.values, Some((encode_f64(1.0), encode_f64(2.0))));
    let nothing: ArrayRef = Arc::new(Float64Array::from(vec![None, Some(f64::NAN)]));
    assert_eq!(bounds(&nothing).unwrap(), Bounds { values: None, has_null: true });
}

#[test]
fn negative_zero_is_zero() {
    assert_eq!(encode_f64(-0.0), encode_f64(0.0));
    assert_eq!(encode_f32(-0.0), encode_f32(0.0));
}

#[test]
fn cut_bounds_still_bound() {
    let long = vec![b'x'; 100];
    assert!(cut_lower(long.clone()) <= long && cut_lower(long.clone()).len() == LONGEST);
    assert!(cut_upper(long.clone()) > long && cut_upper(long).len() == LONGEST);
    let highest = vec![0xff; 100];
    assert_eq!(cut_upper(highest.clone()), highest);
    assert_eq!(cut_upper(vec![1, 2]), [1, 2]);
}
