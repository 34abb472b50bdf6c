//! `min`: the least value.

use std::sync::Arc;

use kinglet_types::Result;

use super::single_value::{self, Choice};
use super::{Aggregate, Bound, Call};
use crate::function::{Case, Example, Spec};

pub(super) struct Min;

static SPEC: Spec = Spec {
    name: "min",
    case: Case::Insensitive,
    category: "aggregate",
    syntax: "min(value)",
    summary: "The least value; NaN only if there is nothing else.",
    arguments: &[("value", "Any type")],
    returns: "The type of the value; its default for no rows.",
    examples: &[Example { sql: "SELECT min(number) FROM numbers(3, 4)", answer: "3" }],
    ..Spec::EMPTY
};

impl Aggregate for Min {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        single_value::bind(call, Choice::Least)
    }
}
