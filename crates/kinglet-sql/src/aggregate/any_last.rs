//! `anyLast`: the last value that comes along.

use std::sync::Arc;

use kinglet_types::Result;

use super::single_value::{self, Choice};
use super::{Aggregate, Bound, Call};
use crate::function::{Case, Example, Spec};

pub(super) struct AnyLast;

static SPEC: Spec = Spec {
    name: "anyLast",
    aliases: &["last_value", "lastValue"],
    case: Case::Insensitive,
    category: "aggregate",
    syntax: "anyLast(value)",
    summary: "The last value that is not NULL, in the order rows are read.",
    arguments: &[("value", "Any type")],
    returns: "The type of the value; its default for no rows.",
    examples: &[Example { sql: "SELECT anyLast(number) FROM numbers(3)", answer: "2" }],
    ..Spec::EMPTY
};

impl Aggregate for AnyLast {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        single_value::bind(call, Choice::Last)
    }
}
