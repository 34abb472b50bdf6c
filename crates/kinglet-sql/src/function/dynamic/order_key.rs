//! `__orderKey`: bytes that sort as the values do.

use crate::function::{Args, Call, Example, Function, Nulls, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct OrderKey;

static SPEC: Spec = Spec {
    name: "__orderKey",
    category: "internal",
    syntax: "__orderKey(value)",
    summary: "Bytes that sort as values of Variant, Dynamic and JSON do: by type, then by value.",
    arguments: &[("value", "Variant, Dynamic or JSON")],
    returns: "Nullable(String)",
    examples: &[Example {
        sql: "__orderKey(materialize(1)::Dynamic) < __orderKey(materialize(2)::Dynamic)",
        answer: "1",
    }],
    ..Spec::EMPTY
};

impl Function for OrderKey {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn takes_tagged(&self) -> bool {
        true
    }

    fn nulls(&self) -> Nulls {
        Nulls::Own
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| ty.bare().is_tagged() || matches!(ty.bare(), ChType::Json(_)))?;
        Ok(ChType::String.nullable())
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        crate::tagged::order_key(&call.arg(0)?.expanded(call.rows), call.ty(0))
    }
}
