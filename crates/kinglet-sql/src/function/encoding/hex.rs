//! `hex`: the bytes of a value in hexadecimal digits: a text byte by byte, a number from its highest byte that is not zero, floats and decimals as in memory.

use super::raw::{has_bytes, raw, write_raw};
use crate::function::{Args, Call, Case, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct Hex;

static SPEC: Spec = Spec {
    name: "hex",
    case: Case::Insensitive,
    category: "encoding",
    syntax: "hex(value)",
    summary: "The bytes of a value in hexadecimal digits: a text byte by byte, a number from its highest byte that is not zero, floats and decimals as in memory.",
    arguments: &[("value", "String, number, Date, DateTime, UUID or address")],
    returns: "String",
    examples: &[Example { sql: "hex(255)", answer: "FF" }, Example { sql: "hex('abc')", answer: "616263" }],
    ..Spec::EMPTY
};

impl Function for Hex {
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
                const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
                out.extend([DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
            });
            Ok(())
        })
    }
}
