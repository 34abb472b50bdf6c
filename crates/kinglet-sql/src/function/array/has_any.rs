//! `hasAny`: whether an array has any of the elements of another.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use std::collections::HashSet;

use super::gather::comparable;
use crate::conversion::{Failure, convert};
use crate::function::{Args, Call, Example, Function, Lists, Spec, result};

pub(in crate::function) struct HasAny;

static SPEC: Spec = Spec {
    name: "hasAny",
    category: "array",
    syntax: "hasAny(array, others)",
    summary: "Whether any element of the second array is in the first.",
    arguments: &[("array", "Array"), ("others", "Array")],
    returns: "UInt8",
    examples: &[Example { sql: "hasAny([1, 2], [2, 3])", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for HasAny {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        args.ty(0).element().ok_or_else(|| args.illegal(0))?;
        args.ty(1).element().ok_or_else(|| args.illegal(1))?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (own, others) = (call.lists(0)?, call.lists(1)?);
        let types = [0, 1].map(|at| call.ty(at).element().unwrap_or(ChType::Nothing));
        let common = kinglet_types::supertype(&types).ok_or_else(|| call.illegal_column(1))?;
        let keys_of = |lists: &Lists<'_>, ty| {
            let elements = convert(lists.elements(), ty, &common, Failure::Error, call.environment)?;
            comparable(&elements, false)
        };
        let (own_keys, other_keys) = (keys_of(&own, &types[0])?, keys_of(&others, &types[1])?);
        result::flags(call.rows, |row| {
            let known: HashSet<_> = own.range(row).map(|at| own_keys.row(at)).collect();
            Ok(others.range(row).any(|at| known.contains(&other_keys.row(at))))
        })
    }
}
