//! Building a column of any type value by value.

use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, BinaryViewBuilder, Decimal32Array, Decimal64Array, Decimal128Array, Decimal256Array,
    FixedSizeBinaryArray, Float64Array, ListArray, MapArray, NullArray, StructArray, make_array,
};
use arrow::buffer::{Buffer, NullBuffer, OffsetBuffer};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Fields, i256};
use kinglet_types::{ChType, Result};

use crate::arrow_type;
use crate::function::result::{int_array, internal};

/// Appends values of one type and makes a column of them.
pub struct ColumnBuilder {
    ty: ChType,
    values: Values,
    /// Whether each value is there; empty while none is NULL.
    valid: Vec<bool>,
    len: usize,
}

enum Values {
    Nothing,
    /// Every type stored in at most 64 bits, in stored units.
    Ints(Vec<i64>),
    Floats(Vec<f64>),
    Decimals(Vec<i256>),
    Bytes(BinaryViewBuilder),
    Fixed(Vec<u8>, usize),
    List(Vec<usize>, Box<ColumnBuilder>),
    Tuple(Vec<ColumnBuilder>),
    Map(Vec<usize>, Box<ColumnBuilder>, Box<ColumnBuilder>),
}

impl ColumnBuilder {
    /// An empty column of `ty`.
    pub fn new(ty: &ChType) -> Self {
        let values = match ty.bare() {
            ChType::Nothing => Values::Nothing,
            ChType::Float32 | ChType::Float64 => Values::Floats(Vec::new()),
            ChType::Decimal(..) => Values::Decimals(Vec::new()),
            ChType::Array(element) => Values::List(Vec::new(), Box::new(Self::new(element))),
            nested @ ChType::Nested(_) => {
                let element = nested.element().unwrap_or(ChType::Nothing);
                Values::List(Vec::new(), Box::new(Self::new(&element)))
            }
            ChType::Tuple(elements) => Values::Tuple(elements.iter().map(|(_, ty)| Self::new(ty)).collect()),
            ChType::Map(key, value) => {
                Values::Map(Vec::new(), Box::new(Self::new(key)), Box::new(Self::new(value)))
            }
            bare => match arrow_type(bare) {
                DataType::BinaryView => Values::Bytes(BinaryViewBuilder::new()),
                DataType::FixedSizeBinary(width) => Values::Fixed(Vec::new(), width.max(0) as usize),
                _ => Values::Ints(Vec::new()),
            },
        };
        Self { ty: ty.clone(), values, valid: Vec::new(), len: 0 }
    }

    /// The type of the column.
    pub fn ty(&self) -> &ChType {
        &self.ty
    }

    /// Number of values.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are no values.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    fn appended(&mut self) {
        self.len += 1;
        if !self.valid.is_empty() {
            self.valid.push(true);
        }
    }

    /// Appends a number in stored units (wraps to the type's width), a float or a decimal's whole part.
    pub fn append_int(&mut self, value: i64) {
        match &mut self.values {
            Values::Ints(values) => values.push(value),
            Values::Floats(values) => values.push(value as f64),
            Values::Decimals(values) => values.push(i256::from_i128(value.into())),
            _ => return self.append_default(),
        }
        self.appended();
    }

    /// Appends a float.
    pub fn append_float(&mut self, value: f64) {
        match &mut self.values {
            Values::Floats(values) => values.push(value),
            Values::Ints(values) => values.push(value as i64),
            _ => return self.append_default(),
        }
        self.appended();
    }

    /// Appends an unscaled decimal or a wide integer.
    pub fn append_wide(&mut self, value: i256) {
        match &mut self.values {
            Values::Decimals(values) => values.push(value),
            Values::Fixed(values, width) => {
                let bytes = value.to_le_bytes();
                values.extend_from_slice(bytes.get(..*width).unwrap_or(&bytes));
            }
            _ => return self.append_default(),
        }
        self.appended();
    }

    /// Appends bytes; a fixed width is filled with zeros or cut.
    pub fn append_bytes(&mut self, bytes: &[u8]) {
        match &mut self.values {
            Values::Bytes(values) => values.append_value(bytes),
            Values::Fixed(values, width) => {
                let end = values.len() + *width;
                values.extend_from_slice(bytes.get(..*width).unwrap_or(bytes));
                values.resize(end, 0);
            }
            _ => return self.append_default(),
        }
        self.appended();
    }

    /// The builder of an array's elements; [`ColumnBuilder::close`] ends each array.
    pub fn elements(&mut self) -> Option<&mut ColumnBuilder> {
        match &mut self.values {
            Values::List(_, elements) => Some(elements),
            _ => None,
        }
    }

    /// The builders of a tuple's elements; after one value was appended to each, call [`ColumnBuilder::close`].
    pub fn fields(&mut self) -> &mut [ColumnBuilder] {
        match &mut self.values {
            Values::Tuple(fields) => fields,
            _ => &mut [],
        }
    }

    /// The builders of a map's keys and values; [`ColumnBuilder::close`] ends each map.
    pub fn entries(&mut self) -> Option<(&mut ColumnBuilder, &mut ColumnBuilder)> {
        match &mut self.values {
            Values::Map(_, keys, values) => Some((keys, values)),
            _ => None,
        }
    }

    /// Ends an array, tuple or map whose parts have been appended.
    pub fn close(&mut self) {
        match &mut self.values {
            Values::List(ends, elements) => ends.push(elements.len),
            Values::Map(ends, keys, values) => {
                while values.len < keys.len {
                    values.append_default();
                }
                ends.push(keys.len);
            }
            Values::Tuple(fields) => {
                for field in fields {
                    while field.len <= self.len {
                        field.append_default();
                    }
                }
            }
            _ => return,
        }
        self.appended();
    }

    /// Takes back everything appended since the builder had `len` values, parts of an open value included.
    pub fn truncate(&mut self, len: usize) {
        match &mut self.values {
            Values::Nothing => {}
            Values::Ints(values) => values.truncate(len),
            Values::Floats(values) => values.truncate(len),
            Values::Decimals(values) => values.truncate(len),
            Values::Fixed(values, width) => values.truncate(len * *width),
            Values::Bytes(values) => {
                if self.len > len {
                    let array = values.finish();
                    for row in 0..len {
                        if array.is_null(row) {
                            values.append_null();
                        } else {
                            values.append_value(array.value(row));
                        }
                    }
                }
            }
            Values::List(ends, elements) => {
                ends.truncate(len);
                elements.truncate(ends.last().copied().unwrap_or(0));
            }
            Values::Tuple(fields) => fields.iter_mut().for_each(|field| field.truncate(len)),
            Values::Map(ends, keys, values) => {
                ends.truncate(len);
                let end = ends.last().copied().unwrap_or(0);
                keys.truncate(end);
                values.truncate(end);
            }
        }
        self.valid.truncate(len);
        self.len = self.len.min(len);
    }

    /// Appends NULL, or the default where the type has no NULL.
    pub fn append_null(&mut self) {
        if !self.ty.is_nullable() && !matches!(self.values, Values::Nothing) {
            return self.append_default();
        }
        if self.valid.is_empty() {
            self.valid = vec![true; self.len];
        }
        let before = self.len;
        self.push_zero();
        self.len = before + 1;
        self.valid.push(false);
    }

    /// Appends the type's default: NULL, zero, the empty text or array, the first value of an Enum.
    pub fn append_default(&mut self) {
        if self.ty.is_nullable() {
            return self.append_null();
        }
        self.push_zero();
        self.appended();
    }

    fn push_zero(&mut self) {
        let first = match self.ty.bare() {
            // 1900-01-01, the least of the type.
            ChType::Date32 => -25_567,
            ty => ty.enum_values().map_or(0, |values| values.default_number().into()),
        };
        match &mut self.values {
            Values::Nothing => {}
            Values::Ints(values) => values.push(first),
            Values::Floats(values) => values.push(0.0),
            Values::Decimals(values) => values.push(i256::ZERO),
            Values::Bytes(values) => match self.ty.bare() {
                ChType::Json(of) => values.append_value(crate::json::blank(of)),
                _ => values.append_value(b""),
            },
            Values::Fixed(values, width) => values.resize(values.len() + *width, 0),
            Values::List(ends, elements) => ends.push(elements.len),
            Values::Tuple(fields) => fields.iter_mut().for_each(ColumnBuilder::append_default),
            Values::Map(ends, keys, _) => ends.push(keys.len),
        }
    }

    /// The column.
    ///
    /// # Errors
    /// 49 when values were left open.
    pub fn finish(self) -> Result<ArrayRef> {
        let nulls = (!self.valid.is_empty()).then(|| NullBuffer::from(self.valid));
        let target = arrow_type(&self.ty);
        let array: ArrayRef = match self.values {
            Values::Nothing => return Ok(Arc::new(NullArray::new(self.len))),
            Values::Ints(values) => return int_array(&self.ty, values, nulls),
            Values::Floats(values) => {
                let array: ArrayRef = Arc::new(Float64Array::new(values.into(), nulls));
                return cast(&array, &target).map_err(internal);
            }
            Values::Decimals(values) => return decimals(values, nulls, &target),
            Values::Bytes(mut values) => Arc::new(values.finish()),
            Values::Fixed(values, width) => {
                let buffer = Buffer::from_vec(values);
                let width = i32::try_from(width).map_err(internal)?;
                Arc::new(FixedSizeBinaryArray::try_new(width, buffer, None).map_err(internal)?)
            }
            Values::List(ends, elements) => list(&target, &ends, elements.finish()?)?,
            Values::Tuple(fields) => tuple(&target, fields, self.len)?,
            Values::Map(ends, keys, values) => map(&target, &ends, keys.finish()?, values.finish()?)?,
        };
        let Some(nulls) = nulls else { return Ok(array) };
        let data = array.to_data().into_builder().nulls(Some(nulls)).build().map_err(internal)?;
        Ok(make_array(data))
    }
}

fn lengths(ends: &[usize]) -> OffsetBuffer<i32> {
    let starts = std::iter::once(&0).chain(ends);
    OffsetBuffer::from_lengths(ends.iter().zip(starts).map(|(end, start)| end - start))
}

fn list(target: &DataType, ends: &[usize], elements: ArrayRef) -> Result<ArrayRef> {
    let DataType::List(field) = target else { return Err(internal("elements of no list")) };
    Ok(Arc::new(ListArray::try_new(Arc::clone(field), lengths(ends), elements, None).map_err(internal)?))
}

fn tuple(target: &DataType, fields: Vec<ColumnBuilder>, len: usize) -> Result<ArrayRef> {
    let DataType::Struct(names) = target else { return Err(internal("fields of no tuple")) };
    let columns = fields.into_iter().map(ColumnBuilder::finish).collect::<Result<Vec<_>>>()?;
    struct_array(names, columns, len)
}

/// A struct of columns; one without fields has `len` rows.
pub(crate) fn struct_array(fields: &Fields, columns: Vec<ArrayRef>, len: usize) -> Result<ArrayRef> {
    if columns.is_empty() {
        return Ok(Arc::new(StructArray::new_empty_fields(len, None)));
    }
    Ok(Arc::new(StructArray::try_new(fields.clone(), columns, None).map_err(internal)?))
}

fn map(target: &DataType, ends: &[usize], keys: ArrayRef, values: ArrayRef) -> Result<ArrayRef> {
    let DataType::Map(field, _) = target else { return Err(internal("entries of no map")) };
    let DataType::Struct(fields) = field.data_type() else { return Err(internal("entries of no map")) };
    let len = keys.len();
    let entries = struct_array(fields, vec![keys, values], len)?;
    let entries = arrow::array::AsArray::as_struct(&entries).clone();
    Ok(Arc::new(MapArray::try_new(Arc::clone(field), lengths(ends), entries, None, false).map_err(internal)?))
}

fn decimals(values: Vec<i256>, nulls: Option<NullBuffer>, target: &DataType) -> Result<ArrayRef> {
    if let DataType::Decimal256(..) = target {
        let array = Decimal256Array::new(values.into(), nulls).with_data_type(target.clone());
        return Ok(Arc::new(array));
    }
    let narrow: Vec<i128> = values.into_iter().map(|v| v.to_i128().unwrap_or_default()).collect();
    let wide = Decimal128Array::new(narrow.into(), nulls);
    match target {
        DataType::Decimal128(..) => Ok(Arc::new(wide.with_data_type(target.clone()))),
        // Digits beyond the precision are kept, as ClickHouse does.
        DataType::Decimal64(..) => {
            let (_, values, nulls) = wide.into_parts();
            let values: Vec<i64> = values.iter().map(|value| *value as i64).collect();
            Ok(Arc::new(Decimal64Array::new(values.into(), nulls).with_data_type(target.clone())))
        }
        DataType::Decimal32(..) => {
            let (_, values, nulls) = wide.into_parts();
            let values: Vec<i32> = values.iter().map(|value| *value as i32).collect();
            Ok(Arc::new(Decimal32Array::new(values.into(), nulls).with_data_type(target.clone())))
        }
        _ => Err(internal("decimals of no Decimal")),
    }
}
