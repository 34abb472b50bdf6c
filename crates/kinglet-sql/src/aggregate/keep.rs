//! One kept value per group: what `min`, `max`, `any`, `argMin` and their like hold.
//!
//! Numbers, dates and times are kept in flat vectors, texts in buffers of their own; every other type as the bytes of
//! Arrow's row format, whose order is the values' order.

use std::cmp::Ordering;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BinaryViewArray, BooleanArray, Int64Array, make_array};
use arrow::buffer::ScalarBuffer;
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type, Int64Type};
use arrow::row::{RowConverter, Rows as EncodedRows, SortField};
use kinglet_types::{ChType, Result};

use super::wire::Reader;
use crate::arrow_type;
use crate::binary::{read_value, write_value};
use crate::column_builder::ColumnBuilder;
use crate::function::result::{int_array, internal};
use crate::widen::widened;

/// The kept values of all groups.
pub(super) struct Kept {
    ty: ChType,
    values: Values,
    seen: Vec<bool>,
}

enum Values {
    /// Everything stored in up to 64 bits that orders as its stored number; `true` for UInt64.
    Ints(Vec<i64>, bool),
    Floats(Vec<f64>),
    /// Texts, each in a buffer that the next one uses again, and the bytes of the buffers.
    Texts(Vec<Vec<u8>>, usize),
    Encoded(Box<RowConverter>, Vec<Box<[u8]>>),
}

/// The values of one batch, ready to be compared with kept ones.
pub(super) enum Loaded {
    Ints(ScalarBuffer<i64>),
    Floats(ScalarBuffer<f64>),
    Texts(BinaryViewArray),
    Encoded(EncodedRows),
}

impl Kept {
    /// No groups yet, for values of `ty`.
    ///
    /// # Errors
    /// 49 for a type that Arrow's row format does not have.
    pub(super) fn new(ty: &ChType) -> Result<Self> {
        let stored = arrow_type(ty);
        let values = match &stored {
            DataType::Float32 | DataType::Float64 => Values::Floats(Vec::new()),
            DataType::UInt64 => Values::Ints(Vec::new(), true),
            DataType::BinaryView if *ty == ChType::String => Values::Texts(Vec::new(), 0),
            other if is_narrow(other) => Values::Ints(Vec::new(), false),
            other => {
                let converter = RowConverter::new(vec![SortField::new(other.clone())]).map_err(internal)?;
                Values::Encoded(Box::new(converter), Vec::new())
            }
        };
        Ok(Self { ty: ty.clone(), values, seen: Vec::new() })
    }

    pub(super) fn grow(&mut self, total: usize) {
        let total = self.seen.len().max(total);
        self.seen.resize(total, false);
        match &mut self.values {
            Values::Ints(values, _) => values.resize(total, 0),
            Values::Floats(values) => values.resize(total, 0.0),
            Values::Texts(values, _) => values.resize_with(total, Vec::new),
            Values::Encoded(_, values) => values.resize_with(total, Box::default),
        }
    }

    /// Reads a column once.
    pub(super) fn load(&self, column: &ArrayRef) -> Result<Loaded> {
        match &self.values {
            Values::Ints(..) => Ok(Loaded::Ints(stored_ints(column)?)),
            Values::Floats(_) => {
                let column = cast(column, &DataType::Float64).map_err(internal)?;
                Ok(Loaded::Floats(column.as_primitive::<Float64Type>().values().clone()))
            }
            Values::Texts(..) => {
                let texts = column.as_binary_view_opt().ok_or_else(|| internal("texts of another layout"))?;
                Ok(Loaded::Texts(texts.clone()))
            }
            Values::Encoded(converter, _) => {
                let rows = converter.convert_columns(std::slice::from_ref(column)).map_err(internal)?;
                Ok(Loaded::Encoded(rows))
            }
        }
    }

    /// Whether the group keeps a value.
    pub(super) fn has(&self, group: usize) -> bool {
        self.seen.get(group).copied().unwrap_or(false)
    }

    /// How the value of a row compares with the group's. A NaN comes after everything on either side of the
    /// comparison, so that any number replaces it.
    pub(super) fn compare(&self, group: usize, loaded: &Loaded, row: usize) -> Option<Ordering> {
        match (&self.values, loaded) {
            (Values::Ints(kept, true), Loaded::Ints(values)) => {
                Some((*values.get(row)? as u64).cmp(&(*kept.get(group)? as u64)))
            }
            (Values::Ints(kept, false), Loaded::Ints(values)) => Some(values.get(row)?.cmp(kept.get(group)?)),
            (Values::Floats(kept), Loaded::Floats(values)) => values.get(row)?.partial_cmp(kept.get(group)?),
            (Values::Texts(kept, _), Loaded::Texts(texts)) => Some(texts.value(row).cmp(kept.get(group)?)),
            (Values::Encoded(_, kept), Loaded::Encoded(rows)) => {
                let (new, kept) = (rows.row(row), kept.get(group)?);
                if self.ty == ChType::Uuid {
                    return Some(uuid_order(new.as_ref()).cmp(&uuid_order(kept)));
                }
                if let Some((bits @ 65.., signed)) = self.ty.integer_bits() {
                    let width = usize::from(bits) / 8;
                    return Some(
                        wide_order(new.as_ref(), width, signed).cmp(wide_order(kept, width, signed)),
                    );
                }
                Some(new.as_ref().cmp(kept.as_ref()))
            }
            _ => None,
        }
    }

    /// Whether the group keeps a NaN.
    pub(super) fn is_nan(&self, group: usize) -> bool {
        matches!(&self.values, Values::Floats(kept) if kept.get(group).is_some_and(|kept| kept.is_nan()))
    }

    /// Keeps the value of a row.
    pub(super) fn set(&mut self, group: usize, loaded: &Loaded, row: usize) {
        match (&mut self.values, loaded) {
            (Values::Ints(kept, _), Loaded::Ints(values)) => put(kept, group, values.get(row).copied()),
            (Values::Floats(kept), Loaded::Floats(values)) => put(kept, group, values.get(row).copied()),
            (Values::Texts(kept, bytes), Loaded::Texts(texts)) => {
                let Some(place) = kept.get_mut(group) else { return };
                let before = place.capacity();
                place.clear();
                place.extend_from_slice(texts.value(row));
                *bytes += place.capacity() - before;
            }
            (Values::Encoded(_, kept), Loaded::Encoded(rows)) => {
                put(kept, group, Some(rows.row(row).as_ref().into()));
            }
            _ => return,
        }
        put(&mut self.seen, group, Some(true));
    }

    /// Keeps the least or greatest value of each group in one go; false where values are compared one by one.
    pub(super) fn keep_extreme(&mut self, rows: &super::Rows<'_>, loaded: &Loaded, greatest: bool) -> bool {
        let (Values::Ints(kept, unsigned), Loaded::Ints(values)) = (&mut self.values, loaded) else {
            return false;
        };
        // Numbers compare as signed ones once the highest bit of unsigned ones is turned over.
        let flip = if *unsigned { i64::MIN } else { 0 };
        let mut take = |row: usize, group: usize| {
            if let (Some(kept), Some(seen), Some(new)) =
                (kept.get_mut(group), self.seen.get_mut(group), values.get(row))
            {
                let better = if greatest { *new ^ flip > *kept ^ flip } else { (*new ^ flip) < *kept ^ flip };
                if better || !*seen {
                    *kept = *new;
                    *seen = true;
                }
            }
        };
        match rows.filter {
            None => rows.groups.iter().enumerate().for_each(|(row, group)| take(row, *group)),
            Some(filter) => {
                for (row, (group, counts)) in rows.groups.iter().zip(filter.values()).enumerate() {
                    if counts {
                        take(row, *group);
                    }
                }
            }
        }
        true
    }

    /// The first `count` groups' values, which are removed, and which of them are there; the others are defaults.
    pub(super) fn first(&mut self, count: usize) -> Result<(ArrayRef, BooleanArray)> {
        self.grow(count);
        let seen = split(&mut self.seen, count);
        let array = match &mut self.values {
            Values::Ints(values, _) => ints_of(&self.ty, split(values, count))?,
            Values::Floats(values) => {
                let values: ArrayRef = Arc::new(arrow::array::Float64Array::from(split(values, count)));
                cast(&values, &arrow_type(&self.ty)).map_err(internal)?
            }
            Values::Texts(values, bytes) => {
                let values = split(values, count);
                *bytes = bytes.saturating_sub(values.iter().map(Vec::capacity).sum());
                Arc::new(BinaryViewArray::from_iter_values(values))
            }
            Values::Encoded(converter, values) => {
                let values = split(values, count);
                let parser = converter.parser();
                let present = values.iter().zip(&seen).filter(|(_, seen)| **seen);
                let rows = present.map(|(bytes, _)| parser.parse(bytes));
                let found = converter.convert_rows(rows).map_err(internal)?;
                spread(found.first().ok_or_else(|| internal("no column"))?, &seen, &self.ty)?
            }
        };
        let first = self.default_array()?;
        let seen = BooleanArray::from(seen);
        if seen.true_count() == seen.len() {
            return Ok((array, seen));
        }
        let filled = arrow::compute::kernels::zip::zip(&seen, &array, &arrow::array::Scalar::new(first));
        Ok((filled.map_err(internal)?, seen))
    }

    fn default_array(&self) -> Result<ArrayRef> {
        let mut builder = ColumnBuilder::new(&self.ty);
        match self.ty {
            // A state without a value holds the number 0, which is not the type's default.
            ChType::Date32 => builder.append_int(0),
            _ => builder.append_default(),
        }
        builder.finish()
    }

    /// Gives each group the value of the group before where `stays` says so of how its own compares with that.
    pub(super) fn accumulate(&mut self, extremes: bool, stays: impl Fn(Option<Ordering>) -> bool) -> bool {
        let ordered = |a: i64, b: i64, unsigned: bool| {
            if unsigned { (a as u64).cmp(&(b as u64)) } else { a.cmp(&b) }
        };
        for at in 1..self.seen.len() {
            let (Some(true), Some(own)) = (self.seen.get(at - 1).copied(), self.seen.get(at).copied()) else {
                continue;
            };
            match &mut self.values {
                Values::Ints(values, unsigned) => {
                    let (Some(before), Some(value)) = (values.get(at - 1).copied(), values.get_mut(at))
                    else {
                        continue;
                    };
                    if !own || stays(Some(ordered(*value, before, *unsigned))) {
                        *value = before;
                    }
                }
                Values::Floats(values) => {
                    let (Some(before), Some(value)) = (values.get(at - 1).copied(), values.get_mut(at))
                    else {
                        continue;
                    };
                    // A NaN gives way to any number.
                    let order = if before.is_nan() { None } else { (*value).partial_cmp(&before) };
                    let gives_way = extremes && before.is_nan() && !value.is_nan();
                    if !own || (!gives_way && stays(order)) {
                        *value = before;
                    }
                }
                Values::Texts(..) | Values::Encoded(..) => return false,
            }
            put(&mut self.seen, at, Some(true));
        }
        !matches!(self.values, Values::Texts(..) | Values::Encoded(..))
    }

    pub(super) fn len(&self) -> usize {
        self.seen.len()
    }

    pub(super) fn size(&self) -> usize {
        let values = match &self.values {
            Values::Ints(values, _) => values.capacity() * 8,
            Values::Floats(values) => values.capacity() * 8,
            Values::Texts(values, bytes) => values.capacity() * size_of::<Vec<u8>>() + bytes,
            Values::Encoded(_, values) => values.iter().map(|value| value.len() + 16).sum(),
        };
        values + self.seen.capacity()
    }

    /// Appends one value of a column that [`Kept::first`] gave, as ClickHouse's single-value states have it:
    /// a flag and the value; texts as length with a closing zero byte, -1 for none.
    pub(super) fn write(&self, array: &ArrayRef, seen: bool, row: usize, out: &mut Vec<u8>) -> Result<()> {
        if self.is_text() {
            let text = array.as_binary_view_opt().filter(|_| seen).map(|texts| texts.value(row));
            let length = text.map_or(-1, |text| text.len() as i32 + 1);
            out.extend(length.to_le_bytes());
            if let Some(text) = text {
                out.extend_from_slice(text);
                out.push(0);
            }
            return Ok(());
        }
        out.push(u8::from(seen));
        if seen { write_value(array, row, &self.ty, out) } else { Ok(()) }
    }

    /// Reads what [`Kept::write`] wrote into a builder, and says whether there was a value.
    pub(super) fn read(&self, bytes: &mut Reader<'_>, out: &mut ColumnBuilder) -> Result<bool> {
        if self.is_text() {
            let length = i32::from_le_bytes(bytes.array()?);
            let Some(length) = usize::try_from(length).ok().filter(|length| *length > 0) else {
                out.append_default();
                return Ok(false);
            };
            let text = bytes.take(length)?;
            out.append_bytes(text.strip_suffix(&[0]).unwrap_or(text));
            return Ok(true);
        }
        if bytes.array::<1>()? == [0] {
            out.append_default();
            return Ok(false);
        }
        read_value(bytes, &self.ty, out)?;
        Ok(true)
    }

    /// An empty builder of the kept type.
    pub(super) fn builder(&self) -> ColumnBuilder {
        ColumnBuilder::new(&self.ty)
    }

    fn is_text(&self) -> bool {
        self.ty == ChType::String
    }
}

pub(crate) fn is_narrow(ty: &DataType) -> bool {
    ty.is_integer()
        || matches!(
            ty,
            DataType::Boolean
                | DataType::Date32
                | DataType::Timestamp(..)
                | DataType::Decimal32(..)
                | DataType::Decimal64(..)
        )
}

/// The halves of an encoded UUID in the order that ClickHouse compares them: the second, then the first.
fn uuid_order(encoded: &[u8]) -> (&[u8], &[u8]) {
    let (first, second) = encoded.split_at(encoded.len().saturating_sub(8));
    (second, first)
}

/// The bytes of an encoded wide integer, which is little-endian, in the order of its value.
fn wide_order(encoded: &[u8], width: usize, signed: bool) -> impl Iterator<Item = u8> + '_ {
    let bytes = encoded.get(encoded.len().saturating_sub(width)..).unwrap_or_default();
    bytes.iter().rev().enumerate().map(move |(at, byte)| byte ^ if signed && at == 0 { 0x80 } else { 0 })
}

fn put<T>(values: &mut [T], at: usize, value: Option<T>) {
    if let (Some(place), Some(value)) = (values.get_mut(at), value) {
        *place = value;
    }
}

pub(super) fn split<T>(values: &mut Vec<T>, count: usize) -> Vec<T> {
    let rest = values.split_off(count.min(values.len()));
    std::mem::replace(values, rest)
}

/// The stored numbers of a column, widened to 64 bits; decimals unscaled.
pub(crate) fn stored_ints(column: &ArrayRef) -> Result<ScalarBuffer<i64>> {
    if let Some(numbers) = widened(column) {
        return Ok(numbers);
    }
    let column = cast(column, &DataType::Int64).map_err(internal)?;
    Ok(column.as_primitive::<Int64Type>().values().clone())
}

fn ints_of(ty: &ChType, values: Vec<i64>) -> Result<ArrayRef> {
    let stored = arrow_type(ty);
    match stored {
        DataType::Decimal64(..) => {
            let data = Int64Array::from(values).into_data().into_builder().data_type(stored);
            Ok(make_array(data.build().map_err(internal)?))
        }
        DataType::Decimal32(..) => {
            let narrow: arrow::array::Int32Array = values.into_iter().map(|v| Some(v as i32)).collect();
            let narrow = arrow::array::Int32Array::new(narrow.values().clone(), None);
            let data = narrow.into_data().into_builder().data_type(stored);
            Ok(make_array(data.build().map_err(internal)?))
        }
        _ => int_array(ty, values, None),
    }
}

/// The values put at the rows that are seen; anything at the others.
fn spread(values: &ArrayRef, seen: &[bool], ty: &ChType) -> Result<ArrayRef> {
    if values.len() == seen.len() {
        return Ok(Arc::clone(values));
    }
    if values.is_empty() {
        let mut builder = ColumnBuilder::new(ty);
        seen.iter().for_each(|_| builder.append_default());
        return builder.finish();
    }
    let mut next = 0_u32;
    let indices: arrow::array::UInt32Array = seen
        .iter()
        .map(|seen| {
            let at = next.min(values.len() as u32 - 1);
            next += u32::from(*seen);
            Some(at)
        })
        .collect();
    arrow::compute::take(values, &indices, None).map_err(internal)
}
