//! `arraySlice`: some of the elements.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::gather::gather;
use crate::function::string::slice_range;
use crate::function::{Args, Call, Example, Function, Spec};

pub(in crate::function) struct ArraySlice;

static SPEC: Spec = Spec {
    name: "arraySlice",
    category: "array",
    syntax: "arraySlice(array, offset[, length])",
    summary: "Some of the elements.",
    arguments: &[
        ("array", "Array"),
        ("offset", "Integer from 1; negative from the end"),
        ("length", "Integer; negative leaves out that many at the end"),
    ],
    returns: "An array of the same type.",
    examples: &[
        Example { sql: "arraySlice([1, 2, 3, 4], 2, 2)", answer: "[2,3]" },
        Example { sql: "arraySlice([1, 2, 3, 4], -2)", answer: "[3,4]" },
    ],
    ..Spec::EMPTY
};

impl Function for ArraySlice {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=3)?;
        args.expect(1, ChType::is_integer)?;
        args.expect(0, |ty| matches!(ty, ChType::Array(_))).cloned()
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let lists = call.lists(0)?;
        let offset = call.ints(1)?;
        let length =
            if call.args.len() > 2 && !call.ty(2).is_only_null() { Some(call.ints(2)?) } else { None };
        gather(call, &lists, |row, range, out| {
            let length = length.as_ref().map(|length| length.get(row));
            let part = slice_range(range.len(), offset.get(row), length);
            out.extend((range.start + part.start..range.start + part.end).map(|at| at as u32));
            Ok(())
        })
    }
}
