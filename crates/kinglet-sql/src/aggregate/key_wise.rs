//! Aggregates of values by key: `sumMap`, `minMap`, `maxMap` and the combinator `-Map`.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, UInt32Array};
use arrow::compute::{filter, take};
use arrow::datatypes::DataType;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::kept_rows::{self, OverRows};
use super::{Bound, Call, Combinator, Inner, Rows};
use crate::arrow_type;
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
        return of_map(call, &inner);
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
    let answer = KeyWise { key, inner, map: false, tuple, compact, wanted };
    Ok(kept_rows::bound(call.types, Arc::new(answer), false))
}

fn tuple_parts(ty: &ChType) -> Vec<ChType> {
    match ty {
        ChType::Tuple(fields) => fields.iter().map(|(_, ty)| ty.clone()).collect(),
        _ => Vec::new(),
    }
}

fn of_map(call: &Call<'_>, inner: &Inner<'_>) -> Result<Arc<dyn Bound>> {
    let [ChType::Map(key, value)] = call.types else {
        return Err(SqlError::illegal_type(call.name, 1, call.ty(0)));
    };
    let value = value.without_low_cardinality().clone();
    let inner = vec![inner(&Call { types: &[value], ..*call })?];
    let answer =
        KeyWise { key: key.as_ref().clone(), inner, map: true, tuple: false, compact: false, wanted: None };
    Ok(kept_rows::bound(call.types, Arc::new(answer), false))
}

/// `-Map`: the values of maps by their keys.
pub(super) struct OfMap;

impl Combinator for OfMap {
    fn suffix(&self) -> &'static str {
        "Map"
    }

    fn summary(&self) -> &'static str {
        "Takes maps and aggregates their values key by key."
    }

    fn bind(&self, call: &Call<'_>, inner: &Inner<'_>) -> Result<Arc<dyn Bound>> {
        of_map(call, inner)
    }
}

#[derive(Debug)]
struct KeyWise {
    key: ChType,
    inner: Vec<Arc<dyn Bound>>,
    map: bool,
    tuple: bool,
    compact: bool,
    /// The only keys that are answered.
    wanted: Option<ArrayRef>,
}

impl OverRows for KeyWise {
    fn result_type(&self) -> ChType {
        let mut values = self.inner.iter().map(|inner| inner.result_type());
        if self.map {
            return ChType::map(self.key.clone(), values.next().unwrap_or(ChType::Nothing));
        }
        ChType::tuple(std::iter::once(self.key.clone()).chain(values).map(ChType::array))
    }

    fn finish(&self, columns: &[ArrayRef], groups: &[Range<usize>]) -> Result<ArrayRef> {
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
                    return Err(SqlError::new(ErrorCode::SIZES_OF_ARRAYS_DONT_MATCH, message));
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
        if self.compact {
            self.leave_out_zeros(&mut parts, &mut counts)?;
        }
        if let (Some(wanted), Some(keys)) = (&self.wanted, parts.first()) {
            let wanted = comparable(wanted, false)?;
            let wanted: std::collections::HashSet<Box<[u8]>> =
                wanted.iter().map(|row| row.as_ref().into()).collect();
            let keys = comparable(keys, false)?;
            let keep: Vec<bool> = keys.iter().map(|row| wanted.contains(row.as_ref())).collect();
            keep_parts(keep, &mut parts, &mut counts)?;
        }
        self.assemble(parts, &counts)
    }
}

type Part = (Vec<i32>, ArrayRef);

impl KeyWise {
    /// Offsets and elements of keys and of each array of values.
    fn parts(&self, columns: &[ArrayRef]) -> Result<Vec<Part>> {
        let first = columns.first().ok_or_else(|| internal("no column"))?;
        if self.map {
            let map = first.as_map_opt().ok_or_else(|| internal("no map"))?;
            let offsets = map.value_offsets().to_vec();
            return Ok(vec![(offsets.clone(), Arc::clone(map.keys())), (offsets, Arc::clone(map.values()))]);
        }
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
            DataType::Map(field, sorted) => {
                let DataType::Struct(fields) = field.data_type() else { return Err(internal("no entries")) };
                let length = parts.first().map_or(0, |keys| keys.len());
                let entries = struct_array(fields, parts, length)?;
                let entries = entries.as_struct_opt().ok_or_else(|| internal("no entries"))?.clone();
                let offsets = arrow::buffer::OffsetBuffer::from_lengths(counts.iter().copied());
                let map = arrow::array::MapArray::try_new(field, offsets, entries, None, sorted);
                Ok(Arc::new(map.map_err(internal)?))
            }
            DataType::Struct(fields) => {
                let types = tuple_parts(&ty);
                let lists = parts.into_iter().zip(&types);
                let lists = lists.map(|(part, ty)| result::lists(ty, part, counts.to_vec()));
                struct_array(&fields, lists.collect::<Result<Vec<_>>>()?, counts.len())
            }
            _ => Err(internal("neither map nor tuple")),
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
