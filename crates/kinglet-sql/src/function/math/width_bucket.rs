//! `widthBucket`: the number of the bucket that holds a number where the range is cut into equal ones; 0 below it, count + 1 above.

use crate::function::{Args, Call, Case, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

pub(in crate::function) struct WidthBucket;

static SPEC: Spec = Spec {
    name: "widthBucket",
    aliases: &["WIDTH_BUCKET"],
    case: Case::Insensitive,
    category: "math",
    syntax: "widthBucket(number, low, high, count)",
    summary: "The number of the bucket that holds a number where the range is cut into equal ones; 0 below it, count + 1 above.",
    arguments: &[("number", "Number"), ("low", "Number"), ("high", "Number"), ("count", "Unsigned integer")],
    returns: "UInt16, UInt32 or UInt64 by the type of count",
    examples: &[Example { sql: "widthBucket(10.15, -8.6, 23, 10)", answer: "6" }],
    ..Spec::EMPTY
};

impl Function for WidthBucket {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(4..=4)?;
        for at in 0..3 {
            args.expect(at, |ty| ty.is_number() && !ty.is_decimal())?;
        }
        let count =
            args.expect(3, |ty| ty.integer_bits().is_some_and(|(bits, signed)| bits <= 64 && !signed))?;
        Ok(match count {
            ChType::UInt8 => ChType::UInt16,
            ChType::UInt16 => ChType::UInt32,
            _ => ChType::UInt64,
        })
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (numbers, low, high) = (call.floats(0)?, call.floats(1)?, call.floats(2)?);
        let counts = call.ints(3)?;
        result::ints(call.result, call.rows, |row| {
            let (number, low, high, count) = (numbers.get(row), low.get(row), high.get(row), counts.get(row));
            if count == 0 || number.is_nan() || !low.is_finite() || !high.is_finite() {
                let message = "Function widthBucket takes a count that is not 0, finite bounds and no nan";
                return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
            }
            Ok(if number < low || low >= high {
                0
            } else if number >= high {
                count.wrapping_add(1)
            } else {
                (((number - low) * count as f64 / (high - low)) as i64).wrapping_add(1)
            })
        })
    }
}
