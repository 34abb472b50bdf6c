//! `varSamp`: the variance estimated from a sample.

use std::sync::Arc;

use kinglet_types::Result;

use super::spread::{self, Spread};
use super::{Aggregate, Bound, Call};
use crate::function::{Example, Spec};

pub(super) struct VarSamp;

static SPEC: Spec = Spec {
    name: "varSamp",
    aliases: &["VAR_SAMP"],
    category: "aggregate",
    syntax: "varSamp(number)",
    summary: "The variance estimated from a sample.",
    arguments: &[("number", "Integer, Float or Decimal")],
    returns: "Float64; nan for too few rows.",
    examples: &[Example { sql: "SELECT varSamp(number) FROM numbers(5)", answer: "2.5" }],
    ..Spec::EMPTY
};

impl Aggregate for VarSamp {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        spread::bind(call, Spread::VarSamp)
    }
}
