//! `dense_rank`: the place of a row, without gaps.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::{Call, Partition, Window};
use crate::function::{Case, Example, Spec, result};

pub(super) struct DenseRank;

static SPEC: Spec = Spec {
    name: "dense_rank",
    aliases: &["denseRank"],
    case: Case::Insensitive,
    category: "window",
    syntax: "dense_rank() OVER (..)",
    summary: "The number of different peer groups up to the row.",
    arguments: &[],
    returns: "UInt64",
    examples: &[Example {
        sql: "SELECT dense_rank() OVER (ORDER BY intDiv(number, 2)) FROM numbers(4)",
        answer: "1\n1\n2\n2",
    }],
    ..Spec::EMPTY
};

impl Window for DenseRank {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn result_type(&self, call: &Call<'_>) -> Result<ChType> {
        call.expect_count(0..=0)?;
        Ok(ChType::UInt64)
    }

    fn evaluate(&self, partition: &Partition<'_>, result: &ChType) -> Result<ArrayRef> {
        result::ints(result, partition.rows, |row| {
            Ok(partition.peers.get(row).map_or(0, |peer| *peer as i64 + 1))
        })
    }
}
