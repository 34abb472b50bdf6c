//! `percent_rank`: the relative place of a row.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::{Call, Partition, Window};
use crate::function::{Case, Example, Spec, result};

pub(super) struct PercentRank;

static SPEC: Spec = Spec {
    name: "percent_rank",
    aliases: &["percentRank"],
    case: Case::Insensitive,
    category: "window",
    syntax: "percent_rank() OVER (..)",
    summary: "(rank - 1) / (rows - 1); 0 for a single row.",
    arguments: &[],
    returns: "Float64",
    examples: &[Example {
        sql: "SELECT percent_rank() OVER (ORDER BY intDiv(number, 2)) FROM numbers(4)",
        answer: "0\n0\n0.6666666666666666\n0.6666666666666666",
    }],
    ..Spec::EMPTY
};

impl Window for PercentRank {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn result_type(&self, call: &Call<'_>) -> Result<ChType> {
        call.expect_count(0..=0)?;
        Ok(ChType::Float64)
    }

    fn evaluate(&self, partition: &Partition<'_>, result: &ChType) -> Result<ArrayRef> {
        let before = |row: usize| {
            let peer = partition.peers.get(row);
            partition.peers.iter().position(|other| Some(other) == peer).unwrap_or(0)
        };
        let others = partition.rows.saturating_sub(1);
        result::floats(result, partition.rows, |row| {
            Ok(if others == 0 { 0.0 } else { before(row) as f64 / others as f64 })
        })
    }
}
