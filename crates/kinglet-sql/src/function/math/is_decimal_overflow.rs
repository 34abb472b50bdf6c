//! `isDecimalOverflow`: whether a Decimal has more digits than a precision.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Example, Function, Spec, result};
use crate::text::decimal_at;

pub(in crate::function) struct IsDecimalOverflow;

static SPEC: Spec = Spec {
    name: "isDecimalOverflow",
    category: "math",
    syntax: "isDecimalOverflow(value[, precision])",
    summary: "Whether a Decimal has more digits than the precision, by default that of its type.",
    arguments: &[("value", "Decimal"), ("precision", "Integer")],
    returns: "UInt8",
    examples: &[Example { sql: "isDecimalOverflow(toDecimal32(1000000, 0), 5)", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for IsDecimalOverflow {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=2)?;
        args.expect(0, ChType::is_decimal)?;
        if args.len() > 1 {
            args.expect(1, ChType::is_integer)?;
        }
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let value = call.arg(0)?;
        let own =
            if let ChType::Decimal(precision, _) = value.ty.bare() { i64::from(*precision) } else { 76 };
        let precisions = if call.args.len() > 1 { Some(call.ints(1)?) } else { None };
        result::flags(call.rows, |row| {
            let digits = decimal_at(&value.array, value.index(row)).wrapping_abs().to_string().len() as i64;
            Ok(digits > precisions.as_ref().map_or(own, |precisions| precisions.get(row)))
        })
    }
}
