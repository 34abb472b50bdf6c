//! `ntile`: the bucket of a row.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::{Call, Partition, Window};
use crate::function::{Case, Example, Spec, result};
use crate::text::int_at;

pub(super) struct Ntile;

static SPEC: Spec = Spec {
    name: "ntile",
    case: Case::Insensitive,
    category: "window",
    syntax: "ntile(buckets) OVER (..)",
    summary: "Divides the rows into buckets of nearly equal size, the larger ones first.",
    arguments: &[("buckets", "constant Integer above 0")],
    returns: "UInt64",
    examples: &[Example { sql: "SELECT ntile(2) OVER (ORDER BY number) FROM numbers(3)", answer: "1\n1\n2" }],
    ..Spec::EMPTY
};

impl Window for Ntile {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn result_type(&self, call: &Call<'_>) -> Result<ChType> {
        call.expect_count(1..=1)?;
        call.expect(0, ChType::is_integer)?;
        Ok(ChType::UInt64)
    }

    fn evaluate(&self, partition: &Partition<'_>, result: &ChType) -> Result<ArrayRef> {
        let buckets = partition.columns.first().map_or(1, |column| int_at(column, 0)).max(1);
        let rows = partition.rows as i64;
        let (size, larger) = (rows / buckets, rows % buckets);
        result::ints(result, partition.rows, |row| {
            let row = row as i64;
            let in_larger = larger * (size + 1);
            Ok(if row < in_larger {
                row / (size + 1) + 1
            } else {
                larger + (row - in_larger) / size.max(1) + 1
            })
        })
    }
}
