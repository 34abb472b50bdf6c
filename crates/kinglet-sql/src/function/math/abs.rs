//! `abs`: the magnitude of a number.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::ColumnBuilder;
use crate::function::{Args, Call, Case, Example, Function, Spec, result};
use crate::text::decimal_at;

pub(in crate::function) struct Abs;

static SPEC: Spec = Spec {
    name: "abs",
    case: Case::Insensitive,
    category: "math",
    syntax: "abs(number)",
    summary: "The number without its sign.",
    arguments: &[("number", "Integer, Float or Decimal")],
    returns: "The unsigned type of the same width; Float and Decimal stay.",
    examples: &[
        Example { sql: "abs(-3)", answer: "3" },
        Example { sql: "toTypeName(abs(toInt8(-3)))", answer: "UInt8" },
    ],
    ..Spec::EMPTY
};

impl Function for Abs {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        let ty = args.expect(0, ChType::is_number)?;
        Ok(ty.integer_bits().map_or_else(|| ty.clone(), |(bits, _)| ChType::integer(bits, false)))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let column = call.arg(0)?;
        match call.ty(0).bare() {
            ChType::Float32 | ChType::Float64 => {
                let numbers = call.floats(0)?;
                result::floats(call.result, call.rows, |row| Ok(numbers.get(row).abs()))
            }
            ChType::Decimal(..) => {
                let mut builder = ColumnBuilder::new(call.result);
                for row in 0..call.rows {
                    builder.append_wide(decimal_at(&column.array, column.index(row)).wrapping_abs());
                }
                builder.finish()
            }
            ty if ty.integer_bits().is_some_and(|(_, signed)| signed) => {
                let numbers = call.ints(0)?;
                result::ints(call.result, call.rows, |row| Ok(numbers.get(row).wrapping_abs()))
            }
            _ => Ok(column.expanded(call.rows)),
        }
    }
}
