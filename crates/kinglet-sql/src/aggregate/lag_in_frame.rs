//! `lagInFrame`: the value of a row before, inside the frame.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::offset;
use super::{Call, Partition, Window};
use crate::function::{Example, Spec};

pub(super) struct LagInFrame;

static SPEC: Spec = Spec {
    name: "lagInFrame",
    category: "window",
    syntax: "lagInFrame(value[, offset[, default]]) OVER (..)",
    summary: "The value of the row that many rows before; the default where that is outside the frame.",
    arguments: &[
        ("value", "Any type"),
        ("offset", "Integer, 1 if left out"),
        ("default", "what is answered outside"),
    ],
    returns: "The type of the value.",
    examples: &[Example {
        sql: "SELECT lagInFrame(number) OVER (ORDER BY number ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM numbers(3)",
        answer: "0\n0\n1",
    }],
    ..Spec::EMPTY
};

impl Window for LagInFrame {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn result_type(&self, call: &Call<'_>) -> Result<ChType> {
        offset::result_type(call)
    }

    fn evaluate(&self, partition: &Partition<'_>, result: &ChType) -> Result<ArrayRef> {
        offset::evaluate(partition, result, -1, true)
    }
}
