//! `arrayStringConcat`: the elements joined to one text.

use arrow::array::{Array, ArrayRef, AsArray};
use kinglet_types::{ChType, Result};

use crate::conversion::{Failure, convert};
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct ArrayStringConcat;

static SPEC: Spec = Spec {
    name: "arrayStringConcat",
    aliases: &["array_to_string"],
    category: "array",
    syntax: "arrayStringConcat(array[, separator])",
    summary: "The elements as texts with a separator between them; NULLs are left out.",
    arguments: &[("array", "Array"), ("separator", "String, constant")],
    returns: "String",
    examples: &[Example { sql: "arrayStringConcat(['a', 'b'], ', ')", answer: "a, b" }],
    ..Spec::EMPTY
};

impl Function for ArrayStringConcat {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=2)?;
        args.ty(0).element().ok_or_else(|| args.illegal(0))?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let lists = call.lists(0)?;
        let element = call.ty(0).element().ok_or_else(|| call.illegal_column(0))?;
        let separator = if call.args.len() > 1 { call.bytes(1)?.get(0).to_vec() } else { Vec::new() };
        let elements = convert(
            lists.elements(),
            &element,
            &ChType::String.nullable(),
            Failure::Error,
            call.environment,
        )?;
        let elements = elements.as_binary_view_opt().ok_or_else(|| call.illegal_column(0))?;
        result::texts(call.rows, |row, out| {
            let present = lists.range(row).filter(|at| elements.is_valid(*at));
            for (count, at) in present.enumerate() {
                if count > 0 {
                    out.extend_from_slice(&separator);
                }
                out.extend_from_slice(elements.value(at));
            }
            Ok(())
        })
    }
}
