//! `base64Encode`: the text in Base64.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct Base64Encode;

static SPEC: Spec = Spec {
    name: "base64Encode",
    aliases: &["TO_BASE64"],
    case: Case::Insensitive,
    category: "string",
    syntax: "base64Encode(text)",
    summary: "The text in Base64.",
    arguments: &[("text", "String")],
    returns: "String",
    examples: &[Example { sql: "base64Encode('clickhouse')", answer: "Y2xpY2tob3VzZQ==" }],
    ..Spec::EMPTY
};

impl Function for Base64Encode {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, ChType::is_text)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let texts = call.bytes(0)?;
        result::texts(call.rows, |row, out| {
            for chunk in texts.get(row).chunks(3) {
                let bits =
                    (0..3).fold(0, |bits, at| bits << 8 | usize::from(chunk.get(at).copied().unwrap_or(0)));
                for at in 0..4 {
                    let digit = DIGITS.get(bits >> (18 - 6 * at) & 63).copied().unwrap_or(b'=');
                    out.push(if at <= chunk.len() { digit } else { b'=' });
                }
            }
            Ok(())
        })
    }
}
