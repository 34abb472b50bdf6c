//! `toLowCardinality`: the value as LowCardinality of its type.

use crate::function::{Args, Call, Example, Function, Nulls, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ToLowCardinality;

static SPEC: Spec = Spec {
    name: "toLowCardinality",
    category: "conversion",
    syntax: "toLowCardinality(value)",
    summary: "The value as LowCardinality of its type.",
    arguments: &[("value", "Text, number, Date or DateTime")],
    returns: "LowCardinality",
    examples: &[Example { sql: "toTypeName(toLowCardinality('a'))", answer: "LowCardinality(String)" }],
    ..Spec::EMPTY
};

impl Function for ToLowCardinality {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn nulls(&self) -> Nulls {
        Nulls::Own
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        let ty = args.ty(0);
        match crate::function::low_cardinality(ty.clone()) {
            low @ ChType::LowCardinality(_) => Ok(low),
            _ => Err(args.illegal(0)),
        }
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        Ok(call.arg(0)?.expanded(call.rows))
    }
}
