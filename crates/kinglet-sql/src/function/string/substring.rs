//! `substring`: a part of a text, by bytes.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::slice::slice_range;
use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct Substring;

static SPEC: Spec = Spec {
    name: "substring",
    aliases: &["substr", "mid", "byteSlice"],
    case: Case::Insensitive,
    category: "string",
    syntax: "substring(text, offset[, length])",
    summary: "The bytes from an offset on, counted from 1; a negative offset counts from the end.",
    arguments: &[
        ("text", "String or FixedString"),
        ("offset", "Integer"),
        ("length", "Integer; a negative one leaves out that many bytes at the end"),
    ],
    returns: "String",
    examples: &[
        Example { sql: "substring('database', 5, 3)", answer: "bas" },
        Example { sql: "substring('database', -4)", answer: "base" },
    ],
    ..Spec::EMPTY
};

impl Function for Substring {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=3)?;
        args.expect(0, |ty| ty.is_text() || ty.enum_values().is_some())?;
        for at in 1..args.len() {
            args.expect(at, ChType::is_integer)?;
        }
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        if call.ty(0).enum_values().is_some() {
            let mut args = call.args.to_vec();
            if let (Some(first), Some(name)) = (args.first_mut(), super::as_texts::as_texts(call, 0)?.first())
            {
                *first = name.clone();
            }
            return self.evaluate(&Call { args: &args, ..*call });
        }
        let (text, offset) = (call.bytes(0)?, call.ints(1)?);
        let length = if call.args.len() > 2 { Some(call.ints(2)?) } else { None };
        result::texts(call.rows, |row, out| {
            let text = text.get(row);
            let length = length.as_ref().map(|length| length.get(row));
            let range = slice_range(text.len(), offset.get(row), length);
            out.extend_from_slice(text.get(range).unwrap_or_default());
            Ok(())
        })
    }
}
