//! `arrayFold`: what the lambda makes of an accumulator and the elements, one after the other.

use crate::function::{Args, Call, Example, Function, Nulls, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

pub(in crate::function) struct ArrayFold;

static SPEC: Spec = Spec {
    name: "arrayFold",
    category: "array",
    syntax: "arrayFold(lambda, array, .., start)",
    summary: "What the lambda makes of an accumulator and the elements, one after the other.",
    arguments: &[
        ("lambda", "(accumulator, x, ..) -> new accumulator"),
        ("array", "Arrays of equal lengths"),
        ("start", "The first accumulator"),
    ],
    returns: "The type of the start",
    examples: &[Example { sql: "arrayFold((acc, x) -> acc + x * 2, [1, 2, 3], 0::Int64)", answer: "12" }],
    ..Spec::EMPTY
};

impl Function for ArrayFold {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn nulls(&self) -> Nulls {
        Nulls::Own
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(3..=usize::MAX)?;
        let start = args.ty(args.len() - 1);
        if args.ty(0) != start {
            let message = format!(
                "Return type of lambda function must be the same as the accumulator type. Inferred return type {}, inferred accumulator type {start}",
                args.ty(0)
            );
            return Err(SqlError::new(ErrorCode::TYPE_MISMATCH, message));
        }
        Ok(start.clone())
    }

    fn lambda_parameters(&self, args: &Args<'_>) -> Result<Option<Vec<ChType>>> {
        let arrays =
            Args { list: args.list.get(..args.len().saturating_sub(1)).unwrap_or_default(), ..*args };
        let mut types = vec![args.ty(args.len() - 1).clone()];
        types.extend(super::element_types(&arrays, 1)?);
        Ok(Some(types))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::runs::accumulate(call)
    }
}
