//! `groupArray`: the values as an array.

use std::sync::Arc;

use kinglet_types::Result;

use super::{Aggregate, Bound, Call};
use super::{Empty, collected};
use crate::function::{Example, Spec};

pub(super) struct GroupArray;

static SPEC: Spec = Spec {
    name: "groupArray",
    aliases: &["array_agg"],
    category: "aggregate",
    syntax: "groupArray(value) or groupArray(size)(value)",
    summary: "The values that are not NULL, in the order rows are read; at most `size` of them.",
    arguments: &[("value", "Any type")],
    returns: "Array of the type of the value.",
    examples: &[
        Example { sql: "SELECT groupArray(number) FROM numbers(3)", answer: "[0,1,2]" },
        Example { sql: "SELECT groupArray(2)(number) FROM numbers(3)", answer: "[0,1]" },
    ],
    ..Spec::EMPTY
};

impl Aggregate for GroupArray {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        collected::bind(call, false)
    }

    fn empty(&self) -> Empty {
        Empty::Plain
    }
}
