//! `bin`: the bits of a value: a text byte by byte, a number from its highest byte that is not zero, floats and decimals as in memory.

use super::raw::{has_bytes, raw, write_raw};
use crate::function::{Args, Call, Case, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct Bin;

static SPEC: Spec = Spec {
    name: "bin",
    case: Case::Insensitive,
    category: "encoding",
    syntax: "bin(value)",
    summary: "The bits of a value: a text byte by byte, a number from its highest byte that is not zero, floats and decimals as in memory.",
    arguments: &[("value", "String, number, Date, DateTime, UUID or address")],
    returns: "String",
    examples: &[
        Example { sql: "bin(10)", answer: "00001010" },
        Example { sql: "bin('ab')", answer: "0110000101100010" },
    ],
    ..Spec::EMPTY
};

impl Function for Bin {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, has_bytes)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let column = call.arg(0)?;
        result::texts(call.rows, |row, out| {
            let value =
                raw(&column.array, column.index(row), &column.ty).ok_or_else(|| call.illegal_column(0))?;
            write_raw(&value, out, |byte, out| {
                out.extend((0..8).rev().map(|bit| b'0' + (byte >> bit & 1)));
            });
            Ok(())
        })
    }
}
