//! `groupUniqArray`: the different values as an array.

use std::sync::Arc;

use kinglet_types::Result;

use super::{Aggregate, Bound, Call};
use super::{Empty, collected};
use crate::function::{Example, Spec};

pub(super) struct GroupUniqArray;

static SPEC: Spec = Spec {
    name: "groupUniqArray",
    category: "aggregate",
    syntax: "groupUniqArray(value) or groupUniqArray(size)(value)",
    summary: "The different values that are not NULL, in the order they are first read; at most `size` of them.",
    arguments: &[("value", "Any type")],
    returns: "Array of the type of the value.",
    examples: &[Example { sql: "SELECT groupUniqArray(number % 2) FROM numbers(5)", answer: "[0,1]" }],
    ..Spec::EMPTY
};

impl Aggregate for GroupUniqArray {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        collected::bind(call, true)
    }

    fn empty(&self) -> Empty {
        Empty::Plain
    }
}
