//! The states of `groupArrayInsertAt`, `groupArrayLast`, `groupArrayIntersect` and the moving sums.

use std::collections::HashSet;
use std::ops::Range;

use arrow::array::{Array, ArrayRef, AsArray, ListArray};
use arrow::datatypes::{Decimal128Type, Float64Type, i256};
use kinglet_types::{ChType, Result};

use super::array_wire::{is_plain, read_element, to_arena, write_element};
use super::keep::stored_ints;
use super::kept_rows::Codec;
use super::wire::{Reader, write_bytes, write_varint};
use crate::binary::{read_value, write_value};
use crate::column_builder::ColumnBuilder;
use crate::function::comparable;
use crate::function::result::internal;
use crate::text::int_at;

fn first(columns: &[ArrayRef]) -> Result<&ArrayRef> {
    columns.first().ok_or_else(|| internal("no column"))
}

fn first_of(out: &mut [ColumnBuilder]) -> Result<&mut ColumnBuilder> {
    out.first_mut().ok_or_else(|| internal("no column"))
}

/// For each place up to the last that is taken whether it is free, else the value.
#[derive(Debug)]
pub(super) struct Places {
    pub(super) ty: ChType,
    /// The most places, and the size if it is given.
    pub(super) longest: usize,
    pub(super) size: Option<usize>,
}

impl Codec for Places {
    fn write(&self, columns: &[ArrayRef], rows: usize, out: &mut Vec<u8>) -> Result<()> {
        let [values, positions] = columns else { return Err(internal("two columns are needed")) };
        let mut places: Vec<Option<usize>> = Vec::new();
        for row in 0..rows {
            let position = usize::try_from(int_at(positions, row)).unwrap_or(usize::MAX);
            if position >= self.size.unwrap_or(self.longest).min(self.longest) {
                continue;
            }
            places.resize(places.len().max(position + 1), None);
            if let Some(place) = places.get_mut(position) {
                place.get_or_insert(row);
            }
        }
        write_varint(places.len() as u64, out);
        for place in places {
            out.push(u8::from(place.is_none()));
            if let Some(row) = place {
                write_value(values, row, &self.ty, out)?;
            }
        }
        Ok(())
    }

    fn read(&self, bytes: &mut Reader<'_>, out: &mut [ColumnBuilder]) -> Result<u64> {
        let [values, positions] = out else { return Err(internal("two columns are needed")) };
        let mut rows = 0;
        for position in 0..bytes.varint()? {
            if bytes.array::<1>()? == [0] {
                read_value(bytes, &self.ty, values)?;
                positions.append_int(position as i64);
                rows += 1;
            }
        }
        Ok(rows)
    }
}

/// The last values in the places of a ring, then how many there were.
#[derive(Debug)]
pub(super) struct Ring {
    pub(super) ty: ChType,
    pub(super) size: usize,
}

impl Ring {
    /// The rows kept of `rows`, in the order of their places.
    pub(super) fn order(&self, rows: usize) -> impl Iterator<Item = usize> {
        let kept = rows.min(self.size);
        // Value number n stands at place n modulo the size.
        let turn = if rows > self.size { rows % self.size.max(1) } else { 0 };
        (0..kept).map(move |at| rows - kept + (at + kept - turn) % kept.max(1))
    }
}

impl Codec for Ring {
    fn write(&self, columns: &[ArrayRef], rows: usize, out: &mut Vec<u8>) -> Result<()> {
        let values = first(columns)?;
        write_varint(rows.min(self.size) as u64, out);
        let mut value = Vec::new();
        for row in self.order(rows) {
            value.clear();
            write_value(values, row, &self.ty, &mut value)?;
            write_element(&value, &self.ty, out)?;
        }
        out.extend((rows as u64).to_le_bytes());
        Ok(())
    }

    fn read(&self, bytes: &mut Reader<'_>, out: &mut [ColumnBuilder]) -> Result<u64> {
        let mut places: Vec<Vec<u8>> = Vec::new();
        for _ in 0..bytes.varint()? {
            let mut value = Vec::new();
            read_element(bytes, &self.ty, &mut value)?;
            places.push(value);
        }
        let total = u64::from_le_bytes(bytes.array()?);
        let values = first_of(out)?;
        // Values that were overwritten keep the place where the ring turns.
        let full = places.len() >= self.size && total > self.size as u64;
        let turn = if full { (total % self.size.max(1) as u64) as usize } else { 0 };
        (0..turn).for_each(|_| values.append_default());
        let (head, tail) = places.split_at_checked(turn).unwrap_or((&[], &places));
        for value in tail.iter().chain(head) {
            read_value(&mut Reader::new(value), &self.ty, values)?;
        }
        Ok((turn + places.len()) as u64)
    }
}

/// The number of arrays, then the values they share.
#[derive(Debug)]
pub(super) struct Shared {
    /// Type of the arrays.
    pub(super) ty: ChType,
}

impl Shared {
    /// The places among the elements of `lists` of the values that all rows of each group hold.
    pub(super) fn places(lists: &ListArray, groups: &[Range<usize>]) -> Result<Vec<Vec<usize>>> {
        let offsets = lists.value_offsets();
        let keys = comparable(lists.values(), false)?;
        let range = |row: usize| match (offsets.get(row), offsets.get(row + 1)) {
            (Some(start), Some(end)) => *start as usize..*end as usize,
            _ => 0..0,
        };
        let of_group = |rows: &Range<usize>| {
            let mut known = HashSet::new();
            let mut kept: Vec<usize> = range(rows.start).filter(|at| known.insert(keys.row(*at))).collect();
            for row in rows.clone().skip(1) {
                let present: HashSet<_> = range(row).map(|at| keys.row(at)).collect();
                kept.retain(|at| present.contains(&keys.row(*at)));
            }
            if rows.is_empty() { Vec::new() } else { kept }
        };
        Ok(groups.iter().map(of_group).collect())
    }
}

impl Codec for Shared {
    fn write(&self, columns: &[ArrayRef], rows: usize, out: &mut Vec<u8>) -> Result<()> {
        let lists = first(columns)?;
        write_varint(rows as u64, out);
        if rows == 0 {
            return Ok(());
        }
        let element = self.ty.element().unwrap_or(ChType::Nothing);
        let lists = lists.as_list_opt::<i32>().ok_or_else(|| internal("no array"))?;
        let all = 0..rows;
        let places = Self::places(lists, std::slice::from_ref(&all))?.pop().unwrap_or_default();
        let elements = lists.values();
        write_varint(places.len() as u64, out);
        let mut value = Vec::new();
        for at in places {
            value.clear();
            write_value(elements, at, &element, &mut value)?;
            if element.is_integer() || element.is_float() {
                out.extend_from_slice(&value);
                continue;
            }
            let mut arena = Vec::new();
            to_arena(&mut Reader::new(&value), &element, &mut arena)?;
            write_bytes(&arena, out);
        }
        Ok(())
    }

    fn read(&self, bytes: &mut Reader<'_>, out: &mut [ColumnBuilder]) -> Result<u64> {
        if bytes.varint()? == 0 {
            return Ok(0);
        }
        let element = self.ty.element().unwrap_or(ChType::Nothing);
        let count = bytes.varint()?;
        let mut row = Vec::new();
        write_varint(count, &mut row);
        for _ in 0..count {
            if is_plain(&element) && (element.is_integer() || element.is_float()) {
                read_element(bytes, &element, &mut row)?;
            } else {
                super::array_wire::from_arena(&mut Reader::new(bytes.bytes()?), &element, &mut row)?;
            }
        }
        read_value(&mut Reader::new(&row), &self.ty, first_of(out)?)?;
        Ok(1)
    }
}

/// The sums of the values so far.
#[derive(Debug)]
pub(super) struct RunningSums {
    /// Type of the sums.
    pub(super) ty: ChType,
}

impl Codec for RunningSums {
    fn write(&self, columns: &[ArrayRef], rows: usize, out: &mut Vec<u8>) -> Result<()> {
        let values = first(columns)?;
        let mut sums = ColumnBuilder::new(&self.ty);
        if let Some(values) = values.as_primitive_opt::<Float64Type>() {
            let mut sum = 0.0;
            for value in values.values() {
                sum += value;
                sums.append_float(sum);
            }
        } else if let Some(values) = values.as_primitive_opt::<Decimal128Type>() {
            let mut sum = 0_i128;
            for value in values.values() {
                sum = sum.wrapping_add(*value);
                sums.append_wide(i256::from_i128(sum));
            }
        } else {
            let mut sum = 0_i64;
            for value in stored_ints(values)?.iter() {
                sum = sum.wrapping_add(*value);
                sums.append_int(sum);
            }
        }
        let sums = sums.finish()?;
        write_varint(rows as u64, out);
        (0..rows).try_for_each(|row| write_value(&sums, row, &self.ty, out))
    }

    fn read(&self, bytes: &mut Reader<'_>, out: &mut [ColumnBuilder]) -> Result<u64> {
        let count = bytes.varint()?;
        let mut sums = ColumnBuilder::new(&self.ty);
        (0..count).try_for_each(|_| read_value(bytes, &self.ty, &mut sums))?;
        let sums = sums.finish()?;
        let values = first_of(out)?;
        if let Some(sums) = sums.as_primitive_opt::<Float64Type>() {
            let before = std::iter::once(&0.0).chain(sums.values());
            sums.values().iter().zip(before).for_each(|(sum, before)| values.append_float(sum - before));
        } else if let Some(sums) = sums.as_primitive_opt::<Decimal128Type>() {
            let before = std::iter::once(&0).chain(sums.values());
            let steps = sums.values().iter().zip(before).map(|(sum, before)| sum.wrapping_sub(*before));
            steps.for_each(|step| values.append_wide(i256::from_i128(step)));
        } else {
            let sums = stored_ints(&sums)?;
            let before = std::iter::once(&0).chain(sums.iter());
            sums.iter().zip(before).for_each(|(sum, before)| values.append_int(sum.wrapping_sub(*before)));
        }
        Ok(sums.len() as u64)
    }
}
