//! `reverse`: the bytes of a text, or the elements of an array, in reverse.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct Reverse;

static SPEC: Spec = Spec {
    name: "reverse",
    case: Case::Insensitive,
    category: "string",
    syntax: "reverse(value)",
    summary: "The bytes of a text, or the elements of an array, in reverse order.",
    arguments: &[("value", "String, FixedString or Array")],
    returns: "The argument's type",
    examples: &[Example { sql: "reverse('abc')", answer: "cba" }],
    ..Spec::EMPTY
};

impl Function for Reverse {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| ty.is_text() || matches!(ty, ChType::Array(_))).cloned()
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        if let ChType::Array(_) = call.ty(0) {
            let lists = call.lists(0)?;
            return crate::function::array::gather(call, &lists, |_, range, out| {
                out.extend(range.rev().map(|at| at as u32));
                Ok(())
            });
        }
        let text = call.bytes(0)?;
        result::texts_of(call.result, call.rows, |row, out| {
            out.extend(text.get(row).iter().rev());
            Ok(())
        })
    }
}
