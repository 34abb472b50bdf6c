//! `arrayLevenshteinDistance`: how many insertions, deletions and changes of elements lead from one array to another.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ArrayLevenshteinDistance;

static SPEC: Spec = Spec {
    name: "arrayLevenshteinDistance",
    category: "array",
    syntax: "arrayLevenshteinDistance(left, right)",
    summary: "How many insertions, deletions and changes of elements lead from one array to another.",
    arguments: &[("left", "Array"), ("right", "Array")],
    returns: "UInt32",
    examples: &[Example { sql: "arrayLevenshteinDistance([1, 2, 4], [1, 2, 3])", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for ArrayLevenshteinDistance {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        {
            args.expect(0, |ty| ty.element().is_some())?;
            args.expect(1, |ty| ty.element().is_some())?;
            Ok(ChType::UInt32)
        }
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (array, other, left, right) = super::sets::both(call)?;
        result::ints(call.result, call.rows, |row| {
            let a: Vec<_> = array.range(row).map(|at| left.row(at)).collect();
            let b: Vec<_> = other.range(row).map(|at| right.row(at)).collect();
            crate::function::string::edits::levenshtein(call.name, &a, &b)
        })
    }
}
