//! `row_number`: position in the partition.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::{Call, Partition, Window};
use crate::function::{Case, Example, Spec, result};

pub(super) struct RowNumber;

static SPEC: Spec = Spec {
    name: "row_number",
    case: Case::Insensitive,
    category: "window",
    syntax: "row_number() OVER (..)",
    summary: "Number of the row in its partition, from 1.",
    returns: "UInt64",
    examples: &[Example {
        sql: "SELECT row_number() OVER (ORDER BY number DESC) AS n FROM numbers(2) ORDER BY n",
        answer: "1\n2",
    }],
    ..Spec::EMPTY
};

impl Window for RowNumber {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn result_type(&self, call: &Call<'_>) -> Result<ChType> {
        call.expect_count(0..=0)?;
        Ok(ChType::UInt64)
    }

    fn evaluate(&self, partition: &Partition<'_>, result: &ChType) -> Result<ArrayRef> {
        result::ints(result, partition.rows, |row| Ok(row as i64 + 1))
    }
}
