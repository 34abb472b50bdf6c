//! `char`: the text of these bytes.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct Char;

static SPEC: Spec = Spec {
    name: "char",
    case: Case::Insensitive,
    category: "other",
    syntax: "char(number, ..)",
    summary: "The text of these bytes.",
    arguments: &[("number", "Number")],
    returns: "String",
    examples: &[Example { sql: "char(72, 105)", answer: "Hi" }],
    ..Spec::EMPTY
};

impl Function for Char {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=usize::MAX)?;
        for at in 0..args.len() {
            args.expect(at, ChType::is_number)?;
        }
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let numbers = (0..call.args.len()).map(|at| call.ints(at)).collect::<Result<Vec<_>>>()?;
        result::texts(call.rows, |row, out| {
            out.extend(numbers.iter().map(|numbers| numbers.get(row) as u8));
            Ok(())
        })
    }
}
