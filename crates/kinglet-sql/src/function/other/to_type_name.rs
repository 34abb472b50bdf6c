//! `toTypeName`: the name of a type.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Example, Function, Nulls, Spec, result};

pub(in crate::function) struct ToTypeName;

static SPEC: Spec = Spec {
    name: "toTypeName",
    category: "other",
    syntax: "toTypeName(value)",
    summary: "The type of the value as ClickHouse writes it.",
    arguments: &[("value", "Any type")],
    returns: "String",
    examples: &[Example { sql: "toTypeName([1, 2])", answer: "Array(UInt8)" }],
    ..Spec::EMPTY
};

impl Function for ToTypeName {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn takes_tagged(&self) -> bool {
        true
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let name = call.ty(0).to_string();
        result::texts(call.rows, |_, out| {
            out.extend_from_slice(name.as_bytes());
            Ok(())
        })
    }

    fn nulls(&self) -> Nulls {
        Nulls::Own
    }
}
