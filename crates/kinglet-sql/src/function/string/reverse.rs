//! `reverse`: the bytes of a text, or the elements of an array, in reverse.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct Reverse;

static SPEC: Spec = Spec {
    name: "reverse",
    case: Case::Insensitive,
    category: "string",
    syntax: "reverse(text)",
    summary: "The bytes of a text in reverse order.",
    arguments: &[("text", "String or FixedString")],
    returns: "A text of the same type.",
    examples: &[Example { sql: "reverse('abc')", answer: "cba" }],
    ..Spec::EMPTY
};

impl Function for Reverse {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, ChType::is_text).cloned()
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let text = call.bytes(0)?;
        result::texts_of(call.result, call.rows, |row, out| {
            out.extend(text.get(row).iter().rev());
            Ok(())
        })
    }
}
