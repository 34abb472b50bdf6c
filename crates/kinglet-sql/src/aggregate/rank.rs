//! `rank`: the place of a row, with gaps after equal ones.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::{Call, Partition, Window};
use crate::function::{Case, Example, Spec, result};

pub(super) struct Rank;

static SPEC: Spec = Spec {
    name: "rank",
    case: Case::Insensitive,
    category: "window",
    syntax: "rank() OVER (..)",
    summary: "One more than the number of rows before the row's peers.",
    arguments: &[],
    returns: "UInt64",
    examples: &[Example {
        sql: "SELECT rank() OVER (ORDER BY intDiv(number, 2)) FROM numbers(4)",
        answer: "1\n1\n3\n3",
    }],
    ..Spec::EMPTY
};

impl Window for Rank {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn result_type(&self, call: &Call<'_>) -> Result<ChType> {
        call.expect_count(0..=0)?;
        Ok(ChType::UInt64)
    }

    fn evaluate(&self, partition: &Partition<'_>, result: &ChType) -> Result<ArrayRef> {
        let mut first = 0;
        let firsts: Vec<i64> = (0..partition.rows)
            .map(|row| {
                if row > 0 && partition.peers.get(row) != partition.peers.get(row - 1) {
                    first = row;
                }
                first as i64 + 1
            })
            .collect();
        result::ints(result, partition.rows, |row| Ok(firsts.get(row).copied().unwrap_or(0)))
    }
}
