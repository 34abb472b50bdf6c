//! `emptyArrayToSingle`: the array, or one with the default of its type where it is empty.

use crate::ColumnBuilder;
use crate::function::result::internal;
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct EmptyArrayToSingle;

static SPEC: Spec = Spec {
    name: "emptyArrayToSingle",
    category: "array",
    syntax: "emptyArrayToSingle(array)",
    summary: "The array, or one with the default of its type where it is empty.",
    arguments: &[("array", "Array")],
    returns: "The array's type",
    examples: &[Example { sql: "emptyArrayToSingle([]::Array(UInt8))", answer: "[0]" }],
    ..Spec::EMPTY
};

impl Function for EmptyArrayToSingle {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| matches!(ty, ChType::Array(_))).cloned()
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let lists = call.lists(0)?;
        let element = call.result.element().unwrap_or(ChType::Nothing);
        let mut builder = ColumnBuilder::new(&element);
        builder.append_default();
        let default = builder.finish()?;
        let mut picks = Vec::new();
        let mut lengths = Vec::with_capacity(call.rows);
        for row in 0..call.rows {
            let range = lists.range(row);
            lengths.push(range.len().max(1));
            if range.is_empty() {
                picks.push((1, 0));
            }
            picks.extend(range.map(|at| (0, at)));
        }
        let elements = arrow::compute::interleave(&[lists.elements().as_ref(), default.as_ref()], &picks)
            .map_err(internal)?;
        result::lists(call.result, elements, lengths)
    }
}
