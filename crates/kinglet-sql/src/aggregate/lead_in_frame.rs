//! `leadInFrame`: the value of a row after, inside the frame.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::offset;
use super::{Call, Partition, Window};
use crate::function::{Example, Spec};

pub(super) struct LeadInFrame;

static SPEC: Spec = Spec {
    name: "leadInFrame",
    category: "window",
    syntax: "leadInFrame(value[, offset[, default]]) OVER (..)",
    summary: "The value of the row that many rows after; the default where that is outside the frame.",
    arguments: &[
        ("value", "Any type"),
        ("offset", "Integer, 1 if left out"),
        ("default", "what is answered outside"),
    ],
    returns: "The type of the value.",
    examples: &[Example {
        sql: "SELECT leadInFrame(number) OVER (ORDER BY number ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM numbers(3)",
        answer: "1\n2\n0",
    }],
    ..Spec::EMPTY
};

impl Window for LeadInFrame {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn result_type(&self, call: &Call<'_>) -> Result<ChType> {
        offset::result_type(call)
    }

    fn evaluate(&self, partition: &Partition<'_>, result: &ChType) -> Result<ArrayRef> {
        offset::evaluate(partition, result, 1, true)
    }
}
