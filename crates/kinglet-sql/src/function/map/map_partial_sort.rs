//! `mapPartialSort`: the entries, the first ones in ascending order.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct MapPartialSort;

static SPEC: Spec = Spec {
    name: "mapPartialSort",
    category: "map",
    syntax: "mapPartialSort([lambda, ]limit, map)",
    summary: "The entries, the first ones in ascending order.",
    arguments: &[("lambda", "(key, value) -> what to sort by"), ("limit", "Integer"), ("map", "Map")],
    returns: "The map's type",
    examples: &[Example {
        sql: "mapPartialSort((k, v) -> v, 2, map('k1', 3, 'k2', 1, 'k3', 2))",
        answer: "{'k2':1,'k3':2,'k1':3}",
    }],
    ..Spec::EMPTY
};

impl Function for MapPartialSort {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=3)?;
        {
            let at = args.len() - 1;
            args.expect(at, |ty| matches!(ty, ChType::Map(..))).cloned()
        }
    }

    fn lambda_parameters(&self, args: &Args<'_>) -> Result<Option<Vec<ChType>>> {
        if args.len() < 3 { Ok(None) } else { super::parts::entry_types(args, 2).map(Some) }
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::parts::sorted(call, call.args.len() - 1, false, true)
    }
}
