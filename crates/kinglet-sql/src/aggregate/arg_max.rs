//! `argMax`: the argument at the greatest value.

use std::sync::Arc;

use kinglet_types::Result;

use super::arg_extreme;
use super::single_value::Choice;
use super::{Aggregate, Bound, Call};
use crate::function::{Example, Spec};

pub(super) struct ArgMax;

static SPEC: Spec = Spec {
    name: "argMax",
    aliases: &["max_by", "MAX_BY"],
    category: "aggregate",
    syntax: "argMax(argument, value)",
    summary: "The argument of the first row with the greatest value.",
    arguments: &[("argument", "Any type"), ("value", "Any type that can be compared")],
    returns: "The type of the argument.",
    examples: &[Example { sql: "SELECT argMax(number, -number) FROM numbers(3)", answer: "0" }],
    ..Spec::EMPTY
};

impl Aggregate for ArgMax {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        arg_extreme::bind(call, Choice::Greatest)
    }
}
