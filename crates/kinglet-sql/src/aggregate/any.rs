//! `any`: the first value that comes along.

use std::sync::Arc;

use kinglet_types::Result;

use super::single_value::{self, Choice};
use super::{Aggregate, Bound, Call};
use crate::function::{Case, Example, Spec};

pub(super) struct Any;

static SPEC: Spec = Spec {
    name: "any",
    aliases: &["any_value", "anyValue", "first_value", "firstValue"],
    case: Case::Insensitive,
    category: "aggregate",
    syntax: "any(value)",
    summary: "The first value that is not NULL, in the order rows are read.",
    arguments: &[("value", "Any type")],
    returns: "The type of the value; its default for no rows.",
    examples: &[Example { sql: "SELECT any(number) FROM numbers(5, 1)", answer: "5" }],
    ..Spec::EMPTY
};

impl Aggregate for Any {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        single_value::bind(call, Choice::First)
    }
}
