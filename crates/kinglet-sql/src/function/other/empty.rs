//! `empty`: whether a text or array is empty.

use arrow::array::{ArrayRef, AsArray};
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct Empty;

static SPEC: Spec = Spec {
    name: "empty",
    category: "other",
    syntax: "empty(value)",
    summary: "Whether a text, array or map has no bytes or elements, or a UUID or address is all zeros.",
    arguments: &[("value", "String, Array or Map")],
    returns: "UInt8",
    examples: &[Example { sql: "empty('')", answer: "1" }, Example { sql: "empty([1])", answer: "0" }],
    ..Spec::EMPTY
};

impl Function for Empty {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| {
            ty.is_text()
                || matches!(
                    ty,
                    ChType::Array(_)
                        | ChType::Map(..)
                        | ChType::Json(_)
                        | ChType::Uuid
                        | ChType::Ipv4
                        | ChType::Ipv6
                )
        })?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let column = call.arg(0)?;
        if let Some(map) = column.array.as_map_opt() {
            return result::flags(call.rows, |row| Ok(map.value_length(column.index(row)) == 0));
        }
        match call.ty(0) {
            ChType::Uuid | ChType::Ipv6 => {
                let bytes = call.bytes(0)?;
                return result::flags(call.rows, |row| Ok(bytes.get(row).iter().all(|byte| *byte == 0)));
            }
            ChType::Ipv4 => {
                let numbers = call.ints(0)?;
                return result::flags(call.rows, |row| Ok(numbers.get(row) == 0));
            }
            ChType::Json(_) => {
                let documents = call.bytes(0)?;
                return result::flags(call.rows, |row| Ok(matches!(documents.get(row), [] | [0])));
            }
            _ => {}
        }
        if call.ty(0).is_text() {
            let texts = call.bytes(0)?;
            return result::flags(call.rows, |row| Ok(texts.get(row).is_empty()));
        }
        let lists = call.lists(0)?;
        result::flags(call.rows, |row| Ok(lists.len(row) == 0))
    }
}
