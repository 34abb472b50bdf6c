//! `groupBitAnd`: the bits that are set in all values.

use std::sync::Arc;

use kinglet_types::Result;

use super::bits::{Bits, bind};
use super::{Aggregate, Bound, Call};
use crate::function::{Case, Example, Spec};

pub(super) struct GroupBitAnd;

static SPEC: Spec = Spec {
    name: "groupBitAnd",
    aliases: &["BIT_AND"],
    case: Case::Insensitive,
    category: "aggregate",
    syntax: "groupBitAnd(value)",
    summary: "The bits that are set in all values.",
    arguments: &[("value", "Integer")],
    returns: "The type of the value.",
    examples: &[Example { sql: "SELECT groupBitAnd(number * 2 + 1) FROM numbers(3)", answer: "1" }],
    ..Spec::EMPTY
};

impl Aggregate for GroupBitAnd {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        bind(call, Bits::And)
    }
}
