//! `bitSlice`: the bits of a text from an offset on, counted from 1, filled up with zeros on the left to whole bytes.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct BitSlice;

static SPEC: Spec = Spec {
    name: "bitSlice",
    category: "bit",
    syntax: "bitSlice(text, offset[, length])",
    summary: "The bits of a text from an offset on, counted from 1, filled up with zeros on the left to whole bytes.",
    arguments: &[
        ("text", "String"),
        ("offset", "Integer; negative ones count from the end"),
        ("length", "Integer"),
    ],
    returns: "String",
    examples: &[Example { sql: "bin(bitSlice('Hello', 1, 8))", answer: "01001000" }],
    ..Spec::EMPTY
};

impl Function for BitSlice {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=3)?;
        args.expect(0, ChType::is_text)?;
        for at in 1..args.len() {
            args.expect(at, ChType::is_integer)?;
        }
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (texts, offsets) = (call.bytes(0)?, call.ints(1)?);
        let lengths = if call.args.len() > 2 { Some(call.ints(2)?) } else { None };
        result::texts(call.rows, |row, out| {
            let text = texts.get(row);
            let length = lengths.as_ref().map(|lengths| lengths.get(row));
            let range = crate::function::string::slice_range(text.len() * 8, offsets.get(row), length);
            let bits: Vec<u8> = range.map(|at| text[at / 8] >> (7 - at % 8) & 1).collect();
            // The bits start at the highest of the first byte; zeros fill the last one.
            let byte =
                |bits: &[u8]| bits.iter().zip((0..8).rev()).fold(0_u8, |byte, (bit, at)| byte | bit << at);
            out.extend(bits.chunks(8).map(byte));
            Ok(())
        })
    }
}
