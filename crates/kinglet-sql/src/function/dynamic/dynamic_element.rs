//! `dynamicElement`: the values of one type of a Dynamic column.

use crate::function::{Args, Call, Example, Function, Nulls, Spec};
use crate::operator::parse_type;
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct DynamicElement;

static SPEC: Spec = Spec {
    name: "dynamicElement",
    category: "dynamic",
    syntax: "dynamicElement(value, 'Type')",
    summary: "The value where it is of a type; NULL, or the default of a type that has no NULL, where it is of another.",
    arguments: &[("value", "Dynamic"), ("Type", "The name of a type, constant")],
    returns: "Nullable of the type where that exists",
    examples: &[
        Example { sql: "dynamicElement(materialize(1)::Dynamic, 'UInt8')", answer: "1" },
        Example { sql: "dynamicElement(materialize(1)::Dynamic, 'String')", answer: "\\N" },
    ],
    ..Spec::EMPTY
};

impl Function for DynamicElement {
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
        args.expect_count(2..=3)?;
        let holder = super::inner_type(args.ty(0));
        if !matches!(holder, ChType::Dynamic(_)) {
            return Err(args.illegal(0));
        }
        let ty = parse_type(&args.constant_text(1)?)?;
        Ok(super::around(args.ty(0), ty.nullable()))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::elements_of_type(&call.arg(0)?.expanded(call.rows), call.result)
    }
}
