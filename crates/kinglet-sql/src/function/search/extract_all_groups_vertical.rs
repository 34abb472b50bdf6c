//! `extractAllGroupsVertical`: an array for each match of a regular expression with its groups.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ExtractAllGroupsVertical;

static SPEC: Spec = Spec {
    name: "extractAllGroupsVertical",
    aliases: &["extractAllGroups"],
    category: "search",
    syntax: "extractAllGroupsVertical(text, pattern)",
    summary: "An array for each match of a regular expression with its groups.",
    arguments: &[("text", "String"), ("pattern", "String")],
    returns: "Array(Array(String))",
    examples: &[Example {
        sql: "extractAllGroupsVertical('a=1, b=2', '(\\\\\\\\w)=(\\\\\\\\d)')",
        answer: "[]",
    }],
    ..Spec::EMPTY
};

impl Function for ExtractAllGroupsVertical {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        super::groups::groups_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::groups::all_groups(call, false)
    }
}
