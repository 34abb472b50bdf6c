//! `varPop`: the variance of a whole population.

use std::sync::Arc;

use kinglet_types::Result;

use super::spread::{self, Spread};
use super::{Aggregate, Bound, Call};
use crate::function::{Example, Spec};

pub(super) struct VarPop;

static SPEC: Spec = Spec {
    name: "varPop",
    aliases: &["VAR_POP"],
    category: "aggregate",
    syntax: "varPop(number)",
    summary: "The variance of a whole population.",
    arguments: &[("number", "Integer, Float or Decimal")],
    returns: "Float64; nan for too few rows.",
    examples: &[Example { sql: "SELECT varPop(number) FROM numbers(5)", answer: "2" }],
    ..Spec::EMPTY
};

impl Aggregate for VarPop {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        spread::bind(call, Spread::VarPop)
    }
}
