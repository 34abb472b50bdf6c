//! `range`: consecutive numbers as an array.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct Range;

static SPEC: Spec = Spec {
    name: "range",
    category: "array",
    syntax: "range([start, ]end[, step])",
    summary: "The numbers from start (0) up to but without the end.",
    arguments: &[("start", "Integer"), ("end", "Integer"), ("step", "Integer, not 0")],
    returns: "Array of an integer type.",
    examples: &[
        Example { sql: "range(5)", answer: "[0,1,2,3,4]" },
        Example { sql: "range(1, 10, 3)", answer: "[1,4,7]" },
        Example { sql: "range(3, 0, -1)", answer: "[3,2,1]" },
    ],
    ..Spec::EMPTY
};

impl Function for Range {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=3)?;
        for at in 0..args.len() {
            args.expect(at, ChType::is_integer)?;
        }
        let ty = if args.len() == 1 { args.ty(0).bare().clone() } else { args.common_type()? };
        Ok(ChType::array(ty))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let numbers = (0..call.args.len()).map(|at| call.ints(at)).collect::<Result<Vec<_>>>()?;
        let mut elements = Vec::new();
        let mut lengths = Vec::with_capacity(call.rows);
        for row in 0..call.rows {
            let at = |place: usize| numbers.get(place).map_or(0, |number| number.get(row));
            let (start, end, step) = match numbers.len() {
                1 => (0, at(0), 1),
                2 => (at(0), at(1), 1),
                _ => (at(0), at(1), at(2)),
            };
            let before = elements.len();
            push_range(call.name, &mut elements, (start, end, step))?;
            lengths.push(elements.len() - before);
        }
        let element = call.result.element().unwrap_or(ChType::UInt64);
        let elements =
            result::ints(&element, elements.len(), |at| Ok(elements.get(at).copied().unwrap_or(0)))?;
        result::lists(call.result, elements, lengths)
    }
}

/// Most elements made in one batch, ClickHouse's `function_range_max_elements_in_block`.
const MOST: usize = 500_000_000 / 8;

fn push_range(name: &str, out: &mut Vec<i64>, (start, end, step): (i64, i64, i64)) -> Result<()> {
    if step == 0 {
        let message = format!("Step of function {name} must not be zero");
        return Err(SqlError::new(ErrorCode::ARGUMENT_OUT_OF_BOUND, message));
    }
    let distance =
        if step > 0 { i128::from(end) - i128::from(start) } else { i128::from(start) - i128::from(end) };
    let step_size = i128::from(step).abs();
    let count = if distance <= 0 { 0 } else { (distance + step_size - 1) / step_size };
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    if out.len().saturating_add(count) > MOST {
        let message =
            format!("A call to function {name} would produce {count} array elements, more than {MOST}");
        return Err(SqlError::new(ErrorCode::ARGUMENT_OUT_OF_BOUND, message));
    }
    out.extend((0..count as i64).map(|at| start.wrapping_add(at.wrapping_mul(step))));
    Ok(())
}
