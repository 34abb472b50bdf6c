//! The format Native as input: blocks of columns, each with its name, type and values.
//! Source: ClickHouse's `NativeReader` and the serializations of its types, as written for
//! clients that name no protocol version.

use crate::error::{Error, Result};
use arrow::array::{Array, ArrayRef, ListArray, MapArray, RecordBatch, StructArray, UInt32Array, make_array};
use arrow::buffer::{BooleanBuffer, NullBuffer, OffsetBuffer, ScalarBuffer};
use arrow::compute::take;
use arrow::datatypes::{DataType, Schema};
use kinglet_sql::aggregate::wire::Reader;
use kinglet_sql::binary::read_value;
use kinglet_sql::{ColumnBuilder, OutputColumn, arrow_field, arrow_type};
use kinglet_types::{ChType, ErrorCode, SqlError};
use std::sync::Arc;

/// Deepest type that is read.
const DEEPEST: usize = 50;

/// Most rows of a block, and most columns.
const MAX_ROWS: u64 = 1 << 28;
const MAX_COLUMNS: u64 = 10_000;

/// Bits of a LowCardinality column's head: the width of its indexes, and that keys follow.
const INDEX_WIDTH: u64 = 0xff;
const OWN_KEYS: u64 = 1 << 9;

/// Every block of `data`: the columns of the first, and the rows of all.
pub(super) fn blocks(data: &[u8]) -> Result<(Vec<OutputColumn>, Vec<RecordBatch>)> {
    let mut bytes = Reader::new(data);
    let mut columns: Vec<OutputColumn> = Vec::new();
    let mut batches = Vec::new();
    while !bytes.rest().is_empty() {
        let (found, batch) = block(&mut bytes)?;
        if columns.is_empty() {
            columns = found;
        } else if columns != found {
            return Err(broken("its blocks have different columns").into());
        }
        if batch.num_rows() > 0 {
            batches.push(batch);
        }
    }
    Ok((columns, batches))
}

fn broken(what: &str) -> SqlError {
    SqlError::new(ErrorCode::INCORRECT_DATA, format!("The Native data is broken: {what}"))
}

fn block(bytes: &mut Reader<'_>) -> Result<(Vec<OutputColumn>, RecordBatch)> {
    let (n_columns, n_rows) = (bytes.varint()?, bytes.varint()?);
    if n_columns > MAX_COLUMNS || n_rows > MAX_ROWS {
        return Err(broken("a block is too large").into());
    }
    let n_rows = usize::try_from(n_rows).map_err(|_| broken("a block is too large"))?;
    let (mut columns, mut arrays, mut fields) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..n_columns {
        let name = String::from_utf8_lossy(bytes.bytes()?).into_owned();
        let written = String::from_utf8_lossy(bytes.bytes()?).into_owned();
        let ty = ChType::parse(&written).map_err(|error| broken(&error.message))?;
        if n_rows > 0 {
            prefix(bytes, &ty, 0)?;
        }
        arrays.push(values(bytes, &ty, n_rows, 0)?);
        fields.push(arrow_field(&name, &ty));
        columns.push(OutputColumn { name, ty });
    }
    let batch = RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays)
        .map_err(|error| Error::from(broken(&error.to_string())))?;
    Ok((columns, batch))
}

/// What stands before the values of a column: the version of each LowCardinality in it.
fn prefix(bytes: &mut Reader<'_>, ty: &ChType, depth: usize) -> Result<(), SqlError> {
    if depth > DEEPEST {
        return Err(broken("a type is too deep"));
    }
    match ty {
        ChType::LowCardinality(_) => bytes.array::<8>().map(drop),
        ChType::Array(inner) | ChType::Nullable(inner) => prefix(bytes, inner, depth + 1),
        ChType::Map(key, value) => {
            prefix(bytes, key, depth + 1)?;
            prefix(bytes, value, depth + 1)
        }
        ChType::Tuple(fields) => fields.iter().try_for_each(|(_, ty)| prefix(bytes, ty, depth + 1)),
        _ => Ok(()),
    }
}

/// `n_rows` values of a column, in the type's layout.
fn values(bytes: &mut Reader<'_>, ty: &ChType, n_rows: usize, depth: usize) -> Result<ArrayRef, SqlError> {
    if depth > DEEPEST {
        return Err(broken("a type is too deep"));
    }
    let internal = |error: arrow::error::ArrowError| broken(&error.to_string());
    match ty {
        ChType::LowCardinality(inner) => low_cardinality(bytes, inner, n_rows, depth + 1),
        ChType::Nullable(inner) => {
            let nulls = bytes.take(n_rows)?;
            let valid = BooleanBuffer::collect_bool(n_rows, |row| nulls.get(row) == Some(&0));
            let inner = values(bytes, inner, n_rows, depth + 1)?;
            with_nulls(&inner, valid)
        }
        ChType::Array(inner) => {
            let offsets = offsets(bytes, n_rows)?;
            let length = offsets.last().copied().unwrap_or(0);
            let elements = values(bytes, inner, usize::try_from(length).unwrap_or(0), depth + 1)?;
            let DataType::List(field) = arrow_type(ty) else {
                return Err(broken("an array of another layout"));
            };
            let list = ListArray::try_new(field, OffsetBuffer::new(offsets), elements, None);
            Ok(Arc::new(list.map_err(internal)?))
        }
        ChType::Map(key, value) => {
            let offsets = offsets(bytes, n_rows)?;
            let length = usize::try_from(offsets.last().copied().unwrap_or(0)).unwrap_or(0);
            let keys = values(bytes, key, length, depth + 1)?;
            let entries = vec![keys, values(bytes, value, length, depth + 1)?];
            let DataType::Map(field, sorted) = arrow_type(ty) else {
                return Err(broken("a map of another layout"));
            };
            let DataType::Struct(fields) = field.data_type().clone() else {
                return Err(broken("a map of another layout"));
            };
            let entries = StructArray::try_new(fields, entries, None).map_err(internal)?;
            let map = MapArray::try_new(field, OffsetBuffer::new(offsets), entries, None, sorted);
            Ok(Arc::new(map.map_err(internal)?))
        }
        ChType::Tuple(types) if !types.is_empty() => {
            let DataType::Struct(fields) = arrow_type(ty) else {
                return Err(broken("a tuple of another layout"));
            };
            let columns = types.iter().map(|(_, ty)| values(bytes, ty, n_rows, depth + 1));
            let columns = columns.collect::<Result<Vec<_>, _>>()?;
            Ok(Arc::new(StructArray::try_new(fields, columns, None).map_err(internal)?))
        }
        ChType::Nothing => {
            bytes.take(n_rows)?;
            let mut builder = ColumnBuilder::new(ty);
            (0..n_rows).for_each(|_| builder.append_default());
            builder.finish()
        }
        _ => {
            let mut builder = ColumnBuilder::new(ty);
            (0..n_rows).try_for_each(|_| read_value(bytes, ty, &mut builder))?;
            builder.finish()
        }
    }
}

/// Where each row's elements end, as offsets from 0.
fn offsets(bytes: &mut Reader<'_>, n_rows: usize) -> Result<ScalarBuffer<i32>, SqlError> {
    let mut offsets = vec![0_i32];
    let mut last = 0;
    for _ in 0..n_rows {
        let end = u64::from_le_bytes(bytes.array()?);
        let end = i32::try_from(end).map_err(|_| broken("an array is too long"))?;
        if end < last {
            return Err(broken("the ends of arrays go back"));
        }
        last = end;
        offsets.push(end);
    }
    Ok(offsets.into())
}

/// An array with NULL where `valid` is false.
fn with_nulls(array: &ArrayRef, valid: BooleanBuffer) -> Result<ArrayRef, SqlError> {
    let nulls = NullBuffer::new(valid);
    let data = array.to_data().into_builder().nulls(Some(nulls)).build();
    data.map(make_array).map_err(|error| broken(&error.to_string()))
}

/// The keys of a column and, for each row, the number of its key. Key 0 of a nullable one is
/// NULL.
fn low_cardinality(
    bytes: &mut Reader<'_>,
    inner: &ChType,
    n_rows: usize,
    depth: usize,
) -> Result<ArrayRef, SqlError> {
    let (bare, nullable) = match inner {
        ChType::Nullable(bare) => (&**bare, true),
        other => (other, false),
    };
    if n_rows == 0 {
        return values(bytes, bare, 0, depth);
    }
    let head = u64::from_le_bytes(bytes.array()?);
    if head & OWN_KEYS == 0 {
        return Err(broken("a LowCardinality column without keys of its own"));
    }
    let n_keys = usize::try_from(u64::from_le_bytes(bytes.array()?)).unwrap_or(usize::MAX);
    if n_keys > bytes.rest().len() {
        return Err(broken("a LowCardinality column has more keys than bytes"));
    }
    let keys = values(bytes, bare, n_keys, depth)?;
    let n_indexes = u64::from_le_bytes(bytes.array()?);
    if n_indexes != n_rows as u64 {
        return Err(broken("a LowCardinality column has another number of rows"));
    }
    let width = 1_usize.checked_shl(u32::try_from(head & INDEX_WIDTH).unwrap_or(u32::MAX)).unwrap_or(0);
    if !matches!(width, 1 | 2 | 4 | 8) {
        return Err(broken("the indexes of a LowCardinality column have no such width"));
    }
    let index = |raw: &[u8]| {
        let number = raw.iter().rev().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        u32::try_from(number).ok().filter(|number| (*number as usize) < n_keys)
    };
    let indexes: Option<Vec<u32>> = bytes.take(width * n_rows)?.chunks(width).map(index).collect();
    let indexes = indexes.ok_or_else(|| broken("an index of a LowCardinality column is too large"))?;
    let valid = nullable.then(|| BooleanBuffer::collect_bool(n_rows, |row| indexes.get(row) != Some(&0)));
    let taken = take(&keys, &UInt32Array::from(indexes), None).map_err(|error| broken(&error.to_string()))?;
    valid.map_or(Ok(taken.clone()), |valid| with_nulls(&taken, valid))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kinglet_sql::Environment;
    use kinglet_sql::format::{Format, FormatOptions, FormatWriter};

    fn written(columns: &[OutputColumn], batch: &RecordBatch) -> Vec<u8> {
        let format = Format::parse("Native").unwrap();
        let mut writer =
            FormatWriter::new(format, columns.to_vec(), FormatOptions::default(), Environment::default());
        let mut out = Vec::new();
        writer.begin(&mut out).unwrap();
        writer.batch(batch, &mut out).unwrap();
        out
    }

    /// Three values of a type: its default, and NULL where it can be.
    fn column(ty: &str) -> (OutputColumn, ArrayRef) {
        let ty = ChType::parse(ty).unwrap();
        let mut builder = ColumnBuilder::new(&ty);
        builder.append_default();
        builder.append_default();
        if ty.is_nullable() {
            builder.append_null();
        } else {
            builder.append_default();
        }
        let array = builder.finish().unwrap();
        (OutputColumn { name: format!("c {ty}"), ty }, array)
    }

    #[test]
    fn what_the_writer_writes_is_read_back() {
        let types = [
            "UInt8",
            "Int64",
            "Int256",
            "Float32",
            "String",
            "FixedString(3)",
            "Bool",
            "Date",
            "Date32",
            "DateTime",
            "DateTime64(3)",
            "Decimal(9, 2)",
            "Decimal(38, 5)",
            "UUID",
            "IPv4",
            "IPv6",
            "Enum8('a' = 0, 'b' = 1)",
            "Nullable(Int32)",
            "Nullable(String)",
            "LowCardinality(String)",
            "LowCardinality(Nullable(String))",
            "Array(Nullable(String))",
            "Array(Array(UInt16))",
            "Array(LowCardinality(String))",
            "Map(String, UInt8)",
            "Tuple(UInt8, String)",
        ];
        let (columns, arrays): (Vec<_>, Vec<_>) = types.iter().map(|ty| column(ty)).unzip();
        let fields: Vec<_> = columns.iter().map(|column| arrow_field(&column.name, &column.ty)).collect();
        let batch = RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).unwrap();
        let mut bytes = written(&columns, &batch);
        let second = bytes.clone();
        bytes.extend(second);
        let (found, batches) = blocks(&bytes).unwrap();
        assert_eq!(found, columns);
        assert_eq!(batches, [batch.clone(), batch]);
    }

    #[test]
    fn every_cut_is_an_error_and_none_a_panic() {
        let (columns, arrays): (Vec<_>, Vec<_>) =
            ["Array(LowCardinality(String))", "Nullable(Int32)"].iter().map(|ty| column(ty)).unzip();
        let fields: Vec<_> = columns.iter().map(|column| arrow_field(&column.name, &column.ty)).collect();
        let batch = RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).unwrap();
        let bytes = written(&columns, &batch);
        for length in 1..bytes.len() {
            assert!(blocks(&bytes[..length]).is_err(), "{length}");
        }
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 0xff;
            drop(blocks(&changed));
        }
    }
}
