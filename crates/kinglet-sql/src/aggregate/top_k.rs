//! `topK`: the most frequent values.

use std::sync::Arc;

use kinglet_types::Result;

use super::{Aggregate, Bound, Call, Empty, space_saving};
use crate::function::{Example, Spec};

pub(super) struct TopK;

static SPEC: Spec = Spec {
    name: "topK",
    category: "aggregate",
    syntax: "topK(count[, load_factor])(value)",
    summary: "The most frequent values, the most frequent first; approximate where there are very many different ones.",
    arguments: &[("count", "10 if left out"), ("load_factor", "3 if left out"), ("value", "Any type")],
    returns: "Array of the type of the value.",
    examples: &[Example {
        sql: "SELECT topK(2)(x) FROM (SELECT arrayJoin(['a', 'b', 'b', 'c', 'c', 'c']) AS x)",
        answer: "['c','b']",
    }],
    ..Spec::EMPTY
};

impl Aggregate for TopK {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        call.expect_count(1..=1)?;
        space_saving::bind(call)
    }

    fn empty(&self) -> Empty {
        Empty::Plain
    }
}
