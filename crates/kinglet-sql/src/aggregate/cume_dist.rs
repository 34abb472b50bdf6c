//! `cume_dist`: the share of rows up to a row and its peers.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::{Call, Partition, Window};
use crate::function::{Case, Example, Spec, result};

pub(super) struct CumeDist;

static SPEC: Spec = Spec {
    name: "cume_dist",
    case: Case::Insensitive,
    category: "window",
    syntax: "cume_dist() OVER (..)",
    summary: "The number of rows up to the row's last peer, divided by the number of rows.",
    arguments: &[],
    returns: "Float64",
    examples: &[Example {
        sql: "SELECT cume_dist() OVER (ORDER BY intDiv(number, 2)) FROM numbers(4)",
        answer: "0.5\n0.5\n1\n1",
    }],
    ..Spec::EMPTY
};

impl Window for CumeDist {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn result_type(&self, call: &Call<'_>) -> Result<ChType> {
        call.expect_count(0..=0)?;
        Ok(ChType::Float64)
    }

    fn evaluate(&self, partition: &Partition<'_>, result: &ChType) -> Result<ArrayRef> {
        let upto = |row: usize| {
            let peer = partition.peers.get(row);
            partition.peers.iter().rposition(|other| Some(other) == peer).map_or(0, |last| last + 1)
        };
        result::floats(result, partition.rows, |row| Ok(upto(row) as f64 / partition.rows as f64))
    }
}
