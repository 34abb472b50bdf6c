//! `arrayConcat`: several arrays one after the other.

use arrow::array::{Array, ArrayRef, AsArray};
use kinglet_types::{ChType, Result};

use crate::conversion::{Failure, convert};
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::compute::interleave;

pub(in crate::function) struct ArrayConcat;

static SPEC: Spec = Spec {
    name: "arrayConcat",
    category: "array",
    syntax: "arrayConcat(array, ..)",
    summary: "The elements of all arrays, in order.",
    arguments: &[("array", "Arrays")],
    returns: "Array of a common type.",
    examples: &[Example { sql: "arrayConcat([1, 2], [3])", answer: "[1,2,3]" }],
    ..Spec::EMPTY
};

impl Function for ArrayConcat {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=usize::MAX)?;
        for at in 0..args.len() {
            args.ty(at).element().ok_or_else(|| args.illegal(at))?;
        }
        args.common_type()
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let arrays = (0..call.args.len())
            .map(|at| {
                let column = call.arg(at)?;
                convert(&column.array, &column.ty, call.result, Failure::Error, call.environment)
            })
            .collect::<Result<Vec<_>>>()?;
        let lists: Vec<_> = arrays.iter().filter_map(|array| array.as_list_opt::<i32>()).collect();
        let values: Vec<&dyn Array> = lists.iter().map(|list| list.values().as_ref()).collect();
        let mut picks = Vec::new();
        let mut lengths = Vec::with_capacity(call.rows);
        for row in 0..call.rows {
            let before = picks.len();
            for (at, list) in lists.iter().enumerate() {
                let row = call.arg(at)?.index(row);
                let offsets = list.value_offsets();
                if let (Some(start), Some(end)) = (offsets.get(row), offsets.get(row + 1)) {
                    picks.extend((*start as usize..*end as usize).map(|element| (at, element)));
                }
            }
            lengths.push(picks.len() - before);
        }
        let elements = interleave(&values, &picks).map_err(result::internal)?;
        result::lists(call.result, elements, lengths)
    }
}
