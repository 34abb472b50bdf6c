//! `arrayJaccardIndex`: the share of elements two arrays have in common.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ArrayJaccardIndex;

static SPEC: Spec = Spec {
    name: "arrayJaccardIndex",
    category: "array",
    syntax: "arrayJaccardIndex(left, right)",
    summary: "The share of elements two arrays have in common.",
    arguments: &[("left", "Array"), ("right", "Array")],
    returns: "Float64",
    examples: &[Example { sql: "arrayJaccardIndex([1, 2], [2, 3])", answer: "0.3333333333333333" }],
    ..Spec::EMPTY
};

impl Function for ArrayJaccardIndex {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        {
            args.expect(0, |ty| ty.element().is_some())?;
            args.expect(1, |ty| ty.element().is_some())?;
            Ok(ChType::Float64)
        }
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (array, other, left, right) = super::sets::both(call)?;
        result::floats(call.result, call.rows, |row| {
            let a: std::collections::HashSet<_> = array.range(row).map(|at| left.row(at)).collect();
            let b: std::collections::HashSet<_> = other.range(row).map(|at| right.row(at)).collect();
            let both = a.intersection(&b).count() as f64;
            Ok(both / (a.len() as f64 + b.len() as f64 - both))
        })
    }
}
