//! `topKWeighted`: the values with the greatest sums of weights.

use std::sync::Arc;

use kinglet_types::{ChType, Result};

use super::{Aggregate, Bound, Call, Empty, space_saving};
use crate::function::{Example, Spec};

pub(super) struct TopKWeighted;

static SPEC: Spec = Spec {
    name: "topKWeighted",
    category: "aggregate",
    syntax: "topKWeighted(count[, load_factor])(value, weight)",
    summary: "The values with the greatest sums of weights, the greatest first.",
    arguments: &[("count", "10 if left out"), ("value", "Any type"), ("weight", "Integer")],
    returns: "Array of the type of the value.",
    examples: &[Example {
        sql: "SELECT topKWeighted(1)(x, w) FROM (SELECT arrayJoin(['a', 'b']) AS x, if(x = 'b', 5, 2) AS w)",
        answer: "['b']",
    }],
    ..Spec::EMPTY
};

impl Aggregate for TopKWeighted {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        call.expect_count(2..=2)?;
        call.expect(1, ChType::is_integer)?;
        space_saving::bind(call)
    }

    fn empty(&self) -> Empty {
        Empty::Plain
    }
}
