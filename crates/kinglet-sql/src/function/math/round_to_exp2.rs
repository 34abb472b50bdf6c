//! `roundToExp2`: the nearest power of two at or below a number.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct RoundToExp2;

static SPEC: Spec = Spec {
    name: "roundToExp2",
    category: "math",
    syntax: "roundToExp2(number)",
    summary: "The nearest power of two at or below a number.",
    arguments: &[("number", "Number")],
    returns: "The number's type",
    examples: &[Example { sql: "roundToExp2(31)", answer: "16" }],
    ..Spec::EMPTY
};

impl Function for RoundToExp2 {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| ty.is_float() || ty.integer_bits().is_some_and(|(bits, _)| bits <= 64)).cloned()
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        if call.ty(0).is_float() {
            let numbers = call.floats(0)?;
            return result::floats(call.result, call.rows, |row| {
                let bits = numbers.get(row).to_bits();
                Ok(f64::from_bits(bits & 0xfff0_0000_0000_0000))
            });
        }
        let numbers = call.ints(0)?;
        let signed = call.ty(0).integer_bits().is_some_and(|(_, signed)| signed);
        result::ints(call.result, call.rows, |row| {
            let number = numbers.get(row);
            Ok(match number {
                0 => 0,
                number if number < 0 && signed => 0,
                number => 1 << (number as u64).ilog2(),
            })
        })
    }
}
