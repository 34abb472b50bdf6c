//! `hex`: bytes in hexadecimal digits.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct Hex;

static SPEC: Spec = Spec {
    name: "hex",
    case: Case::Insensitive,
    category: "other",
    syntax: "hex(text)",
    summary: "The bytes of a text in upper-case hexadecimal digits.",
    arguments: &[("text", "String, or the state of an aggregate")],
    returns: "String",
    examples: &[Example { sql: "hex('ab')", answer: "6162" }],
    ..Spec::EMPTY
};

impl Function for Hex {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| ty.is_text() || matches!(ty, ChType::AggregateFunction(_)) || ty.is_integer())?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        if call.ty(0).is_integer() {
            let numbers = call.ints(0)?;
            return result::texts(call.rows, |row, out| {
                let digits = format!("{:X}", numbers.get(row));
                if digits.len() % 2 == 1 {
                    out.push(b'0');
                }
                out.extend_from_slice(digits.as_bytes());
                Ok(())
            });
        }
        let texts = call.bytes(0)?;
        result::texts(call.rows, |row, out| {
            for byte in texts.get(row) {
                out.push(DIGITS[usize::from(byte >> 4)]);
                out.push(DIGITS[usize::from(byte & 15)]);
            }
            Ok(())
        })
    }
}

const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
