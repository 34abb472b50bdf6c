//! `notEmpty`: whether a text or array is not empty.

use arrow::array::{ArrayRef, AsArray};
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct NotEmpty;

static SPEC: Spec = Spec {
    name: "notEmpty",
    category: "other",
    syntax: "notEmpty(value)",
    summary: "Whether a text, array or map has any bytes or elements.",
    arguments: &[("value", "String, Array or Map")],
    returns: "UInt8",
    examples: &[Example { sql: "notEmpty('a')", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for NotEmpty {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| {
            ty.is_text() || matches!(ty, ChType::Array(_) | ChType::Map(..) | ChType::Json(_))
        })?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let column = call.arg(0)?;
        if let Some(map) = column.array.as_map_opt() {
            return result::flags(call.rows, |row| Ok(map.value_length(column.index(row)) != 0));
        }
        if let ChType::Json(_) = call.ty(0) {
            let documents = call.bytes(0)?;
            return result::flags(call.rows, |row| Ok(!matches!(documents.get(row), [] | [0])));
        }
        if call.ty(0).is_text() {
            let texts = call.bytes(0)?;
            return result::flags(call.rows, |row| Ok(!texts.get(row).is_empty()));
        }
        let lists = call.lists(0)?;
        result::flags(call.rows, |row| Ok(lists.len(row) != 0))
    }
}
