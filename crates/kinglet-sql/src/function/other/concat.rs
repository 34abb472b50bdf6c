//! `concat`: texts one after the other.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::conversion::{Failure, convert};
use crate::function::{Args, Call, Case, Column, Example, Function, Spec, result};

pub(in crate::function) struct Concat;

static SPEC: Spec = Spec {
    name: "concat",
    case: Case::Insensitive,
    category: "other",
    syntax: "concat(value, ..)",
    summary: "The values as texts, one after the other.",
    arguments: &[("value", "Any types")],
    returns: "String",
    examples: &[Example { sql: "concat('a', 1, '-')", answer: "a1-" }],
    ..Spec::EMPTY
};

impl Function for Concat {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=usize::MAX)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let texts = (0..call.args.len())
            .map(|at| {
                let column = call.arg(at)?;
                let array =
                    convert(&column.array, &column.ty, &ChType::String, Failure::Error, call.environment)?;
                Ok(Column { ty: ChType::String, array, constant: column.constant })
            })
            .collect::<Result<Vec<_>>>()?;
        let readers = (0..texts.len())
            .map(|at| Call { args: &texts, ..*call }.bytes(at))
            .collect::<Result<Vec<_>>>()?;
        result::texts(call.rows, |row, out| {
            readers.iter().for_each(|text| out.extend_from_slice(text.get(row)));
            Ok(())
        })
    }
}
