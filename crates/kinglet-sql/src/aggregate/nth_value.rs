//! `nth_value`: the value of the n-th row of the frame.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::{Call, Partition, Window};
use crate::ColumnBuilder;
use crate::function::{Case, Example, Spec, result};
use crate::text::int_at;
use arrow::compute::interleave;

pub(super) struct NthValue;

static SPEC: Spec = Spec {
    name: "nth_value",
    case: Case::Insensitive,
    category: "window",
    syntax: "nth_value(value, n) OVER (..)",
    summary: "The value of the n-th row of the frame, from 1; the default where there are fewer.",
    arguments: &[("value", "Any type"), ("n", "Integer above 0")],
    returns: "The type of the value.",
    examples: &[Example {
        sql: "SELECT nth_value(number, 2) OVER (ORDER BY number ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM numbers(3)",
        answer: "1\n1\n1",
    }],
    ..Spec::EMPTY
};

impl Window for NthValue {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn result_type(&self, call: &Call<'_>) -> Result<ChType> {
        call.expect_count(2..=2)?;
        call.expect(1, ChType::is_integer)?;
        Ok(call.ty(0).clone())
    }

    fn evaluate(&self, partition: &Partition<'_>, result: &ChType) -> Result<ArrayRef> {
        let values = partition.columns.first().ok_or_else(|| result::internal("no value"))?;
        let mut builder = ColumnBuilder::new(result);
        builder.append_default();
        let default = builder.finish()?;
        let picks: Vec<(usize, usize)> = (0..partition.rows)
            .map(|row| {
                let frame = partition.frames.get(row).cloned().unwrap_or(0..0);
                let nth = partition.columns.get(1).map_or(1, |numbers| int_at(numbers, row));
                let target = usize::try_from(nth - 1).ok().map(|nth| frame.start.saturating_add(nth));
                target.filter(|target| frame.contains(target)).map_or((1, 0), |target| (0, target))
            })
            .collect();
        interleave(&[values.as_ref(), default.as_ref()], &picks).map_err(result::internal)
    }
}
