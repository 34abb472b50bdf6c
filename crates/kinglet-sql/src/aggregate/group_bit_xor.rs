//! `groupBitXor`: the bits that are set in an odd number of values.

use std::sync::Arc;

use kinglet_types::Result;

use super::bits::{Bits, bind};
use super::{Aggregate, Bound, Call};
use crate::function::{Case, Example, Spec};

pub(super) struct GroupBitXor;

static SPEC: Spec = Spec {
    name: "groupBitXor",
    aliases: &["BIT_XOR"],
    case: Case::Insensitive,
    category: "aggregate",
    syntax: "groupBitXor(value)",
    summary: "The bits that are set in an odd number of values.",
    arguments: &[("value", "Integer")],
    returns: "The type of the value.",
    examples: &[Example { sql: "SELECT groupBitXor(number * 2 + 1) FROM numbers(3)", answer: "7" }],
    ..Spec::EMPTY
};

impl Aggregate for GroupBitXor {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        bind(call, Bits::Xor)
    }
}
