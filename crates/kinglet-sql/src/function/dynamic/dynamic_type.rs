//! `dynamicType`: the name of the type of a Dynamic value.

use super::value_type;
use crate::function::result;
use crate::function::{Args, Call, Example, Function, Nulls, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct DynamicType;

static SPEC: Spec = Spec {
    name: "dynamicType",
    category: "dynamic",
    syntax: "dynamicType(value)",
    summary: "The name of the type of a Dynamic value; None for NULL.",
    arguments: &[("value", "Dynamic")],
    returns: "LowCardinality(String)",
    examples: &[
        Example { sql: "dynamicType(materialize([1, 2])::Dynamic)", answer: "Array(UInt8)" },
        Example { sql: "dynamicType(NULL::Dynamic)", answer: "None" },
    ],
    ..Spec::EMPTY
};

impl Function for DynamicType {
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
        args.expect(0, |ty| matches!(ty, ChType::Dynamic(_)))?;
        Ok(ChType::LowCardinality(std::sync::Arc::new(ChType::String)))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        result::texts(call.rows, |row, out| {
            match value_type(call.arg(0)?, row)? {
                Some(ty) => out.extend(ty.to_string().bytes()),
                None => out.extend(b"None"),
            }
            Ok(())
        })
    }
}
