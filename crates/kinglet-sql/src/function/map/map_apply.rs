//! `mapApply`: the map of the keys and values the lambda answers.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct MapApply;

static SPEC: Spec = Spec {
    name: "mapApply",
    category: "map",
    syntax: "mapApply(lambda, map)",
    summary: "The map of the keys and values the lambda answers.",
    arguments: &[("lambda", "(key, value) -> (new key, new value)"), ("map", "Map")],
    returns: "Map",
    examples: &[Example {
        sql: "mapApply((k, v) -> (k, v * 2), map('a', 1, 'b', 2))",
        answer: "{'a':2,'b':4}",
    }],
    ..Spec::EMPTY
};

impl Function for MapApply {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        args.expect(1, |ty| matches!(ty, ChType::Map(..)))?;
        match args.ty(0) {
            ChType::Tuple(fields) => match fields.as_ref() {
                [(_, key), (_, value)] => Ok(ChType::map(key.clone(), value.clone())),
                _ => Err(args.illegal(0)),
            },
            _ => Err(args.illegal(0)),
        }
    }

    fn lambda_parameters(&self, args: &Args<'_>) -> Result<Option<Vec<ChType>>> {
        super::parts::entry_types(args, 1).map(Some)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::parts::Parts::read(call, 1)?.applied(call)
    }
}
