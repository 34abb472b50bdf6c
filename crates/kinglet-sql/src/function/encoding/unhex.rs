//! `unhex`: bytes from hexadecimal digits.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct Unhex;

static SPEC: Spec = Spec {
    name: "unhex",
    case: Case::Insensitive,
    category: "other",
    syntax: "unhex(text)",
    summary: "The bytes that the hexadecimal digits stand for.",
    arguments: &[("text", "String")],
    returns: "String",
    examples: &[Example { sql: "unhex('6162')", answer: "ab" }],
    ..Spec::EMPTY
};

impl Function for Unhex {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, ChType::is_text)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let texts = call.bytes(0)?;
        result::texts(call.rows, |row, out| {
            let digits: Vec<u8> = texts.get(row).iter().map(|byte| digit(*byte)).collect();
            let odd = digits.len() % 2;
            out.extend(digits.get(..odd).unwrap_or_default());
            let pairs = digits.get(odd..).unwrap_or_default().chunks_exact(2);
            out.extend(pairs.map(|pair| (pair[0] << 4).wrapping_add(pair[1])));
            Ok(())
        })
    }
}

/// A digit's number; all bits for what is none.
fn digit(byte: u8) -> u8 {
    char::from(byte).to_digit(16).map_or(0xFF, |digit| digit as u8)
}
