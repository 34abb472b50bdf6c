//! `arrayPushFront`: an array with one more element at the front.

use arrow::array::{ArrayRef, AsArray};
use kinglet_types::{ChType, Result};

use crate::conversion::{Failure, convert};
use crate::function::{Args, Call, Example, Function, Nulls, Spec, result};
use arrow::compute::interleave;

pub(in crate::function) struct ArrayPushFront;

static SPEC: Spec = Spec {
    name: "arrayPushFront",
    category: "array",
    syntax: "arrayPushFront(array, value)",
    summary: "The array with the value added at the front.",
    arguments: &[("array", "Array"), ("value", "a value")],
    returns: "Array of a common type.",
    examples: &[Example { sql: "arrayPushFront([1, 2], 3)", answer: "[3,1,2]" }],
    ..Spec::EMPTY
};

impl Function for ArrayPushFront {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        let element = args.ty(0).element().ok_or_else(|| args.illegal(0))?;
        let common =
            kinglet_types::supertype(&[element, args.ty(1).clone()]).ok_or_else(|| args.illegal(1))?;
        Ok(ChType::array(common))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let array = call.arg(0)?;
        let array = convert(&array.array, &array.ty, call.result, Failure::Error, call.environment)?;
        let constant = call.arg(0)?.constant;
        let lists = array.as_list_opt::<i32>().ok_or_else(|| call.illegal_column(0))?;
        let element = call.result.element().unwrap_or(ChType::Nothing);
        let value = call.arg(1)?;
        let values = convert(&value.array, &value.ty, &element, Failure::Error, call.environment)?;
        let offsets = lists.value_offsets();
        let (mut picks, mut lengths) = (Vec::new(), Vec::with_capacity(call.rows));
        for row in 0..call.rows {
            let at = if constant { 0 } else { row };
            let range = match (offsets.get(at), offsets.get(at + 1)) {
                (Some(start), Some(end)) => *start as usize..*end as usize,
                _ => 0..0,
            };
            lengths.push(range.len() + 1);
            picks.push((1, value.index(row)));
            picks.extend(range.map(|at| (0, at)));
        }
        let elements =
            interleave(&[lists.values().as_ref(), values.as_ref()], &picks).map_err(result::internal)?;
        result::lists(call.result, elements, lengths)
    }

    fn nulls(&self) -> Nulls {
        Nulls::Own
    }
}
