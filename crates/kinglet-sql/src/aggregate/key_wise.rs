//! Aggregates of arrays of values by arrays of keys: `sumMap`, `minMap`, `maxMap`.
//!
//! The state is the number of keys, then each key with its answers so far, keys in their order.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, UInt32Array};
use arrow::compute::{filter, take};
use arrow::datatypes::DataType;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::kept_rows::{self, Codec, OverRows};
use super::wire::{Reader, write_varint};
use super::{Bound, Call, Rows};
use crate::Environment;
use crate::arrow_type;
use crate::binary::{read_value, write_value};
use crate::column_builder::ColumnBuilder;
use crate::column_builder::struct_array;
use crate::conversion::{Failure, convert};
use crate::function::comparable;
use crate::function::result::{self, internal};

/// Binds `name` by key: to an array of keys and arrays of values, to a tuple of these, or to maps.
/// Keys whose values are all zero are left out of arrays where `compact`.
pub(super) fn bind(call: &Call<'_>, name: &str, compact: bool) -> Result<Arc<dyn Bound>> {
    call.expect_no_parameters()?;
    bind_filtered(call, name, compact, None)
}

/// The same for the keys in `wanted` alone, a constant array.
pub(super) fn bind_filtered(
    call: &Call<'_>,
    name: &str,
    compact: bool,
    wanted: Option<&super::Parameter>,
) -> Result<Arc<dyn Bound>> {
    let call = &Call { parameters: &[], ..*call };
    let inner = |call: &Call<'_>| super::bind(&Call { name, ..*call });
    if let [ChType::Map(..)] = call.types {
        return super::map_combinator::bind(call, &inner);
    }
    let parts: Vec<ChType> = match call.types {
        [ChType::Tuple(_)] => tuple_parts(call.ty(0)),
        types => types.to_vec(),
    };
    let elements: Vec<ChType> = parts.iter().filter_map(ChType::element).collect();
    if elements.len() != parts.len() || parts.len() < 2 {
        return Err(SqlError::illegal_type(call.name, 1, call.ty(0)));
    }
    let (Some(key), values) = (elements.first(), elements.get(1..).unwrap_or_default()) else {
        return Err(SqlError::illegal_type(call.name, 1, call.ty(0)));
    };
    let overflowing = |call: &Call<'_>| super::bind(&Call { name: "sumWithOverflow", ..*call });
    let inner = values
        .iter()
        .map(|ty| {
            let call = Call { types: std::slice::from_ref(ty), ..*call };
            // Sums of decimals in arrays keep the type of the values.
            if name == "sum" && matches!(ty, ChType::Decimal(0..=38, _)) {
                overflowing(&call)
            } else {
                inner(&call)
            }
        })
        .collect::<Result<Vec<_>>>()?;
    let tuple = matches!(call.types, [ChType::Tuple(_)]);
    let key = key.without_low_cardinality().clone();
    let wanted = match wanted {
        None => None,
        Some(list) => {
            let ty = ChType::array(key.clone());
            let list = convert(&list.array, &list.ty, &ty, Failure::Error, call.environment)?;
            list.as_list_opt::<i32>().map(|list| list.value(0))
        }
    };
    // What a state holds of each value: the widest number.
    let written = values.iter().map(|ty| {
        if !ty.bare().is_number() {
            return Ok(ty.clone());
        }
        let types = std::slice::from_ref(ty);
        Ok(super::bind(&Call { name: "sum", types, ..*call })?.result_type())
    });
    let written = written.collect::<Result<Vec<_>>>()?;
    let kept = inner.iter().map(|inner| ChType::array(inner.result_type()));
    let kept: Vec<ChType> = std::iter::once(ChType::array(key.clone())).chain(kept).collect();
    let kept = if tuple { vec![ChType::tuple(kept)] } else { kept };
    // The inner aggregates see what is kept, their own answers.
    let inner = inner
        .iter()
        .map(|inner| {
            let ty = inner.result_type();
            let name = if name == "sum" && ty.is_decimal() { "sumWithOverflow" } else { name };
            super::bind(&Call { name, types: std::slice::from_ref(&ty), ..*call })
        })
        .collect::<Result<Vec<_>>>()?;
    let answer = KeyWise { key, inner, tuple, compact, wanted, written };
    Ok(kept_rows::bound_as(call.types, kept, Arc::new(answer)))
}

fn tuple_parts(ty: &ChType) -> Vec<ChType> {
    match ty {
        ChType::Tuple(fields) => fields.iter().map(|(_, ty)| ty.clone()).collect(),
        _ => Vec::new(),
    }
}

#[derive(Debug)]
struct KeyWise {
    key: ChType,
    inner: Vec<Arc<dyn Bound>>,
    tuple: bool,
    compact: bool,
    /// The only keys that are answered.
    wanted: Option<ArrayRef>,
    /// Types of the values in a state.
    written: Vec<ChType>,
}

impl OverRows for KeyWise {
    fn result_type(&self) -> ChType {
        let values = self.inner.iter().map(|inner| inner.result_type());
        ChType::tuple(std::iter::once(self.key.clone()).chain(values).map(ChType::array))
    }

    fn finish(&self, columns: &[ArrayRef], groups: &[Range<usize>]) -> Result<ArrayRef> {
        let (mut parts, mut counts) = self.entries(columns, groups)?;
        if self.compact {
            self.leave_out_zeros(&mut parts, &mut counts)?;
        }
        self.assemble(parts, &counts)
    }

    fn codec(&self) -> Option<&dyn Codec> {
        Some(self)
    }
}

impl Codec for KeyWise {
    fn write(&self, columns: &[ArrayRef], rows: usize, out: &mut Vec<u8>) -> Result<()> {
        let all = 0..rows;
        let (parts, counts) = self.entries(columns, std::slice::from_ref(&all))?;
        let (keys, answers) = parts.split_first().ok_or_else(|| internal("no keys"))?;
        let types = self.inner.iter().zip(&self.written);
        let answers = answers.iter().zip(types).map(|(answer, (inner, written))| {
            convert(answer, &inner.result_type(), written, Failure::Error, &Environment::default())
        });
        let answers = answers.collect::<Result<Vec<_>>>()?;
        let count = counts.first().copied().unwrap_or(0);
        write_varint(count as u64, out);
        for at in 0..count {
            write_value(keys, at, &self.key, out)?;
            for (answer, ty) in answers.iter().zip(&self.written) {
                write_value(answer, at, ty, out)?;
            }
        }
        Ok(())
    }

    fn read(&self, bytes: &mut Reader<'_>, out: &mut [ColumnBuilder]) -> Result<u64> {
        let mut keys = ColumnBuilder::new(&self.key);
        let mut values: Vec<ColumnBuilder> = self.written.iter().map(ColumnBuilder::new).collect();
        let count = bytes.varint()?;
        for _ in 0..count {
            read_value(bytes, &self.key, &mut keys)?;
            for (value, ty) in values.iter_mut().zip(&self.written) {
                read_value(bytes, ty, value)?;
            }
        }
        // One row that has all keys.
        let mut columns = vec![(keys.finish()?, self.key.clone())];
        for ((value, written), inner) in values.into_iter().zip(&self.written).zip(&self.inner) {
            let ty = inner.result_type();
            let array = convert(&value.finish()?, written, &ty, Failure::Error, &Environment::default())?;
            columns.push((array, ty));
        }
        let mut row = Vec::new();
        let tuple = self.tuple;
        let (first, others) = out.split_first_mut().ok_or_else(|| internal("no column"))?;
        for ((array, ty), at) in columns.iter().zip(0..) {
            row.clear();
            write_varint(array.len() as u64, &mut row);
            (0..array.len()).try_for_each(|at| write_value(array, at, ty, &mut row))?;
            let list = ChType::array(ty.clone());
            if tuple {
                if let Some(field) = first.fields().get_mut(at) {
                    read_value(&mut Reader::new(&row), &list, field)?;
                }
            } else if at == 0 {
                read_value(&mut Reader::new(&row), &list, first)?;
            } else if let Some(column) = others.get_mut(at - 1) {
                read_value(&mut Reader::new(&row), &list, column)?;
            }
        }
        if tuple {
            first.close();
        }
        Ok(1)
    }
}

type Part = (Vec<i32>, ArrayRef);

impl KeyWise {
    /// The keys and their answers of all groups in a row, keys in their order within each group, and how many keys
    /// each group has.
    fn entries(&self, columns: &[ArrayRef], groups: &[Range<usize>]) -> Result<(Vec<ArrayRef>, Vec<usize>)> {
        let columns = self.parts(columns)?;
        let (keys, values) = columns.split_first().ok_or_else(|| internal("no keys"))?;
        let (_, elements) = keys;
        // Each key of each group gets a number; where its first element lies is remembered.
        let rows = comparable(elements, false)?;
        let mut numbers = vec![0; elements.len()];
        let mut firsts: Vec<u32> = Vec::new();
        let mut counts = Vec::with_capacity(groups.len());
        for group in groups {
            let mut known = HashMap::new();
            let before = firsts.len();
            for row in group.clone() {
                let range = range_of(&keys.0, row);
                if values.iter().any(|(offsets, _)| range_of(offsets, row).len() != range.len()) {
                    let message = "Sizes of keys and values arrays do not match";
                    return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
                }
                for at in range {
                    let number = *known.entry(rows.row(at)).or_insert_with(|| {
                        firsts.push(at as u32);
                        firsts.len() - 1
                    });
                    if let Some(place) = numbers.get_mut(at) {
                        *place = number;
                    }
                }
            }
            counts.push(firsts.len() - before);
        }
        let mut answers = Vec::with_capacity(values.len());
        for ((_, elements), inner) in values.iter().zip(&self.inner) {
            let mut held = inner.groups();
            let columns = std::slice::from_ref(elements);
            held.update(&Rows { columns, groups: &numbers, filter: None, total: firsts.len() })?;
            answers.push(held.finish(firsts.len())?);
        }
        // Keys in their order within each group.
        let mut order: Vec<u32> = (0..firsts.len() as u32).collect();
        let mut start = 0;
        for count in &counts {
            if let Some(part) = order.get_mut(start..start + count) {
                let row = |number: &u32| firsts.get(*number as usize).map(|at| rows.row(*at as usize));
                part.sort_by(|a, b| row(a).cmp(&row(b)));
            }
            start += count;
        }
        let order = UInt32Array::from(order);
        let keys = take(elements, &UInt32Array::from(firsts), None).map_err(internal)?;
        let mut parts = vec![take(&keys, &order, None).map_err(internal)?];
        for answer in &answers {
            parts.push(take(answer, &order, None).map_err(internal)?);
        }
        if let (Some(wanted), Some(keys)) = (&self.wanted, parts.first()) {
            let wanted = comparable(wanted, false)?;
            let wanted: std::collections::HashSet<Box<[u8]>> =
                wanted.iter().map(|row| row.as_ref().into()).collect();
            let keys = comparable(keys, false)?;
            let keep: Vec<bool> = keys.iter().map(|row| wanted.contains(row.as_ref())).collect();
            keep_parts(keep, &mut parts, &mut counts)?;
        }
        Ok((parts, counts))
    }

    /// Offsets and elements of keys and of each array of values.
    fn parts(&self, columns: &[ArrayRef]) -> Result<Vec<Part>> {
        let first = columns.first().ok_or_else(|| internal("no column"))?;
        let columns = match first.as_struct_opt() {
            Some(tuple) if self.tuple => tuple.columns(),
            _ => columns,
        };
        let part = |column: &ArrayRef| {
            let list = column.as_list_opt::<i32>().ok_or_else(|| internal("no array"))?;
            Ok((list.value_offsets().to_vec(), Arc::clone(list.values())))
        };
        columns.iter().map(part).collect()
    }

    fn leave_out_zeros(&self, parts: &mut [ArrayRef], counts: &mut [usize]) -> Result<()> {
        let length = parts.first().map_or(0, |keys| keys.len());
        let mut keep = vec![false; length];
        for (part, inner) in parts.iter().skip(1).zip(&self.inner) {
            let both = comparable(part, false)?;
            let zero = default_of(&inner.result_type())?;
            let zero = arrow::compute::concat(&[part.as_ref(), zero.as_ref()]).map_err(internal)?;
            let zero = comparable(&zero, false)?;
            for (at, keep) in keep.iter_mut().enumerate() {
                *keep |= both.row(at) != zero.row(length);
            }
        }
        keep_parts(keep, parts, counts)
    }

    fn assemble(&self, parts: Vec<ArrayRef>, counts: &[usize]) -> Result<ArrayRef> {
        let ty = self.result_type();
        match arrow_type(&ty) {
            DataType::Struct(fields) => {
                let types = tuple_parts(&ty);
                let lists = parts.into_iter().zip(&types);
                let lists = lists.map(|(part, ty)| result::lists(ty, part, counts.to_vec()));
                struct_array(&fields, lists.collect::<Result<Vec<_>>>()?, counts.len())
            }
            _ => Err(internal("no tuple")),
        }
    }
}

/// Leaves only the keys to keep, with what stands beside them, in all groups.
fn keep_parts(keep: Vec<bool>, parts: &mut [ArrayRef], counts: &mut [usize]) -> Result<()> {
    let mut start = 0;
    for count in counts.iter_mut() {
        let kept = keep.iter().skip(start).take(*count).filter(|keep| **keep).count();
        start += *count;
        *count = kept;
    }
    let keep = BooleanArray::from(keep);
    for part in parts {
        *part = filter(part, &keep).map_err(internal)?;
    }
    Ok(())
}

fn range_of(offsets: &[i32], row: usize) -> Range<usize> {
    match (offsets.get(row), offsets.get(row + 1)) {
        (Some(start), Some(end)) => *start as usize..*end as usize,
        _ => 0..0,
    }
}

fn default_of(ty: &ChType) -> Result<ArrayRef> {
    let mut builder = ColumnBuilder::new(ty);
    builder.append_default();
    builder.finish()
}
