//! `arrayShiftRight`: the elements moved to the right, the places that become free filled with a value.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ArrayShiftRight;

static SPEC: Spec = Spec {
    name: "arrayShiftRight",
    category: "array",
    syntax: "arrayShiftRight(array, count[, fill])",
    summary: "The elements moved to the right, the places that become free filled with a value.",
    arguments: &[
        ("array", "Array"),
        ("count", "Integer"),
        ("fill", "Value, the default of the type if left out"),
    ],
    returns: "The array's type",
    examples: &[
        Example { sql: "arrayShiftRight([1, 2, 3], 1)", answer: "[0,1,2]" },
        Example { sql: "arrayShiftRight([1, 2, 3], 1, 7)", answer: "[7,1,2]" },
    ],
    ..Spec::EMPTY
};

impl Function for ArrayShiftRight {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=3)?;
        {
            args.expect(1, ChType::is_integer)?;
            args.expect(0, |ty| matches!(ty, ChType::Array(_))).cloned()
        }
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::shift::shift(call, -1)
    }
}
