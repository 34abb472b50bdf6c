//! `isDynamicElementInSharedData`: whether a Dynamic value is kept apart for want of room.

use crate::function::result;
use crate::function::{Args, Call, Example, Function, Nulls, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct IsDynamicElementInSharedData;

static SPEC: Spec = Spec {
    name: "isDynamicElementInSharedData",
    category: "dynamic",
    syntax: "isDynamicElementInSharedData(value)",
    summary: "Whether a value is among those kept apart because a Dynamic has more types than max_types. All values are stored alike here, so none is.",
    arguments: &[("value", "Dynamic")],
    returns: "Bool",
    examples: &[Example { sql: "isDynamicElementInSharedData(materialize(1)::Dynamic)", answer: "false" }],
    ..Spec::EMPTY
};

impl Function for IsDynamicElementInSharedData {
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
        Ok(ChType::Bool)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        result::flags(call.rows, |_| Ok(false))
    }
}
