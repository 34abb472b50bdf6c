//! `arrayResize`: the array cut or filled up to a length; with a negative length at its beginning.

use arrow::array::ArrayRef;
use arrow::compute::interleave;
use kinglet_types::{ChType, Result};
use kinglet_types::{ErrorCode, SqlError, supertype};

use crate::ColumnBuilder;
use crate::conversion::{Failure, convert};
use crate::function::{Args, Call, Example, Function, Nulls, Spec, result};

pub(in crate::function) struct ArrayResize;

static SPEC: Spec = Spec {
    name: "arrayResize",
    category: "array",
    syntax: "arrayResize(array, length[, fill])",
    summary: "The array cut or filled up to a length; with a negative length at its beginning.",
    arguments: &[("array", "Array"), ("length", "Integer"), ("fill", "Value, the default if left out")],
    returns: "An array.",
    examples: &[
        Example { sql: "arrayResize([1, 2], 3)", answer: "[1,2,0]" },
        Example { sql: "arrayResize([1, 2], -3, 7)", answer: "[7,1,2]" },
    ],
    ..Spec::EMPTY
};

impl Function for ArrayResize {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn takes_tagged(&self) -> bool {
        true
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=3)?;
        let element = args.ty(0).element().ok_or_else(|| args.illegal(0))?;
        args.expect(1, |ty| ty.bare().is_integer())?;
        if args.len() < 3 {
            return Ok(ChType::array(element));
        }
        let common = supertype(&[element, args.ty(2).clone()]).ok_or_else(|| args.illegal(2))?;
        Ok(ChType::array(common))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let element = call.result.element().ok_or_else(|| call.illegal_column(0))?;
        let (lists, wanted) = (call.lists(0)?, call.ints(1)?);
        let own = call.ty(0).element().ok_or_else(|| call.illegal_column(0))?;
        let elements = convert(lists.elements(), &own, &element, Failure::Error, call.environment)?;
        let (fills, constant) = if call.args.len() > 2 {
            let fill = call.arg(2)?;
            let array = convert(&fill.array, &fill.ty, &element, Failure::Error, call.environment)?;
            (array, fill.constant)
        } else {
            let mut builder = ColumnBuilder::new(&element);
            builder.append_default();
            (builder.finish()?, true)
        };
        let mut picks = Vec::new();
        let mut lengths = Vec::with_capacity(call.rows);
        for row in 0..call.rows {
            let length = usize::try_from(wanted.get(row).unsigned_abs()).unwrap_or(usize::MAX);
            if length > MOST {
                let message = format!("Too large array size: {length}, the most is {MOST}");
                return Err(SqlError::new(ErrorCode::TOO_LARGE_ARRAY_SIZE, message));
            }
            let range = lists.range(row);
            let kept = range.len().min(length);
            let filling = (1, if constant { 0 } else { row });
            if wanted.get(row) < 0 {
                picks.extend(std::iter::repeat_n(filling, length - kept));
                picks.extend((range.end - kept..range.end).map(|at| (0, at)));
            } else {
                picks.extend((range.start..range.start + kept).map(|at| (0, at)));
                picks.extend(std::iter::repeat_n(filling, length - kept));
            }
            lengths.push(length);
        }
        let elements = interleave(&[elements.as_ref(), fills.as_ref()], &picks).map_err(result::internal)?;
        result::lists(call.result, elements, lengths)
    }

    fn nulls(&self) -> Nulls {
        Nulls::Own
    }
}

/// The most elements of a resized array.
const MOST: usize = 1 << 24;
