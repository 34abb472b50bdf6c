//! `mapReverseSort`: the entries in descending order of their keys, or of what the lambda answers.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct MapReverseSort;

static SPEC: Spec = Spec {
    name: "mapReverseSort",
    category: "map",
    syntax: "mapReverseSort([lambda, ]map)",
    summary: "The entries in descending order of their keys, or of what the lambda answers.",
    arguments: &[("lambda", "(key, value) -> what to sort by"), ("map", "Map")],
    returns: "The map's type",
    examples: &[
        Example { sql: "mapReverseSort(map('b', 1, 'a', 2))", answer: "{'b':1,'a':2}" },
        Example { sql: "mapReverseSort((k, v) -> v, map('b', 1, 'a', 2))", answer: "{'a':2,'b':1}" },
    ],
    ..Spec::EMPTY
};

impl Function for MapReverseSort {
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
        super::parts::sorted(call, call.args.len() - 1, true, false)
    }
}
