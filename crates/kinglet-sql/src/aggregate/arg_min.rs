//! `argMin`: the argument at the least value.

use std::sync::Arc;

use kinglet_types::Result;

use super::arg_extreme;
use super::single_value::Choice;
use super::{Aggregate, Bound, Call};
use crate::function::{Example, Spec};

pub(super) struct ArgMin;

static SPEC: Spec = Spec {
    name: "argMin",
    aliases: &["min_by", "MIN_BY"],
    category: "aggregate",
    syntax: "argMin(argument, value)",
    summary: "The argument of the first row with the least value.",
    arguments: &[("argument", "Any type"), ("value", "Any type that can be compared")],
    returns: "The type of the argument.",
    examples: &[Example { sql: "SELECT argMin(number, -number) FROM numbers(3)", answer: "2" }],
    ..Spec::EMPTY
};

impl Aggregate for ArgMin {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        arg_extreme::bind(call, Choice::Least)
    }
}
