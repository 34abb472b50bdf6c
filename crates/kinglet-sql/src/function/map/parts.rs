//! Keys and values of maps, and maps made of them.

use std::ops::Range;
use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, BooleanArray, MapArray, StructArray, UInt32Array};
use arrow::buffer::OffsetBuffer;
use arrow::compute::{cast, interleave, take};
use arrow::datatypes::DataType;
use kinglet_types::{ChType, Result};

use crate::arrow_type;
use crate::conversion::{Failure, convert};
use crate::function::comparable;
use crate::function::result::internal;
use crate::function::{Args, Call, Column, Functions, evaluate_call};

/// The entries of a column of maps, constants repeated.
pub(super) struct Parts {
    pub(super) keys: ArrayRef,
    pub(super) values: ArrayRef,
    offsets: Vec<i32>,
}

/// Types of key and value of the map at an argument.
pub(super) fn entry_types(args: &Args<'_>, at: usize) -> Result<Vec<ChType>> {
    match args.ty(at) {
        ChType::Map(key, value) => Ok(vec![key.as_ref().clone(), value.as_ref().clone()]),
        _ => Err(args.illegal(at)),
    }
}

impl Parts {
    /// Reads a map.
    pub(super) fn read(call: &Call<'_>, at: usize) -> Result<Self> {
        let array = call.arg(at)?.expanded(call.rows);
        Self::of(&array).ok_or_else(|| call.illegal_column(at))
    }

    fn of(array: &ArrayRef) -> Option<Self> {
        let map = array.as_map_opt()?;
        let offsets = map.value_offsets();
        let (first, last) = (*offsets.first()?, *offsets.last()?);
        let (start, length) = (first as usize, (last - first) as usize);
        Some(Self {
            keys: map.keys().slice(start, length),
            values: map.values().slice(start, length),
            offsets: offsets.iter().map(|offset| offset - first).collect(),
        })
    }

    /// Where the entries of a row lie.
    pub(super) fn range(&self, row: usize) -> Range<usize> {
        match (self.offsets.get(row), self.offsets.get(row + 1)) {
            (Some(start), Some(end)) => *start as usize..*end as usize,
            _ => 0..0,
        }
    }

    /// What the lambda at argument 1 answers for each entry.
    fn lambda(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let rows = crate::function::Lambda::rows_of(&self.offsets);
        call.lambda(0)?.evaluate(&rows, &[Arc::clone(&self.keys), Arc::clone(&self.values)])
    }

    /// Whether the condition is true for each entry.
    pub(super) fn conditions(&self, call: &Call<'_>) -> Result<BooleanArray> {
        let truth = cast(&self.lambda(call)?, &DataType::Boolean).map_err(internal)?;
        let truth = truth.as_boolean_opt().ok_or_else(|| internal("a condition that is no Boolean"))?;
        Ok(truth.iter().map(|truth| Some(truth == Some(true))).collect())
    }

    /// Whether keys or values match the LIKE pattern in argument 2.
    pub(super) fn like(&self, call: &Call<'_>, texts: &ArrayRef) -> Result<BooleanArray> {
        let pattern = call.arg(1)?;
        let ty = ChType::String.nullable();
        let args = [Column::new(ty, Arc::clone(texts)), Column { constant: true, ..pattern.clone() }];
        let like = Functions::get().find("like").ok_or_else(|| internal("like is missing"))?;
        let ty = ChType::UInt8.nullable();
        let truth = evaluate_call(like, "like", &args, &[], &ty, texts.len(), call.environment)?;
        let truth = cast(&truth, &DataType::Boolean).map_err(internal)?;
        Ok(truth.as_boolean().iter().map(|truth| Some(truth == Some(true))).collect())
    }

    /// Maps of chosen entries, in order.
    pub(super) fn build(
        &self,
        ty: &ChType,
        mut pick: impl FnMut(usize, Range<usize>) -> Vec<usize>,
    ) -> Result<ArrayRef> {
        let (mut positions, mut lengths) = (Vec::new(), Vec::new());
        for row in 0..self.offsets.len().saturating_sub(1) {
            let picked = pick(row, self.range(row));
            lengths.push(picked.len());
            positions.extend(picked.into_iter().map(|at| at as u32));
        }
        let positions = UInt32Array::from(positions);
        let keys = take(&self.keys, &positions, None).map_err(internal)?;
        let values = take(&self.values, &positions, None).map_err(internal)?;
        map_of(ty, keys, values, lengths)
    }

    /// Maps of the tuples the lambda answers.
    pub(super) fn applied(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let tuples = self.lambda(call)?;
        let tuples = tuples.as_struct_opt().ok_or_else(|| call.illegal_column(0))?;
        let [keys, values] = tuples.columns() else { return Err(call.illegal_column(0)) };
        let lengths = self.offsets.windows(2).map(|pair| (pair[1] - pair[0]) as usize);
        map_of(call.result, Arc::clone(keys), Arc::clone(values), lengths.collect())
    }
}

/// Maps of keys and values, so many for each row.
pub(super) fn map_of(ty: &ChType, keys: ArrayRef, values: ArrayRef, lengths: Vec<usize>) -> Result<ArrayRef> {
    let DataType::Map(field, sorted) = arrow_type(ty) else { return Err(internal("no map")) };
    let DataType::Struct(fields) = field.data_type() else { return Err(internal("no map")) };
    let entries = StructArray::try_new(fields.clone(), vec![keys, values], None).map_err(internal)?;
    let offsets = OffsetBuffer::from_lengths(lengths);
    Ok(Arc::new(MapArray::try_new(field, offsets, entries, None, sorted).map_err(internal)?))
}

/// Maps sorted by key or by the lambda; with `partial` a limit stands before the map, and what follows it keeps
/// its order.
pub(super) fn sorted(call: &Call<'_>, at: usize, descending: bool, partial: bool) -> Result<ArrayRef> {
    let parts = Parts::read(call, at)?;
    let keys = if call.is_lambda(0) {
        crate::tagged::sortable(&parts.lambda(call)?, &call.lambda(0)?.result)?
    } else {
        Arc::clone(&parts.keys)
    };
    let keys = comparable(&keys, descending)?;
    let limits = if partial { Some(call.ints(at - 1)?) } else { None };
    parts.build(call.result, |row, range| {
        let mut order: Vec<usize> = range.clone().collect();
        order.sort_by(|a, b| keys.row(*a).cmp(&keys.row(*b)));
        let limit =
            limits.as_ref().map_or(usize::MAX, |limits| usize::try_from(limits.get(row)).unwrap_or(0));
        if limit == 0 { range.collect() } else { order }
    })
}

/// The entries of all maps; with `replace` a later entry takes out an earlier one of its key.
pub(super) fn concat(call: &Call<'_>, replace: bool) -> Result<ArrayRef> {
    let all = call
        .args
        .iter()
        .map(|column| {
            let array = column.expanded(call.rows);
            let array = convert(&array, &column.ty, call.result, Failure::Error, call.environment)?;
            Parts::of(&array).ok_or_else(|| call.illegal_column(0))
        })
        .collect::<Result<Vec<_>>>()?;
    let sort = |parts: &Parts| comparable(&parts.keys, false);
    let sorted_keys = all.iter().map(sort).collect::<Result<Vec<_>>>()?;
    let (mut picks, mut lengths) = (Vec::new(), Vec::with_capacity(call.rows));
    for row in 0..call.rows {
        let before = picks.len();
        for (place, parts) in all.iter().enumerate() {
            for at in parts.range(row) {
                let key = sorted_keys[place].row(at);
                let later = |(other, parts): (usize, &Parts)| {
                    parts.range(row).any(|at| sorted_keys[other].row(at) == key)
                };
                let replaced = replace && all.iter().enumerate().skip(place + 1).any(later);
                if !replaced {
                    picks.push((place, at));
                }
            }
        }
        lengths.push(picks.len() - before);
    }
    let column = |of: fn(&Parts) -> &ArrayRef| {
        let arrays: Vec<_> = all.iter().map(|parts| of(parts).as_ref()).collect();
        interleave(&arrays, &picks).map_err(internal)
    };
    map_of(call.result, column(|parts| &parts.keys)?, column(|parts| &parts.values)?, lengths)
}
