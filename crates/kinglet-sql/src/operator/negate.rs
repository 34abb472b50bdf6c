//! `negate`: the number with the other sign.

use arrow::array::ArrayRef;
use arrow::datatypes::i256;
use kinglet_types::{ChType, Result, negate_type};

use crate::ColumnBuilder;
use crate::conversion::unscaled;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(super) struct Negate;

static SPEC: Spec = Spec {
    name: "negate",
    category: "arithmetic",
    syntax: "negate(number)",
    summary: "The number with the other sign, `-number`.",
    arguments: &[("number", "A number or interval")],
    returns: "A signed type.",
    examples: &[Example { sql: "negate(10)", answer: "-10" }],
    ..Spec::EMPTY
};

impl Function for Negate {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        negate_type(args.ty(0)).ok_or_else(|| args.illegal(0))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let column = call.arg(0)?;
        let wide = call.result.integer_bits().is_some_and(|(bits, _)| bits > 64);
        if call.result.is_float() {
            let values = call.floats(0)?;
            return result::floats(call.result, call.rows, |row| Ok(-values.get(row)));
        }
        if let (true, scale) | (_, scale @ 1..) = (wide || call.result.is_decimal(), scale_of(call.result)) {
            let mut builder = ColumnBuilder::new(call.result);
            for row in 0..call.rows {
                let value = unscaled(&column.array, column.index(row), &column.ty, scale);
                builder.append_wide(value.unwrap_or(i256::ZERO).wrapping_neg());
            }
            return builder.finish();
        }
        let values = call.ints(0)?;
        result::ints(call.result, call.rows, |row| Ok(values.get(row).wrapping_neg()))
    }
}

fn scale_of(ty: &ChType) -> u8 {
    if let ChType::Decimal(_, scale) = ty.bare() { *scale } else { 0 }
}
