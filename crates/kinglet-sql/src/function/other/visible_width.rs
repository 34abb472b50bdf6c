//! `visibleWidth`: number of characters of the value as text.

use crate::function::{Args, Call, Example, Function, Nulls, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct VisibleWidth;

static SPEC: Spec = Spec {
    name: "visibleWidth",
    category: "other",
    syntax: "visibleWidth(value)",
    summary: "Number of characters of the value as text.",
    arguments: &[("value", "Any type")],
    returns: "UInt64",
    examples: &[Example { sql: "visibleWidth([1, 2, 3])", answer: "7" }],
    ..Spec::EMPTY
};

impl Function for VisibleWidth {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn nulls(&self) -> Nulls {
        Nulls::Own
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        Ok(ChType::UInt64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let column = call.arg(0)?;
        let mut text = Vec::new();
        result::ints(call.result, call.rows, |row| {
            text.clear();
            let style = crate::text::Style::Plain;
            crate::text::write_value(
                &column.array,
                column.index(row),
                &column.ty,
                style,
                call.environment,
                &mut text,
            );
            Ok(crate::function::string::characters::count(&text) as i64)
        })
    }
}
