//! `stddevPop`: the standard deviation of a whole population.

use std::sync::Arc;

use kinglet_types::Result;

use super::spread::{self, Spread};
use super::{Aggregate, Bound, Call};
use crate::function::{Example, Spec};

pub(super) struct StddevPop;

static SPEC: Spec = Spec {
    name: "stddevPop",
    aliases: &["STDDEV_POP", "STD"],
    category: "aggregate",
    syntax: "stddevPop(number)",
    summary: "The standard deviation of a whole population.",
    arguments: &[("number", "Integer, Float or Decimal")],
    returns: "Float64; nan for too few rows.",
    examples: &[Example { sql: "SELECT stddevPop(number) FROM numbers(5)", answer: "1.4142135623730951" }],
    ..Spec::EMPTY
};

impl Aggregate for StddevPop {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        spread::bind(call, Spread::StddevPop)
    }
}
