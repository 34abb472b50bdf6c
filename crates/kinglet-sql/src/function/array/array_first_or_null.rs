//! `arrayFirstOrNull`: the first element for which the condition is true, or NULL.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ArrayFirstOrNull;

static SPEC: Spec = Spec {
    name: "arrayFirstOrNull",
    category: "array",
    syntax: "arrayFirstOrNull([lambda, ]array, ..)",
    summary: "The first element for which the condition is true, or NULL.",
    arguments: &[("lambda", "x -> condition"), ("array", "Arrays of equal lengths")],
    returns: "Nullable of the element's type",
    examples: &[
        Example { sql: "arrayFirstOrNull(x -> x > 1, [1, 2, 3])", answer: "2" },
        Example { sql: "arrayFirstOrNull(x -> x > 5, [1, 2, 3])", answer: "\\N" },
    ],
    ..Spec::EMPTY
};

impl Function for ArrayFirstOrNull {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=usize::MAX)?;
        {
            let at = usize::from(args.len() > 1);
            args.ty(at).element().map(ChType::nullable).ok_or_else(|| args.illegal(at))
        }
    }

    fn lambda_parameters(&self, args: &Args<'_>) -> Result<Option<Vec<ChType>>> {
        if args.len() < 2 { Ok(None) } else { super::element_types(args, 1).map(Some) }
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::runs::found(call, true)
    }
}
