//! `lead`: the value of a row after, inside the partition.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::offset;
use super::{Call, Partition, Window};
use crate::function::{Case, Example, Spec};

pub(super) struct Lead;

static SPEC: Spec = Spec {
    name: "lead",
    case: Case::Insensitive,
    category: "window",
    syntax: "lead(value[, offset[, default]]) OVER (..)",
    summary: "The value of the row that many rows after; the default where that is outside the partition.",
    arguments: &[
        ("value", "Any type"),
        ("offset", "Integer, 1 if left out"),
        ("default", "what is answered outside"),
    ],
    returns: "The type of the value.",
    examples: &[Example {
        sql: "SELECT lead(number) OVER (ORDER BY number) FROM numbers(3)",
        answer: "1\n2\n0",
    }],
    ..Spec::EMPTY
};

impl Window for Lead {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn result_type(&self, call: &Call<'_>) -> Result<ChType> {
        offset::result_type(call)
    }

    fn evaluate(&self, partition: &Partition<'_>, result: &ChType) -> Result<ArrayRef> {
        offset::evaluate(partition, result, 1, false)
    }
}
