//! `arrayEnumerate`: the positions of the elements.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct ArrayEnumerate;

static SPEC: Spec = Spec {
    name: "arrayEnumerate",
    category: "array",
    syntax: "arrayEnumerate(array)",
    summary: "The numbers from 1 to the length of the array.",
    arguments: &[("array", "Array")],
    returns: "Array(UInt32)",
    examples: &[Example { sql: "arrayEnumerate(['a', 'b'])", answer: "[1,2]" }],
    ..Spec::EMPTY
};

impl Function for ArrayEnumerate {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.ty(0).element().ok_or_else(|| args.illegal(0))?;
        Ok(ChType::array(ChType::UInt32))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let lists = call.lists(0)?;
        let lengths: Vec<usize> = (0..call.rows).map(|row| lists.len(row)).collect();
        let numbers: Vec<i64> = lengths.iter().flat_map(|length| 1..=*length as i64).collect();
        let elements =
            result::ints(&ChType::UInt32, numbers.len(), |at| Ok(numbers.get(at).copied().unwrap_or(0)))?;
        result::lists(call.result, elements, lengths)
    }
}
