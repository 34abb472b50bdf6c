//! `max`: the greatest value.

use std::sync::Arc;

use kinglet_types::Result;

use super::single_value::{self, Choice};
use super::{Aggregate, Bound, Call};
use crate::function::{Case, Example, Spec};

pub(super) struct Max;

static SPEC: Spec = Spec {
    name: "max",
    case: Case::Insensitive,
    category: "aggregate",
    syntax: "max(value)",
    summary: "The greatest value; NaN only if there is nothing else.",
    arguments: &[("value", "Any type")],
    returns: "The type of the value; its default for no rows.",
    examples: &[Example { sql: "SELECT max(number) FROM numbers(3, 4)", answer: "6" }],
    ..Spec::EMPTY
};

impl Aggregate for Max {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        single_value::bind(call, Choice::Greatest)
    }
}
