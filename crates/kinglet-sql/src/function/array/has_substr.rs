//! `hasSubstr`: whether the elements of an array occur in another, one after the other.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct HasSubstr;

static SPEC: Spec = Spec {
    name: "hasSubstr",
    category: "array",
    syntax: "hasSubstr(array, part)",
    summary: "Whether the elements of an array occur in another, one after the other.",
    arguments: &[("array", "Array"), ("part", "Array")],
    returns: "UInt8",
    examples: &[Example { sql: "hasSubstr([1, 2, 3], [2, 3])", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for HasSubstr {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        {
            args.expect(0, |ty| ty.element().is_some())?;
            args.expect(1, |ty| ty.element().is_some())?;
            Ok(ChType::UInt8)
        }
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (array, part, left, right) = super::sets::both(call)?;
        result::flags(call.rows, |row| {
            let (a, b) = (array.range(row), part.range(row));
            Ok(b.is_empty()
                || (a.start..(a.end + 1).saturating_sub(b.len()).max(a.start)).any(|start| {
                    b.clone().enumerate().all(|(step, at)| left.row(start + step) == right.row(at))
                }))
        })
    }
}
