//! `arrayExcept`: the elements that are not in another array.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ArrayExcept;

static SPEC: Spec = Spec {
    name: "arrayExcept",
    category: "array",
    syntax: "arrayExcept(array, other)",
    summary: "The elements that are not in another array.",
    arguments: &[("array", "Array"), ("other", "Array of the same type")],
    returns: "The first array's type",
    examples: &[Example { sql: "arrayExcept([1, 2, 3, 2], [2])", answer: "[1,3]" }],
    ..Spec::EMPTY
};

impl Function for ArrayExcept {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        {
            args.expect(0, |ty| matches!(ty, ChType::Array(_)))?;
            args.expect(1, |ty| matches!(ty, ChType::Array(_)))?;
            let ty = args.ty(0).element();
            if ty.map(|ty| ty.bare().clone()) != args.ty(1).element().map(|ty| ty.bare().clone()) {
                return Err(args.illegal(1));
            }
            Ok(args.ty(0).clone())
        }
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (array, other, left, right) = super::sets::both(call)?;
        super::gather::gather(call, &array, |row, range, out| {
            let known: std::collections::HashSet<_> = other.range(row).map(|at| right.row(at)).collect();
            out.extend(range.filter(|at| !known.contains(&left.row(*at))).map(|at| at as u32));
            Ok(())
        })
    }
}
