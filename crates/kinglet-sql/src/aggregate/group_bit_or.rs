//! `groupBitOr`: the bits that are set in any values.

use std::sync::Arc;

use kinglet_types::Result;

use super::bits::{Bits, bind};
use super::{Aggregate, Bound, Call};
use crate::function::{Case, Example, Spec};

pub(super) struct GroupBitOr;

static SPEC: Spec = Spec {
    name: "groupBitOr",
    aliases: &["BIT_OR"],
    case: Case::Insensitive,
    category: "aggregate",
    syntax: "groupBitOr(value)",
    summary: "The bits that are set in any values.",
    arguments: &[("value", "Integer")],
    returns: "The type of the value.",
    examples: &[Example { sql: "SELECT groupBitOr(number * 2 + 1) FROM numbers(3)", answer: "7" }],
    ..Spec::EMPTY
};

impl Aggregate for GroupBitOr {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        bind(call, Bits::Or)
    }
}
