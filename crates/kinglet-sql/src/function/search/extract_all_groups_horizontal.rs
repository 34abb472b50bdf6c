//! `extractAllGroupsHorizontal`: an array for each group of a regular expression with what it matched.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ExtractAllGroupsHorizontal;

static SPEC: Spec = Spec {
    name: "extractAllGroupsHorizontal",
    category: "search",
    syntax: "extractAllGroupsHorizontal(text, pattern)",
    summary: "An array for each group of a regular expression with what it matched.",
    arguments: &[("text", "String"), ("pattern", "String")],
    returns: "Array(Array(String))",
    examples: &[Example {
        sql: "extractAllGroupsHorizontal('a=1, b=2', '(\\\\\\\\w)=(\\\\\\\\d)')",
        answer: "[[],[]]",
    }],
    ..Spec::EMPTY
};

impl Function for ExtractAllGroupsHorizontal {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        super::groups::groups_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::groups::all_groups(call, true)
    }
}
