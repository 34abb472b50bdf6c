//! `lag`: the value of a row before, inside the partition.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::offset;
use super::{Call, Partition, Window};
use crate::function::{Case, Example, Spec};

pub(super) struct Lag;

static SPEC: Spec = Spec {
    name: "lag",
    case: Case::Insensitive,
    category: "window",
    syntax: "lag(value[, offset[, default]]) OVER (..)",
    summary: "The value of the row that many rows before; the default where that is outside the partition.",
    arguments: &[
        ("value", "Any type"),
        ("offset", "Integer, 1 if left out"),
        ("default", "what is answered outside"),
    ],
    returns: "The type of the value.",
    examples: &[Example {
        sql: "SELECT lag(number) OVER (ORDER BY number) FROM numbers(3)",
        answer: "0\n0\n1",
    }],
    ..Spec::EMPTY
};

impl Window for Lag {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn result_type(&self, call: &Call<'_>) -> Result<ChType> {
        offset::result_type(call)
    }

    fn evaluate(&self, partition: &Partition<'_>, result: &ChType) -> Result<ArrayRef> {
        offset::evaluate(partition, result, -1, false)
    }
}
