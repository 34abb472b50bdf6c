//! States of tests that compare two samples, or two lists of numbers.

use std::ops::Range;

use arrow::array::{ArrayRef, AsArray};
use arrow::datatypes::Float64Type;
use kinglet_types::{ChType, Result};

use super::kept_rows::Codec;
use super::wire::{Reader, write_varint};
use crate::column_builder::ColumnBuilder;
use crate::function::result::internal;

/// Types of what is kept of a value and its sample.
pub(super) fn kept() -> Vec<ChType> {
    vec![ChType::Float64, ChType::Float64]
}

/// The values of the rows of both samples, by the second column: 0 for the first.
pub(super) fn split(numbers: &[Vec<f64>], rows: &Range<usize>) -> [Vec<f64>; 2] {
    let mut split = [Vec::new(), Vec::new()];
    let [values, samples] = numbers else { return split };
    for row in rows.clone() {
        let (Some(value), Some(sample)) = (values.get(row), samples.get(row)) else { continue };
        let [first, second] = &mut split;
        (if *sample == 0.0 { first } else { second }).push(*value);
    }
    split
}

/// The numbers of values of both samples, then the values of the first and of the second.
pub(super) struct TwoSamples;

/// As [`TwoSamples`], of two columns of values.
pub(super) struct TwoColumns;

fn floats(columns: &[ArrayRef]) -> Result<Vec<Vec<f64>>> {
    let of =
        |column: &ArrayRef| column.as_primitive_opt::<Float64Type>().map(|values| values.values().to_vec());
    columns.iter().map(|column| of(column).ok_or_else(|| internal("no floats"))).collect()
}

fn write(lists: &[Vec<f64>], out: &mut Vec<u8>) {
    lists.iter().for_each(|list| write_varint(list.len() as u64, out));
    lists.iter().flatten().for_each(|value| out.extend(value.to_le_bytes()));
}

impl Codec for TwoSamples {
    fn write(&self, columns: &[ArrayRef], rows: usize, out: &mut Vec<u8>) -> Result<()> {
        write(&split(&floats(columns)?, &(0..rows)), out);
        Ok(())
    }

    fn read(&self, bytes: &mut Reader<'_>, out: &mut [ColumnBuilder]) -> Result<u64> {
        let counts = [bytes.varint()?, bytes.varint()?];
        let [values, samples] = out else { return Err(internal("two columns are needed")) };
        for (count, sample) in counts.into_iter().zip([0.0, 1.0]) {
            for _ in 0..count {
                values.append_float(f64::from_le_bytes(bytes.array()?));
                samples.append_float(sample);
            }
        }
        Ok(counts.iter().sum())
    }
}

impl Codec for TwoColumns {
    fn write(&self, columns: &[ArrayRef], _: usize, out: &mut Vec<u8>) -> Result<()> {
        write(&floats(columns)?, out);
        Ok(())
    }

    fn read(&self, bytes: &mut Reader<'_>, out: &mut [ColumnBuilder]) -> Result<u64> {
        let counts = [bytes.varint()?, bytes.varint()?];
        for (count, column) in counts.into_iter().zip(out) {
            for _ in 0..count {
                column.append_float(f64::from_le_bytes(bytes.array()?));
            }
        }
        if counts[0] != counts[1] {
            return Err(super::parts::ended());
        }
        Ok(counts[0])
    }
}
