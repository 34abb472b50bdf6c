//! `countDigits`: number of digits of a whole number or decimal, without its point.

use crate::conversion::unscaled;
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use arrow::datatypes::i256;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct CountDigits;

static SPEC: Spec = Spec {
    name: "countDigits",
    category: "other",
    syntax: "countDigits(number)",
    summary: "Number of digits of a whole number or decimal, without its point.",
    arguments: &[("number", "Integer or Decimal")],
    returns: "UInt8",
    examples: &[Example { sql: "countDigits(123)", answer: "3" }],
    ..Spec::EMPTY
};

impl Function for CountDigits {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| ty.is_integer() || ty.is_decimal())?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let column = call.arg(0)?;
        let scale = if let ChType::Decimal(_, scale) = call.ty(0) { *scale } else { 0 };
        result::ints(call.result, call.rows, |row| {
            let value = unscaled(&column.array, column.index(row), &column.ty, scale).unwrap_or(i256::ZERO);
            Ok(value.wrapping_abs().to_string().trim_start_matches('-').len() as i64)
        })
    }
}
