//! `stddevSamp`: the standard deviation estimated from a sample.

use std::sync::Arc;

use kinglet_types::Result;

use super::spread::{self, Spread};
use super::{Aggregate, Bound, Call};
use crate::function::{Example, Spec};

pub(super) struct StddevSamp;

static SPEC: Spec = Spec {
    name: "stddevSamp",
    aliases: &["STDDEV_SAMP", "STDDEV"],
    category: "aggregate",
    syntax: "stddevSamp(number)",
    summary: "The standard deviation estimated from a sample.",
    arguments: &[("number", "Integer, Float or Decimal")],
    returns: "Float64; nan for too few rows.",
    examples: &[Example { sql: "SELECT stddevSamp(number) FROM numbers(5)", answer: "1.5811388300841898" }],
    ..Spec::EMPTY
};

impl Aggregate for StddevSamp {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        spread::bind(call, Spread::StddevSamp)
    }
}
