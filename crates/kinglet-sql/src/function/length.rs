//! `length`: bytes of a text, elements of an array or map.

use arrow::array::{Array, ArrayRef, AsArray};
use arrow::datatypes::DataType;
use kinglet_types::{ChType, Result};

use super::{Args, Call, Case, Example, Function, Spec, result};

pub(super) struct Length;

static SPEC: Spec = Spec {
    name: "length",
    aliases: &["OCTET_LENGTH"],
    case: Case::Insensitive,
    category: "string",
    syntax: "length(value)",
    summary: "Number of bytes of a text, or of elements of an array or map.",
    arguments: &[("value", "String, FixedString, Array or Map")],
    returns: "UInt64",
    examples: &[
        Example { sql: "length('Fuß')", answer: "4" },
        Example { sql: "length([1, 2, 3])", answer: "3" },
    ],
    ..Spec::EMPTY
};

impl Function for Length {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| {
            ty.is_text() || matches!(ty, ChType::Array(_) | ChType::Map(..) | ChType::Nested(_))
        })?;
        Ok(ChType::UInt64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let column = call.arg(0)?;
        match column.array.data_type() {
            DataType::List(_) => {
                let lists = call.lists(0)?;
                result::ints(call.result, call.rows, |row| Ok(lists.len(row) as i64))
            }
            DataType::Map(..) => {
                let map = column.array.as_map();
                result::ints(call.result, call.rows, |row| {
                    let at = column.index(row);
                    Ok(if at < map.len() { i64::from(map.value_length(at)) } else { 0 })
                })
            }
            _ => {
                let text = call.bytes(0)?;
                result::ints(call.result, call.rows, |row| Ok(text.get(row).len() as i64))
            }
        }
    }
}
