//! `mapSort`: the entries in ascending order of their keys, or of what the lambda answers.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct MapSort;

static SPEC: Spec = Spec {
    name: "mapSort",
    category: "map",
    syntax: "mapSort([lambda, ]map)",
    summary: "The entries in ascending order of their keys, or of what the lambda answers.",
    arguments: &[("lambda", "(key, value) -> what to sort by"), ("map", "Map")],
    returns: "The map's type",
    examples: &[
        Example { sql: "mapSort(map('b', 1, 'a', 2))", answer: "{'a':2,'b':1}" },
        Example { sql: "mapSort((k, v) -> v, map('b', 1, 'a', 2))", answer: "{'b':1,'a':2}" },
    ],
    ..Spec::EMPTY
};

impl Function for MapSort {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=2)?;
        {
            let at = args.len() - 1;
            args.expect(at, |ty| matches!(ty, ChType::Map(..))).cloned()
        }
    }

    fn lambda_parameters(&self, args: &Args<'_>) -> Result<Option<Vec<ChType>>> {
        if args.len() < 2 { Ok(None) } else { super::parts::entry_types(args, 1).map(Some) }
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::parts::sorted(call, call.args.len() - 1, false, false)
    }
}
