//! Arrays of values at chosen places: `groupArrayInsertAt`, `groupArrayLast`, `groupArrayMovingSum` and others.

use std::ops::Range;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, UInt32Array};
use arrow::compute::{concat, take};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::family::Member;
use super::gathered_states::{Places, Ring, RunningSums, Shared};
use super::kept_rows::{self, Codec, OverRows};
use super::{Bound, Call, Parameter, Rows};
use crate::Environment;
use crate::column_builder::ColumnBuilder;
use crate::conversion::{Failure, convert};
use crate::function::result::{self, internal};
use crate::function::{Example, Spec};
use crate::text::int_at;

const BASE: Spec = Spec { category: "aggregate", returns: "Array", ..Spec::EMPTY };

pub(super) static MEMBERS: &[Member] = &[
    Member::new(
        &Spec {
            name: "groupArrayInsertAt",
            syntax: "groupArrayInsertAt[(default[, size])](value, position)",
            summary: "An array with each value at its position, the first that comes; defaults elsewhere.",
            arguments: &[("value", "Any type"), ("position", "UInt32")],
            examples: &[Example {
                sql: "SELECT groupArrayInsertAt(number, toUInt8(3 - number)) FROM numbers(3)",
                answer: "[0,2,1,0]",
            }],
            ..BASE
        },
        insert_at,
    )
    .or_default(),
    Member::new(
        &Spec {
            name: "groupArrayLast",
            syntax: "groupArrayLast(size)(value)",
            summary: "The last values, no more than `size`; their places are those of a ring.",
            arguments: &[("value", "Any type")],
            examples: &[Example { sql: "SELECT groupArrayLast(2)(number) FROM numbers(4)", answer: "[2,3]" }],
            ..BASE
        },
        last,
    )
    .or_plain_default(),
    Member::new(
        &Spec {
            name: "groupArrayIntersect",
            syntax: "groupArrayIntersect(array)",
            summary: "The values that all arrays hold.",
            arguments: &[("array", "Array")],
            examples: &[Example {
                sql: "SELECT arraySort(groupArrayIntersect([number, 1, 5])) FROM numbers(3)",
                answer: "[1,5]",
            }],
            ..BASE
        },
        intersect,
    ),
    Member::new(
        &Spec {
            name: "groupArrayMovingSum",
            syntax: "groupArrayMovingSum[(window)](value)",
            summary: "For each value the sum of it and those before, of no more than `window`.",
            arguments: &[("value", "Number")],
            examples: &[Example {
                sql: "SELECT groupArrayMovingSum(2)(number) FROM numbers(4)",
                answer: "[0,1,3,5]",
            }],
            ..BASE
        },
        |call| moving(call, false),
    )
    .or_plain_default(),
    Member::new(
        &Spec {
            name: "groupArrayMovingAvg",
            syntax: "groupArrayMovingAvg[(window)](value)",
            summary: "For each value the sum of it and those before, of no more than `window`, over the window's length.",
            arguments: &[("value", "Number")],
            examples: &[Example {
                sql: "SELECT groupArrayMovingAvg(2)(number) FROM numbers(4)",
                answer: "[0,0.5,1.5,2.5]",
            }],
            ..BASE
        },
        |call| moving(call, true),
    )
    .or_plain_default(),
];

fn over(call: &Call<'_>, answer: impl OverRows + 'static) -> Arc<dyn Bound> {
    kept_rows::bound(call.types, Arc::new(answer), false)
}

fn insert_at(call: &Call<'_>) -> Result<Arc<dyn Bound>> {
    call.expect_count(2..=2)?;
    if call.parameters.len() > 2 {
        let code =
            ErrorCode::from_name("TOO_MANY_ARGUMENTS_FOR_FUNCTION").unwrap_or(ErrorCode::BAD_ARGUMENTS);
        let message = format!("Aggregate function {} requires at most two parameters.", call.name);
        return Err(SqlError::new(code, message));
    }
    call.expect(1, |ty| ty.integer_bits().is_some_and(|(_, signed)| !signed))?;
    let ty = call.ty(0).clone();
    let default = match call.parameters.first() {
        Some(value) => convert(&value.array, &value.ty, &ty, Failure::Error, call.environment)?,
        None => {
            let mut builder = ColumnBuilder::new(&ty);
            builder.append_default();
            builder.finish()?
        }
    };
    let parameters: Option<&[Parameter]> = call.parameters.get(1..);
    let size = match parameters.and_then(<[Parameter]>::first) {
        Some(_) => call.uint_parameter(1)?.map(|size| size as usize),
        None => None,
    };
    let places = Places { ty, longest: LONGEST, size };
    Ok(over(call, InsertAt { places, default }))
}

/// Longest array that is made.
const LONGEST: usize = 0xFF_FFFF;

#[derive(Debug)]
struct InsertAt {
    places: Places,
    default: ArrayRef,
}

impl OverRows for InsertAt {
    fn result_type(&self) -> ChType {
        ChType::array(self.places.ty.clone())
    }

    fn codec(&self) -> Option<&dyn Codec> {
        Some(&self.places)
    }

    fn finish(&self, columns: &[ArrayRef], groups: &[Range<usize>]) -> Result<ArrayRef> {
        let [values, positions] = columns else { return Err(internal("two columns are needed")) };
        let all = concat(&[values.as_ref(), self.default.as_ref()]).map_err(internal)?;
        let default = values.len() as u32;
        let mut places: Vec<u32> = Vec::new();
        let mut lengths = Vec::with_capacity(groups.len());
        for rows in groups {
            let mut array: Vec<Option<u32>> = vec![None; self.places.size.unwrap_or(0).min(LONGEST)];
            for row in rows.clone() {
                let position = int_at(positions, row) as u64;
                if self.places.size.is_some_and(|size| position >= size as u64) {
                    continue;
                }
                let position = usize::try_from(position).unwrap_or(usize::MAX);
                if position >= LONGEST {
                    let message = format!(
                        "Too large array size: position argument ({position}) is greater or equals to limit ({LONGEST})"
                    );
                    let code =
                        ErrorCode::from_name("TOO_LARGE_ARRAY_SIZE").unwrap_or(ErrorCode::BAD_ARGUMENTS);
                    return Err(SqlError::new(code, message));
                }
                if array.len() <= position {
                    array.resize(position + 1, None);
                }
                if let Some(place) = array.get_mut(position) {
                    place.get_or_insert(row as u32);
                }
            }
            lengths.push(array.len());
            places.extend(array.into_iter().map(|place| place.unwrap_or(default)));
        }
        let elements = take(&all, &UInt32Array::from(places), None).map_err(internal)?;
        result::lists(&self.result_type(), elements, lengths)
    }
}

fn last(call: &Call<'_>) -> Result<Arc<dyn Bound>> {
    call.expect_count(1..=1)?;
    let Some(size) = call.uint_parameter(0)?.filter(|size| *size > 0) else {
        let message = format!("{} make sense only with max_elems ({}(max_elems)()).", call.name, call.name);
        return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
    };
    Ok(over(call, Last { ring: Ring { ty: call.ty(0).clone(), size: size as usize } }))
}

#[derive(Debug)]
struct Last {
    ring: Ring,
}

impl OverRows for Last {
    fn result_type(&self) -> ChType {
        ChType::array(self.ring.ty.clone())
    }

    fn finish(&self, columns: &[ArrayRef], groups: &[Range<usize>]) -> Result<ArrayRef> {
        let values = columns.first().ok_or_else(|| internal("no column"))?;
        let mut places: Vec<u32> = Vec::new();
        let mut lengths = Vec::with_capacity(groups.len());
        for rows in groups {
            places.extend(self.ring.order(rows.len()).map(|at| (rows.start + at) as u32));
            lengths.push(rows.len().min(self.ring.size));
        }
        let elements = take(values, &UInt32Array::from(places), None).map_err(internal)?;
        result::lists(&self.result_type(), elements, lengths)
    }

    fn codec(&self) -> Option<&dyn Codec> {
        Some(&self.ring)
    }
}

fn intersect(call: &Call<'_>) -> Result<Arc<dyn Bound>> {
    call.expect_count(1..=1)?;
    call.expect_no_parameters()?;
    call.expect(0, |ty| ty.element().is_some())?;
    Ok(over(call, Intersect { shared: Shared { ty: call.ty(0).without_low_cardinality_deep() } }))
}

#[derive(Debug)]
struct Intersect {
    shared: Shared,
}

impl OverRows for Intersect {
    fn result_type(&self) -> ChType {
        self.shared.ty.clone()
    }

    fn codec(&self) -> Option<&dyn Codec> {
        Some(&self.shared)
    }

    fn finish(&self, columns: &[ArrayRef], groups: &[Range<usize>]) -> Result<ArrayRef> {
        let lists = columns.first().and_then(|column| column.as_list_opt::<i32>());
        let lists = lists.ok_or_else(|| internal("no array"))?;
        let kept = Shared::places(lists, groups)?;
        let lengths: Vec<usize> = kept.iter().map(Vec::len).collect();
        let places: Vec<u32> = kept.into_iter().flatten().map(|at| at as u32).collect();
        let elements = take(lists.values(), &UInt32Array::from(places), None).map_err(internal)?;
        result::lists(&self.shared.ty, elements, lengths)
    }
}

fn moving(call: &Call<'_>, mean: bool) -> Result<Arc<dyn Bound>> {
    call.expect_count(1..=1)?;
    call.expect(0, ChType::is_number)?;
    let window = call.uint_parameter(0)?;
    if window == Some(0) {
        let message = format!("Parameter for aggregate function {} should be positive integer.", call.name);
        return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
    }
    let sum = super::bind(&Call { name: "sum", parameters: &[], ..*call })?;
    let kept = if mean && !call.ty(0).is_decimal() { ChType::Float64 } else { sum.result_type() };
    let types = std::slice::from_ref(&kept);
    let sum = super::bind(&Call { name: "sum", parameters: &[], types, ..*call })?;
    let result = match sum.result_type() {
        decimal @ ChType::Decimal(..) => decimal,
        _ if mean => ChType::Float64,
        other => other,
    };
    let window = window.map_or(usize::MAX, |window| window as usize);
    let moving = Moving { sum, result, window, mean, running: RunningSums { ty: kept.clone() } };
    Ok(kept_rows::bound_as(call.types, vec![kept], Arc::new(moving)))
}

#[derive(Debug)]
struct Moving {
    sum: Arc<dyn Bound>,
    result: ChType,
    window: usize,
    mean: bool,
    running: RunningSums,
}

impl OverRows for Moving {
    fn result_type(&self) -> ChType {
        ChType::array(self.result.clone())
    }

    fn codec(&self) -> Option<&dyn Codec> {
        Some(&self.running)
    }

    fn finish(&self, columns: &[ArrayRef], groups: &[Range<usize>]) -> Result<ArrayRef> {
        // Each value is added to the sums of all windows it lies in.
        let rows = columns.first().map_or(0, |column| column.len());
        let mut from: Vec<u32> = Vec::new();
        let mut to: Vec<usize> = Vec::new();
        let mut lengths = Vec::with_capacity(groups.len());
        let mut divisors: Vec<f64> = Vec::with_capacity(rows);
        for group in groups {
            let window = self.window.min(group.len());
            for row in group.clone() {
                let first = (row + 1).saturating_sub(window).max(group.start);
                from.extend((first..=row).map(|at| at as u32));
                to.extend(std::iter::repeat_n(row, row + 1 - first));
                divisors.push(if self.window == usize::MAX { group.len() } else { self.window } as f64);
            }
            lengths.push(group.len());
        }
        let from = UInt32Array::from(from);
        let spread = columns.iter().map(|column| take(column, &from, None).map_err(internal));
        let spread = spread.collect::<Result<Vec<_>>>()?;
        let mut held = self.sum.groups();
        held.update(&Rows { columns: &spread, groups: &to, filter: None, total: rows })?;
        let sums = held.finish(rows)?;
        let elements = if self.mean { self.divided(&sums, &divisors)? } else { sums };
        result::lists(&self.result_type(), elements, lengths)
    }
}

impl Moving {
    fn divided(&self, sums: &ArrayRef, divisors: &[f64]) -> Result<ArrayRef> {
        let mut builder = ColumnBuilder::new(&self.result);
        if let ChType::Decimal(..) = self.result {
            for (row, divisor) in divisors.iter().enumerate() {
                let unscaled = crate::text::decimal_at(sums, row);
                let divisor = arrow::datatypes::i256::from_i128(*divisor as i128);
                builder.append_wide(unscaled.checked_div(divisor).unwrap_or_default());
            }
            return builder.finish();
        }
        let sums = convert(
            sums,
            &self.sum.result_type(),
            &ChType::Float64,
            Failure::Error,
            &Environment::default(),
        )?;
        let sums = super::family::numbers(&sums, &ChType::Float64)?;
        sums.iter().zip(divisors).for_each(|(sum, divisor)| builder.append_float(sum / divisor));
        builder.finish()
    }
}
