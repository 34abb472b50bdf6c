//! `ifNotFinite`: the number, or the other where it is infinite or no number.

use arrow::array::ArrayRef;
use arrow::compute::interleave;
use kinglet_types::{ChType, Result};

use crate::conversion::{Failure, convert};
use crate::function::result::internal;
use crate::function::{Args, Call, Example, Function, Spec};

pub(in crate::function) struct IfNotFinite;

static SPEC: Spec = Spec {
    name: "ifNotFinite",
    category: "math",
    syntax: "ifNotFinite(number, other)",
    summary: "The number, or the other where it is infinite or no number.",
    arguments: &[("number", "Number"), ("other", "Number")],
    returns: "The common type.",
    examples: &[Example { sql: "ifNotFinite(1 / 0, 42)", answer: "42" }],
    ..Spec::EMPTY
};

impl Function for IfNotFinite {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        args.expect(0, ChType::is_number)?;
        args.expect(1, ChType::is_number)?;
        args.common_type()
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let numbers = call.floats(0)?;
        let to = |at: usize| {
            let column = call.arg(at)?;
            convert(&column.array, &column.ty, call.result, Failure::Error, call.environment)
        };
        let (own, other) = (to(0)?, to(1)?);
        let place = |at: usize, row: usize| call.args.get(at).map_or(0, |column| column.index(row));
        let picks: Vec<(usize, usize)> = (0..call.rows)
            .map(|row| if numbers.get(row).is_finite() { (0, place(0, row)) } else { (1, place(1, row)) })
            .collect();
        interleave(&[own.as_ref(), other.as_ref()], &picks).map_err(internal)
    }
}
