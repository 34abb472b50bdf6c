//! `bar`: A bar of blocks as wide as the value lies between two bounds.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

pub(in crate::function) struct Bar;

static SPEC: Spec = Spec {
    name: "bar",
    category: "other",
    syntax: "bar(value, low, high[, width])",
    summary: "A bar of blocks as wide as the value lies between two bounds.",
    arguments: &[
        ("value", "Number"),
        ("low", "Number"),
        ("high", "Number"),
        ("width", "Number of characters, 80 if left out"),
    ],
    returns: "String",
    examples: &[Example { sql: "bar(5, 0, 10, 10)", answer: "█████" }],
    ..Spec::EMPTY
};

impl Function for Bar {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(3..=4)?;
        for at in 0..args.len() {
            args.expect(at, |ty| ty.is_number() && !ty.is_decimal())?;
        }
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
        let (values, low, high) = (call.floats(0)?, call.floats(1)?, call.floats(2)?);
        let widths = if call.args.len() > 3 { Some(call.floats(3)?) } else { None };
        result::texts(call.rows, |row, out| {
            let width = widths.as_ref().map_or(80.0, |widths| widths.get(row));
            if !(1.0..=1_000.0).contains(&width) {
                let message = "The width of function bar must be from 1 to 1000";
                return Err(SqlError::new(ErrorCode::ARGUMENT_OUT_OF_BOUND, message));
            }
            let (value, low, high) = (values.get(row), low.get(row), high.get(row));
            let share = ((value - low) / (high - low)).clamp(0.0, 1.0);
            let eighths = if share.is_nan() { 0 } else { (share * width * 8.0) as usize };
            for _ in 0..eighths / 8 {
                out.extend_from_slice("█".as_bytes());
            }
            out.extend_from_slice(PARTS[eighths % 8].as_bytes());
            Ok(())
        })
    }
}
