//! `bitNot`: all bits turned over.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct BitNot;

static SPEC: Spec = Spec {
    name: "bitNot",
    category: "bit",
    syntax: "bitNot(number)",
    summary: "All bits turned over.",
    arguments: &[("number", "Integer")],
    returns: "The type of the number.",
    examples: &[Example { sql: "bitNot(toUInt8(5))", answer: "250" }],
    ..Spec::EMPTY
};

impl Function for BitNot {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| ty.integer_bits().is_some_and(|(bits, _)| bits <= 64)).cloned()
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let numbers = call.ints(0)?;
        result::ints(call.result, call.rows, |row| Ok(!numbers.get(row)))
    }
}
