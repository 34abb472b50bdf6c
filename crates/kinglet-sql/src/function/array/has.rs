//! `has`: whether an array has an element.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::same::Same;
use crate::function::{Args, Call, Example, Function, Nulls, Spec, result};

pub(in crate::function) struct Has;

static SPEC: Spec = Spec {
    name: "has",
    category: "array",
    syntax: "has(array, value)",
    summary: "Whether an array has an element.",
    arguments: &[("array", "Array"), ("value", "a value of the elements' type")],
    returns: "UInt8",
    examples: &[Example { sql: "has([1, 2, 3], 2)", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for Has {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn takes_tagged(&self) -> bool {
        true
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        if let ChType::Json(_) = args.ty(0).bare() {
            args.constant_text(1)?;
            return Ok(ChType::UInt8);
        }
        args.ty(0).element().ok_or_else(|| args.illegal(0))?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        if let ChType::Json(of) = call.ty(0).bare() {
            let path = call.arg(1)?.text_value().unwrap_or_default();
            let found = crate::json::member(&call.arg(0)?.expanded(call.rows), of, &path)?;
            return result::ints(call.result, call.rows, |row| Ok(i64::from(found.is_valid(row))));
        }
        let lists = call.lists(0)?;
        let same = Same::read(call, &lists)?;
        result::ints(call.result, call.rows, |row| {
            let mut range = lists.range(row);
            Ok(i64::from(range.any(|at| same.equal(at, row))))
        })
    }

    fn nulls(&self) -> Nulls {
        Nulls::Own
    }
}
