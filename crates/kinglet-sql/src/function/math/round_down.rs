//! `roundDown`: the greatest of the values at or below a number; the least of them where there is none.

use crate::conversion::{Failure, convert};
use crate::function::result::internal;
use crate::function::{Args, Call, Example, Function, Spec, comparable};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError, supertype};

pub(in crate::function) struct RoundDown;

static SPEC: Spec = Spec {
    name: "roundDown",
    category: "math",
    syntax: "roundDown(number, values)",
    summary: "The greatest of the values at or below a number; the least of them where there is none.",
    arguments: &[("number", "Number"), ("values", "Array of numbers, constant")],
    returns: "The common type of number and values",
    examples: &[Example { sql: "roundDown(4.7, [1, 3, 5])", answer: "3" }],
    ..Spec::EMPTY
};

impl Function for RoundDown {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        args.expect(0, |ty| ty.is_number() || ty.is_date() || ty.is_date_time())?;
        let element = args.ty(1).element().ok_or_else(|| args.illegal(1))?;
        if args.constant(1).is_none() {
            let message = "The second argument of function roundDown must be a constant array";
            return Err(SqlError::new(ErrorCode::ILLEGAL_COLUMN, message));
        }
        supertype(&[args.ty(0).clone(), element]).ok_or_else(|| args.illegal(1))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let column = call.arg(0)?;
        let lists = call.lists(1)?;
        let element = call.ty(1).element().ok_or_else(|| call.illegal_column(1))?;
        let range = lists.range(0);
        if range.is_empty() {
            let message = "Empty array is illegal for boundaries in roundDown function";
            return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
        }
        let to =
            |array: &ArrayRef, ty: &ChType| convert(array, ty, call.result, Failure::Error, call.environment);
        let numbers = to(&column.array, &column.ty)?;
        let values = to(&lists.elements().slice(range.start, range.len()), &element)?;
        let (number_keys, value_keys) = (comparable(&numbers, false)?, comparable(&values, false)?);
        let mut order: Vec<usize> = (0..values.len()).collect();
        order.sort_by(|a, b| value_keys.row(*a).cmp(&value_keys.row(*b)));
        let picks: arrow::array::UInt32Array = (0..call.rows)
            .map(|row| {
                let key = number_keys.row(column.index(row));
                let place = order.partition_point(|at| value_keys.row(*at) <= key);
                order.get(place.saturating_sub(1)).map(|at| *at as u32)
            })
            .collect();
        arrow::compute::take(&values, &picks, None).map_err(internal)
    }
}
